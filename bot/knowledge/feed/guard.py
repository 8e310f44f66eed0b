"""Guard: whether a feed lost so many offers that the old one should stay in force."""


def lost_too_much(before: int, now: int, *, limit: float = 0.5) -> bool:
    """Whether more than the share `limit` of `before` offers is gone; never when there were none."""
    return before > 0 and before - now > limit * before
