"""Posting: what a command needs to be loaded, and what comes of it."""

from dataclasses import dataclass

from bot.domain.errors import RedemptionStoppedError, RepeatedKeyError
from bot.domain.loyalty.account import Account
from bot.domain.loyalty.commands import (
    Adjust,
    Burn,
    Capture,
    Command,
    Earn,
    PlaceHold,
    Release,
    ReverseBurn,
    ReverseEarn,
)
from bot.domain.loyalty.entry import AccountId, Entry
from bot.services.club.ports import ClubUnit, Need

STOPPED = "club.redemption-stopped"
"""Bookmark that stands, with the reason, while nobody's points may be spent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What came of a command: its entry and the account after it. `is_repeated`: it had been done before."""

    entry: Entry
    account: Account
    is_repeated: bool = False


async def refuse_if_stopped(unit: ClubUnit, command: Command) -> None:
    """Let nobody spend while the books do not agree.

    Raises:
        RedemptionStoppedError: they do not.
    """
    if isinstance(command, PlaceHold | Burn) and await unit.bookmarks.read(STOPPED):
        raise RedemptionStoppedError


async def in_use(unit: ClubUnit, account: AccountId) -> Account:
    """Follow an account through merges to the one that is in use.

    Raises:
        ValueError: no such account.
    """
    found = await unit.club.ledger.account(account)
    while found is not None and found.merged_into is not None:
        found = await unit.club.ledger.account(found.merged_into)
    if found is None:
        raise ValueError(f"there is no account {account}")
    return found


async def check_repeat(unit: ClubUnit, before: Entry, command: Command, account: AccountId) -> None:
    """See that the key of `command` was used for the same wish, of the same account or of one merged into it.

    Raises:
        RepeatedKeyError: it was not.
    """
    if before.fingerprint == command.fingerprint:
        return
    if before.fingerprint.partition(":")[0] != command.fingerprint.partition(":")[0]:
        raise RepeatedKeyError(f"the key {command.key!r} was used for something else")
    if (await in_use(unit, before.ref.account)).id != account:
        raise RepeatedKeyError(f"the key {command.key!r} was used by another account")


def need_of(command: Command) -> Need:
    """Tell what a command needs to be loaded."""
    match command:
        case Earn():
            return Need(key=command.key)
        case Capture() | Release():
            return Need(key=command.key, hold=command.hold)
        case PlaceHold() | Burn():
            return Need(key=command.key, points=command.points)
        case Adjust():
            return Need(key=command.key, points=max(-command.points, 0))
        case ReverseEarn():
            return Need(key=command.key, points=command.points, reverses=command.reverses)
        case ReverseBurn():
            return Need(key=command.key, reverses=command.reverses)
