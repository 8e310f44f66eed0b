"""Real databases, files and processes."""
