"""Thesaurus: what customers say in everyday words, Russian and English, concept by concept; data only."""
