"""Questions: what people ask about the brand, its goods and how things are done."""
