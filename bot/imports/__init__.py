"""Imports: what other programs of the brand write, read line by line; what is wrong is told and left out."""
