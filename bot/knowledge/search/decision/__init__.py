"""Decision: from the best matches to an answer, a choice, or an honest refusal."""
