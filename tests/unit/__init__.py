"""Pure parts: no network, no disk."""
