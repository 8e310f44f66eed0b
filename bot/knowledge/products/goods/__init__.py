"""Goods: the offers of a catalogue, arranged by what can be asked of them."""
