"""One conversation through the whole club, on every platform."""
