"""Tests of storage that need no database."""
