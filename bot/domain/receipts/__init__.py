"""Receipts: what a fiscal receipt is, and how it is read from a code or from what a person types."""
