"""Happening: what is said when something becomes of a ticket by itself."""

from collections.abc import Sequence

from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket
from bot.domain.messages import Address
from bot.domain.replies import Phrase, Reply
from bot.services.desk.happenings import Happened, Happening
from bot.services.desk.workers import LEADERS, answerers
from bot.services.staff import those_who
from bot.skills.desk.parts import DeskParts, places, take_button, tell_customer
from bot.skills.desk.promises import tell_promise
from bot.skills.desk.relaying import note_shown


async def told(turn: Turn, happening: Happening, parts: DeskParts) -> Sequence[Reply]:
    """Say it to whom it concerns; a reply to that is about its ticket."""
    ticket = happening.ticket
    replies = await _told(turn, happening, parts)
    await note_shown(turn, ticket, [each.to for each in replies if each.to is not None and each.to != ticket.customer])
    return replies


async def _told(turn: Turn, happening: Happening, parts: DeskParts) -> Sequence[Reply]:
    ticket = happening.ticket
    shown = await places(turn.uow, parts.terms, ticket)
    match happening.what:
        case Happened.WOKEN:
            return _all(turn, Phrase("desk-woken", {"ticket": ticket.id}), shown)
        case Happened.FREED:
            anew = await _promised_anew(turn, ticket, parts) if happening.was.promised_at is not None else []
            return [*anew, *_all(turn, Phrase("desk-returned", {"ticket": ticket.id}), shown, ticket)]
        case Happened.WARNED | Happened.NEAR:
            is_promise = happening.what is Happened.WARNED
            warning = _warning(turn, ticket) if is_promise else Phrase("desk-long", {"ticket": ticket.id})
            return _all(turn, warning, shown, None if ticket.is_held else ticket)
        case Happened.ENDED:
            over = _all(
                turn, Phrase("desk-quiet-over", {"ticket": ticket.id}), await _seats(turn, happening.was, parts)
            )
            return [await tell_customer(turn, ticket, Phrase("desk-ended")), *over]
        case Happened.EXPIRED | Happened.BROKEN:
            is_lost = happening.what is Happened.EXPIRED
            seats = await _seats(turn, happening.was, parts) if is_lost else []
            lost = _all(turn, Phrase("desk-lease-over", {"ticket": ticket.id}), seats)
            return [*await _promised_anew(turn, ticket, parts), *lost, *await _to_all_and_leaders(turn, ticket, shown)]
        case Happened.LATE:
            leaders = await those_who(turn.uow, LEADERS)
            return _all(turn, Phrase("desk-too-long", {"ticket": ticket.id}), list(dict.fromkeys([*leaders, *shown])))


def _warning(turn: Turn, ticket: Ticket) -> Phrase:
    left = ticket.promised_at - turn.now if ticket.promised_at is not None else None
    minutes = max(int(left.total_seconds() // 60), 1) if left is not None else 1
    return Phrase("desk-promise-near", {"ticket": ticket.id, "minutes": minutes})


async def _promised_anew(turn: Turn, ticket: Ticket, parts: DeskParts) -> list[Reply]:
    if ticket.promised_at is None:
        return []
    return [await tell_promise(turn, ticket, "desk-new-promise", ticket.promised_at, parts.translator)]


async def _to_all_and_leaders(turn: Turn, ticket: Ticket, shown: Sequence[Address]) -> list[Reply]:
    again = Phrase("desk-waits-again", {"ticket": ticket.id})
    leaders = [each for each in await those_who(turn.uow, LEADERS) if each not in shown]
    late = Phrase("desk-late", {"ticket": ticket.id})
    return [*_all(turn, again, shown, None if ticket.is_held else ticket), *_all(turn, late, leaders, ticket)]


def _all(turn: Turn, note: Phrase, to: Sequence[Address], takes: Ticket | None = None) -> list[Reply]:
    buttons = ((take_button(takes),),) if takes is not None else ()
    language = turn.brand.languages[0]
    return [Reply(text=note, buttons=buttons, to=each, language=language) for each in to]


async def _seats(turn: Turn, ticket: Ticket, parts: DeskParts) -> Sequence[Address]:
    """Where it was worked on, unless by somebody who is none of the staff any more."""
    seat = ticket.seat
    if seat is None or seat == ticket.customer:
        return []
    return [seat] if parts.terms.is_room(seat) or seat in await answerers(turn.uow) else []
