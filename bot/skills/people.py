"""People: how to reach a human being, and when."""

from collections.abc import Mapping, Sequence

from bot.dialogue.phrases import Translator
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.brand import Brand, Hours
from bot.domain.replies import Button, Card, Line, Link, Phrase, Reply
from bot.domain.text import words

_HANDOFF = AnswerMeta(kind=AnswerKind.HANDOFF)
_DAYS = ("day-mon", "day-tue", "day-wed", "day-thu", "day-fri", "day-sat", "day-sun")


class PeopleSkill:
    """Gives the brand's contacts and hours. Says plainly that there is nobody in this chat but the bot."""

    name = "people"
    is_urgent = True
    is_personal = False
    commands: Mapping[str, Action] = {"command-person": Action("people.contacts")}

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def matches(self, turn: Turn) -> bool:
        """Whether a person was asked for, in so many words."""
        said = " ".join(words(turn.text))
        if said in self._translator.words("command-person"):
            return True
        return any(f" {wish} " in f" {said} " for wish in self._translator.words("words-want-person"))

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Tell the ways, those that the brand has."""
        brand = turn.brand
        ways = _ways(brand)
        site = brand.site or brand.store
        hours = self._hours(brand.hours, turn.language) if ways or site else []
        buttons = ((Button(Phrase("button-site"), Link(site)),),) if site else ()
        title = Phrase(_title(has_ways=bool(ways), has_site=bool(site)), {"brand": brand.name})
        return [Reply(text=Card(title=title, lines=(*ways, *hours)), buttons=buttons, answer=_HANDOFF)]

    def _hours(self, hours: Hours, language: str) -> list[Line]:
        """One line for each run of days with equal hours."""
        runs: list[tuple[int, int]] = []
        for day in sorted(hours.week):
            if runs and runs[-1][1] == day - 1 and hours.week[day] == hours.week[day - 1]:
                runs[-1] = (runs[-1][0], day)
            else:
                runs.append((day, day))
        return [self._run(hours, first, last, language) for first, last in runs]

    def _run(self, hours: Hours, first: int, last: int, language: str) -> Line:
        names = [self._translator.text(Phrase(_DAYS[day]), language) for day in sorted({first, last})]
        times = ", ".join(f"{interval.since:%H:%M}–{interval.until:%H:%M}" for interval in hours.week[first])
        return Phrase("people-hours", {"days": "–".join(names), "times": times})


def _title(*, has_ways: bool, has_site: bool) -> str:
    if has_ways:
        return "people-contacts"
    return "people-site-only" if has_site else "people-no-contacts"


def _ways(brand: Brand) -> list[Line]:
    ways: list[Line] = []
    if brand.contacts.phone:
        ways.append(Phrase("people-phone", {"phone": brand.contacts.phone}))
    if brand.contacts.email:
        ways.append(Phrase("people-email", {"email": brand.contacts.email}))
    return ways
