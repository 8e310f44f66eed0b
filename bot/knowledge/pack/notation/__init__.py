"""Notations: YAML and TOML read into one tree that knows the line of everything, and the fields of its tables."""
