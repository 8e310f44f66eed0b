"""Packs of invented brands, written to a folder as a brand would write them."""
