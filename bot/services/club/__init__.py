"""What the club does."""
