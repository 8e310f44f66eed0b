"""Templates: a request to somebody's gateway, with the phone and the text put where the integrator wants them."""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

from bot.domain.errors import ConfigurationError

NAMES = ("phone", "digits", "text")
"""What a template may have in braces: the phone with its plus, without it, what to send."""

_PLACE = re.compile(r"\{([a-z_]+)\}")


def fill(template: str, values: Mapping[str, str], quoted: Callable[[str], str]) -> str:
    """Put `values` into `template`, each `quoted`, so that no value ends what it stands in. Other braces stay."""
    return _PLACE.sub(lambda place: quoted(values[place[1]]) if place[1] in values else place[0], template)


def demand_places(templates: Mapping[str, str]) -> None:
    """Check templates by the names of their settings.

    Raises:
        ConfigurationError: one has an unknown place, or nothing says where the phone or the text goes.
    """
    for setting, template in templates.items():
        if unknown := sorted(set(_PLACE.findall(template)) - set(NAMES)):
            known = ", ".join(f"{{{name}}}" for name in NAMES)
            raise ConfigurationError(f"{setting}: there is no {{{unknown[0]}}}, only {known}")
    places = {name for template in templates.values() for name in _PLACE.findall(template)}
    for setting in sorted(templates):
        if "text" not in places or not places & {"phone", "digits"}:
            raise ConfigurationError(f"{setting}: neither it nor another template says where {{phone}} and {{text}} go")


def in_address(value: str) -> str:
    """Quote for a part of a web address, and for a header."""
    return quote(value, safe="")


def in_body(content_type: str) -> Callable[[str], str]:
    """Return what quotes a value for a body of this type."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind.endswith("json"):
        return lambda value: json.dumps(value)[1:-1]
    if kind.endswith("xml"):
        return lambda value: escape(value, {'"': "&quot;", "'": "&apos;"})
    if kind == "application/x-www-form-urlencoded":
        return quote_plus
    return lambda value: value
