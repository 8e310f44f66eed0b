"""Index: the documents of a pack, stored so that they are found fast, on disk where there are many."""
