"""What proves that it works."""
