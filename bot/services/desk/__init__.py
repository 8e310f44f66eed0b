"""The operators' desk: use cases over its books."""
