"""Tests of contact data."""
