"""Question: what a person wrote, read with the words of one pack."""
