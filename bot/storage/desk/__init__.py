"""The operators' desk as rows."""
