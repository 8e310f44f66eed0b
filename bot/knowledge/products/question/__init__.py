"""Question: what is read in the words of a question about goods."""
