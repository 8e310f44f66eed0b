"""Bounds: how much of a picture we look at, and for how long."""

MOST_BYTES = 20_000_000
"""What Telegram lets a bot download at most: https://core.telegram.org/bots/api#getfile."""

MOST_PIXELS = 64_000_000
"""More than cameras of phones make without asking for it; as grey levels it is as many bytes."""

READ_SECONDS = 1.9
"""From a picture to an answer, the start of a process included; after this what looks at it is killed."""

LADDER_SECONDS = 0.9
"""How long harder and harder ways are tried: what is left of `READ_SECONDS` is for a start and for the last way."""

MEMORY_BYTES = 1_000_000_000
"""Address space of a process that looks at pictures."""

IDLE_SECONDS = 60.0
"""How long a process waits for more work before it ends and gives its memory back."""

MOST_AT_ONCE = 2
"""Processes that work on pictures at a time."""

DRAW_SECONDS = 10.0
"""For drawing a card; takes a twentieth of a second, and is nobody else's doing."""
