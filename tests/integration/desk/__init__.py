"""The desk, on the platforms as they are."""
