"""Ranking: signals of each document for a question, and their weighted sum."""
