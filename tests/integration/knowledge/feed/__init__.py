"""Feeds read from real files and taken from a real server."""
