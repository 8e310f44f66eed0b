"""Purchases: receipts registered and checked, orders taken in, devices under warranty."""
