"""Text: what a sentence is made of: words, numbers, models, and their dictionary forms."""
