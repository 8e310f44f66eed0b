"""Memory: what a build needed and freed, given back to the system."""

import ctypes
import gc


def give_back() -> None:
    """Let the system have memory that is free but that glibc keeps for later; with another C library do nothing."""
    gc.collect()
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return
