"""Gateways: what goes out by other ways than our channels."""
