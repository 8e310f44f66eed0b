"""Vocabulary: the words of a pack, and what people may write in place of them."""
