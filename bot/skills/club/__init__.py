"""The club: joining, and what members look at."""
