"""Shared samples: files beside the repository that some tests read when they are there."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_file(*parts: str) -> Path:
    """Find a sample; skips the test where the samples are not installed."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no shared sample {'/'.join(parts)} beside the repository")
    return path
