"""Saved: the arranged goods of a pack kept on the disk from one start to the next."""
