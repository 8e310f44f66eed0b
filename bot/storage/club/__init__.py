"""Club: points, members, rewards and promo codes as rows."""
