"""Promises: what customers are told holds, and is said in their own words."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.brand import Hours, Interval
from bot.domain.desk.calendar import WorkCalendar
from bot.services.desk.timing import WorkingTime
from tests.unit.skills.desk.office import Office, called, taken, to


async def test_what_was_promised_holds_when_a_ticket_is_given_back() -> None:
    office = await called()
    await office.ann.wait(timedelta(minutes=50))
    await office.op.say("/take 1")
    assert to(await office.op.say("/return"), office.ann) == []
    broken = to(await office.ann.wait(timedelta(minutes=10)), office.ann)
    assert broken == ["desk-new-promise(when=desk-until-today(day=23.11, time=17:00))"]


async def test_a_promise_that_is_not_the_old_one_is_told() -> None:
    office = await taken()
    await office.op.say("слушаю")
    await office.ann.say("и ещё вопрос")
    said = to(await office.op.say("/return"), office.ann)
    assert said == ["desk-takes-longer(when=desk-until-today(day=23.11, time=16:00))"]


async def test_who_leads_moves_no_promise_by_taking_over() -> None:
    office = await taken()
    promised = (await office.ticket()).promised_at
    await office.ann.wait(timedelta(minutes=10))
    await office.chief.say("/take 1")
    assert promised is not None
    assert (await office.ticket()).promised_at == promised


async def test_what_is_put_off_into_the_night_is_promised_for_the_morning() -> None:
    days = {day: (Interval(since=time(9), until=time(20)),) for day in range(7)}
    calendar = WorkCalendar(hours=Hours(week=days), zone=ZoneInfo("Europe/Moscow"))
    office = await Office(timing=WorkingTime(lambda: calendar)).open()
    await office.ann.say("позовите человека")
    await office.op.say("/take 1")
    said = await office.op.say("/hold 7h")
    assert to(said, office.op) == ["desk-held(ticket=1, when=desk-at-today(day=23.11, time=22:00))"]
    assert to(said, office.ann) == ["desk-takes-longer(when=desk-until-tomorrow(day=24.11, time=09:15))"]


async def test_who_writes_where_nobody_is_any_more_is_told_until_when_they_wait() -> None:
    office = await taken()
    await office.op.say("слушаю")
    assert to(await office.op.say("/return"), office.ann) == []
    when = "desk-takes-longer(when=desk-until-today(day=23.11, time=16:00))"
    assert to(await office.ann.say("и ещё вопрос"), office.ann) == [when]
    assert to(await office.ann.say("алло?"), office.ann) == []
