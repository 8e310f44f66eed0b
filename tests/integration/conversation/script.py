"""The script, read: scenes of steps, each with what must be shown then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
PACK = HERE / "pack"
ACTS = frozenset({"say", "press", "start", "photo", "contact", "edit", "invite", "overhear", "call", "restart"})
PLATFORMS = frozenset({"console", "telegram", "vk"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A message that must be shown; see the head of script.yaml."""

    kind: str
    has: tuple[str, ...] = ()
    phrase: str = ""
    buttons: tuple[str, ...] = ()
    is_long: bool = False
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something done; `lines` is what with. Nothing is expected of a restart."""

    act: str
    lines: tuple[str, ...]
    then: tuple[Expected, ...]
    only: frozenset[str]

    def __str__(self) -> str:
        return f"{self.act}: {' / '.join(self.lines)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Steps of one person."""

    name: str
    steps: tuple[Step, ...]
    only: frozenset[str]

    def played_on(self, platform: str) -> Iterator[Step]:
        """What of it a platform can play."""
        return (step for step in self.steps if platform in self.only & step.only)


def read_script(path: Path = HERE / "script.yaml") -> list[Scene]:
    """Read all scenes; a slip of the pen is an error, not a step that checks nothing."""
    return [_scene(dict(each)) for each in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _scene(given: dict[str, Any]) -> Scene:
    name, only = given.pop("scene"), _only(given)
    steps = tuple(_step(dict(each)) for each in given.pop("steps"))
    assert not given, f"{name}: {sorted(given)}"
    return Scene(name=name, steps=steps, only=only)


def _step(given: dict[str, Any]) -> Step:
    only = _only(given)
    then = given.pop("then") if "restart" not in given else ()
    [(act, value)] = given.items()
    assert act in ACTS, act
    return Step(act=act, lines=_texts(value), then=tuple(map(_expected, then)), only=only)


def _expected(given: Mapping[str, Any]) -> Expected:
    known = {field.name for field in fields(Expected)}
    assert given.keys() <= known, given
    several = {name: _texts(given[name]) for name in ("has", "buttons") if name in given}
    return Expected(**{**given, **several})


def _texts(value: str | Sequence[str]) -> tuple[str, ...]:
    texts = (value,) if isinstance(value, str) else tuple(value)
    assert all(isinstance(text, str) for text in texts), texts
    return texts


def _only(given: dict[str, Any]) -> frozenset[str]:
    only = frozenset(given.pop("only", PLATFORMS))
    assert only <= PLATFORMS, only
    return only
