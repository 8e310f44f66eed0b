"""The operators' desk: tickets, and when people work."""
