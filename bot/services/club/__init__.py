"""Club: joining, points, rewards and promo codes as use cases over ports. Nothing here commits."""
