"""The VK channel, without a network."""
