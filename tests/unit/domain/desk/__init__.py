"""The desk: tickets and working time."""
