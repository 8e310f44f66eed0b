"""Members: who belongs to the club, what they agreed to, what we may know of them."""
