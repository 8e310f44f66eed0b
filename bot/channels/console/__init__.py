"""The console: a channel for scripts (JSON lines) and for a person at a terminal."""
