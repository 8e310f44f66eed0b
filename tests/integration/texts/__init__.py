"""Tests of the texts over real files."""
