"""Purchases: orders of the store, receipts that people send, devices that they own."""
