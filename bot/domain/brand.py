"""Brand: whose bot it is: name, contacts, working hours, lines of work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Interval:
    """Working time within one day, local to the brand; `until` is after `since`."""

    since: time
    until: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When people answer. `week` is by weekday, Monday is 0; days not named are closed.

    `holidays` names a production calendar (``RU``) or is empty; `closed` are further days off.
    """

    week: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)
    holidays: str = ""
    closed: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """How to reach a person besides the bot; empty where the brand gives none."""

    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A direction of the brand's work, bound to categories of the feed."""

    id: str
    name: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What `brand.toml` says. `languages` is not empty; the first is the default.

    With `has_ratings` people are asked under every answer whether it helped.
    """

    name: str
    site: str = ""
    store: str = ""
    languages: tuple[str, ...] = ("ru", "en")
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    catalogue: tuple[str, ...] = ()
    hours: Hours = field(default_factory=Hours)
    contacts: Contacts = field(default_factory=Contacts)
    lines: tuple[Line, ...] = ()
    has_ratings: bool = True
