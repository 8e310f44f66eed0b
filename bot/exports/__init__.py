"""Files that people and analysts take with them."""
