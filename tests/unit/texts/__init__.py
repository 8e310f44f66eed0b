"""Tests of the texts that need no disk."""
