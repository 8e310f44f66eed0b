"""Handing tickets from one to another: who is away, what others have, what comes next."""

from tests.fakes.talk import keys
from tests.unit.skills.desk.office import Office, called, taken, to


async def test_who_hands_over_to_somebody_away_hears_of_it() -> None:
    office = await taken()
    await office.other.say("/offline")
    said = await office.op.say("/transfer other")
    assert to(said, office.op) == ["desk-transferred-away(ticket=1)"]
    assert to(said, office.other)[0] == "desk-given(ticket=1)"


async def test_who_leads_hands_over_what_others_have() -> None:
    office = await taken()
    said = await office.chief.say("/transfer 1 other")
    assert to(said, office.chief) == ["desk-transferred(ticket=1)"]
    assert to(said, office.op) == ["desk-taken-by-other(ticket=1)"]
    assert to(await office.other.say("слушаю"), office.ann) == ["слушаю"]
    assert (await office.ticket()).operator == office.other.me


async def test_what_nobody_has_is_taken_before_it_is_handed_over() -> None:
    office = await called()
    assert keys(await office.chief.say("/transfer 1 other")) == ["desk-not-held(ticket=1)"]


async def test_the_next_one_is_never_the_own_call() -> None:
    office = await Office().open()
    await office.op.say("позовите человека")
    assert keys(await office.op.say("/next")) == ["desk-queue-empty"]
    await office.ann.say("позовите человека")
    assert keys(await office.op.say("/next"))[0] == "desk-took(ticket=2)"


async def test_nobody_gives_back_what_somebody_else_has_or_nobody() -> None:
    office = await taken()
    assert keys(await office.other.say("/return 1")) == ["desk-taken(ticket=1)"]
    assert keys(await office.chief.say("/return 1"))[0] == "desk-returned-yours(ticket=1)"
    assert keys(await office.op.say("/return 1")) == ["desk-not-held(ticket=1)"]
