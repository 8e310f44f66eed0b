"""How we find an answer: the brand's pack, its feeds, the index over them."""
