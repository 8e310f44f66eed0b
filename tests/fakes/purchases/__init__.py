"""Purchases and staff in memory."""
