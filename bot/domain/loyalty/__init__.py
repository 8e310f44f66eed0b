"""Loyalty: members, their cards and points."""
