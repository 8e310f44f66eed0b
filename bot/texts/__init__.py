"""How we say it: sentences from `.ftl` files."""
