"""What a deep link asks for: payloads of `t.me/bot?start=…` and `vk.me/club?ref=…`."""

import re

from bot.domain.actions import LONGEST_PAYLOAD, Action
from bot.domain.answer import SourceKind, parse_source

WELCOME = "welcome.start"
LINK = "link_"
"""Begins the payload that brings a code from another account."""
PROMO = "promo_"
"""Begins the payload that brings a promo code."""
STAFF = "staff_"
"""Begins the payload that makes somebody one of the brand's people."""
INVITATION = "inv_"
"""Begins the payload by which a member invites friends."""
_PLACES = {"f-": "ask.faq", "p-": "ask.offer", "a-": "ask.article"}
_LETTERS = {SourceKind.FAQ: "f-", SourceKind.OFFER: "p-", SourceKind.ARTICLE: "a-"}
_SAFE = re.compile(r"[A-Za-z0-9_-]+")
"""What Telegram takes in a deep link. Source: Bot API, deep linking."""
_FORMS = {"feedback": Action("feedback.start"), "help": Action("help.show"), "person": Action("people.contacts")}


def follow(payload: str) -> Action:
    """Read a payload: ``f-<faq id>``, ``p-<offer id>``, ``a-<article id>``, ``feedback``, ``help``, ``person``,
    ``link_<code>``, ``inv_<code>``, ``promo_<code>``, ``staff_<code>``.

    Anything else leads to the welcome; it stays in the log with the event and tells where people come from.
    """
    if payload.startswith(LINK):
        return Action("link.start", (payload.removeprefix(LINK),))
    if payload.startswith(INVITATION) and len(payload) > len(INVITATION):
        return Action("invite.open", (payload.removeprefix(INVITATION),))
    if payload.startswith(PROMO) and len(payload) > len(PROMO):
        return Action("promo.start", (payload.removeprefix(PROMO),))
    if payload.startswith(STAFF) and len(payload) > len(STAFF):
        return Action("desk.enrol", (payload.removeprefix(STAFF),))
    place = _PLACES.get(payload[:2])
    if place is not None and len(payload) > len("f-"):
        return Action(place, (payload[2:],))
    return _FORMS.get(payload, Action(WELCOME, (payload,) if payload else ()))


def link_to(source: str) -> str:
    """Write the payload that leads to a place of the pack (``faq:delivery``); empty for none."""
    place = parse_source(source)
    if place is None or len(place.id.encode()) > LONGEST_PAYLOAD - len("f-") or not _SAFE.fullmatch(place.id):
        return ""
    return _LETTERS[place.kind] + place.id


def link_to_action(action: Action) -> str:
    """Write the payload that leads to what a form or a skill does; empty for none."""
    return next((payload for payload, form in _FORMS.items() if form.skill == action.skill), "")
