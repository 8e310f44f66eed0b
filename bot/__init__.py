"""Klubok: a chatbot for a brand's community and loyalty club."""

__version__ = "0.1.0"
