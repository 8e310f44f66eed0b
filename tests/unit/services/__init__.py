"""Tests of what the club does."""
