"""The web server on the loopback."""
