"""Purchases and devices as rows."""
