"""Feeds of a store: YML files and URLs read into categories and offers, whatever state they are in."""
