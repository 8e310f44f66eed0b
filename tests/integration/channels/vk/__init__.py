"""VK over real HTTP, against its strict fake."""
