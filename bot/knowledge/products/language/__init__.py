"""Language: what people say about goods of any kind, Russian and English, as readable data."""
