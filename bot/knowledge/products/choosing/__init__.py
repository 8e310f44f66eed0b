"""Choosing: from wishes to goods that meet them."""
