"""Telling: what is answered about goods that were named or shown."""
