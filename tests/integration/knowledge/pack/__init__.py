"""Brand packs as folders on disk."""
