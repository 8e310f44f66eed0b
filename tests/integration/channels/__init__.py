"""Channels over real HTTP, against the fakes of their platforms."""
