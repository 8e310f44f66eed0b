"""Tests of the platform fakes: they are as strict as the platforms."""
