"""Letters: groups of neighbouring letters, by which words are alike that no rule connects."""

_SHORTEST, _LONGEST = 3, 5


def grams_of(word: str) -> list[str]:
    """Return every group of three to five neighbouring letters, the edges of the word marked, with repeats."""
    framed = f"^{word}$"
    return [
        framed[at : at + length] for length in range(_SHORTEST, _LONGEST + 1) for at in range(len(framed) - length + 1)
    ]
