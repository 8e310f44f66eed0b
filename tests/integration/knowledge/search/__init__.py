"""Tests of search on whole packs and on public data."""
