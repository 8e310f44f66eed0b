"""Tests of search: what is found, and what is not."""
