"""Notations of a brand pack, read from text."""
