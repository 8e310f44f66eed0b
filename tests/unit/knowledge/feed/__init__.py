"""Prices, markup and limits of feeds."""
