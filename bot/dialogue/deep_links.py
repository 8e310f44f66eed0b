"""What a deep link asks for: payloads of `t.me/bot?start=…` and `vk.me/club?ref=…`."""

from bot.domain.actions import Action

WELCOME = "welcome.start"
_PLACES = {"f-": "ask.faq", "p-": "ask.offer", "a-": "ask.article"}
_FORMS = {"feedback": Action("feedback.start"), "help": Action("help.show"), "person": Action("people.contacts")}


def follow(payload: str) -> Action:
    """Read a payload: ``f-<faq id>``, ``p-<offer id>``, ``a-<article id>``, ``feedback``, ``help``, ``person``.

    Anything else leads to the welcome; it stays in the log with the event and tells where people come from.
    """
    place = _PLACES.get(payload[:2])
    if place is not None and len(payload) > len("f-"):
        return Action(place, (payload[2:],))
    return _FORMS.get(payload, Action(WELCOME, (payload,) if payload else ()))
