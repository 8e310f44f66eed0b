"""Loyalty: members, points, what earns them and what they are spent on."""
