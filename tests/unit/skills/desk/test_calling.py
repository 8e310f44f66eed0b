"""Customers call a person: what they are told, who hears of it, and when the bot is silent."""

from datetime import datetime, timedelta

from bot.domain.desk.terms import DeskTerms
from bot.domain.messages import HumanReplied, Standing, StandingChanged
from bot.services.desk.timing import AlwaysOpen
from tests.fakes.talk import NOON, keys, labels
from tests.unit.skills.desk.office import Office, called, taken, to


async def test_who_calls_is_promised_a_time_and_all_who_answer_are_shown_the_card() -> None:
    office = await Office().open()
    await office.ann.say("что с заказом?")
    said = await office.ann.say("позовите человека")
    assert to(said, office.ann)[0].startswith("desk-called(when=desk-until-today")
    for talk in (office.op, office.other, office.chief):
        assert to(said, talk) == ["desk-card(channel=console, name=Ann, ticket=1)"]
    card = next(message for message in said if message.to == office.op.me)
    assert "что с заказом?" in card.text
    assert labels(card) == ["desk-take-button(ticket=1)"]


async def test_where_nobody_works_the_other_ways_are_told() -> None:
    office = Office()
    assert keys(await office.ann.say("позовите человека"))[0].startswith("people-")


async def test_the_bot_is_silent_meanwhile_but_for_buttons() -> None:
    office = await called()
    said = await office.ann.say("сколько стоит?")
    assert to(said, office.ann) == []
    assert to(said, office.op) == ["desk-said(name=Ann, ticket=1)"]
    assert to(await office.ann.say("/help"), office.ann)[0].startswith("help")
    await office.op.say("/take 1")
    assert to(await office.ann.say("/help"), office.ann) == []
    assert to(await office.ann.press("help.show"), office.ann)[0].startswith("help")


async def test_the_bot_goes_on_where_the_customer_wants_it_to() -> None:
    office = await called()
    assert to(await office.ann.press("desk-bot-button"), office.ann) == ["desk-bot-on"]
    assert to(await office.ann.say("доставка"), office.ann) != []
    await office.op.say("/take 1")
    assert to(await office.ann.say("доставка"), office.ann) == []


async def test_who_needs_nobody_any_more_is_answered_by_the_bot() -> None:
    office = await called()
    said = await office.ann.press("desk-enough-button")
    assert to(said, office.ann) == ["desk-enough"]
    assert to(said, office.op) == ["desk-withdrawn(ticket=1)"]
    assert to(await office.ann.say("доставка"), office.ann) != []
    assert to(await office.ann.press("desk-enough-button"), office.ann) == ["desk-nobody-called"]


async def test_calling_twice_opens_one_ticket() -> None:
    office = await called()
    said = await office.ann.press("people.contacts")
    assert to(said, office.ann)[0].startswith("desk-called")
    assert to(said, office.op) == []
    assert len([key for key in to(await office.op.say("/queue"), office.op) if key]) == 1


async def test_a_promise_is_warned_of_then_broken_and_made_anew_later_every_time() -> None:
    office = await called()
    near = await office.ann.wait(timedelta(minutes=46))
    assert to(near, office.op) == ["desk-promise-near(minutes=14, ticket=1)"]
    broken = await office.ann.wait(timedelta(minutes=15))
    assert to(broken, office.ann)[0].startswith("desk-new-promise")
    assert to(broken, office.op) == ["desk-waits-again(ticket=1)"]
    first = (await office.ticket()).promised_at
    await office.ann.wait(timedelta(hours=1, minutes=1))
    second = (await office.ticket()).promised_at
    assert first is not None
    assert second is not None
    assert second - first >= timedelta(hours=2)


async def test_a_lease_that_is_over_frees_the_ticket_and_tells_everybody() -> None:
    office = await taken()
    said = await office.ann.wait(timedelta(minutes=16))
    assert to(said, office.ann)[0].startswith("desk-new-promise")
    assert to(said, office.op)[:1] == ["desk-lease-over(ticket=1)"]
    assert to(said, office.chief) == ["desk-waits-again(ticket=1)"]
    assert not (await office.ticket()).is_held
    assert keys(await office.op.say("слушаю"))[0] != "слушаю"


async def test_a_quiet_conversation_goes_back_to_the_bot() -> None:
    office = await taken()
    await office.op.say("слушаю")
    said = await office.ann.wait(timedelta(hours=25))
    assert to(said, office.ann) == ["desk-ended"]
    assert to(said, office.op) == ["desk-quiet-over(ticket=1)"]
    assert to(await office.ann.say("доставка"), office.ann) != []


async def test_who_comes_back_soon_has_the_same_ticket_and_the_last_operator_first() -> None:
    office = await taken()
    await office.op.say("/online")
    await office.op.say("слушаю")
    await office.op.say("/close")
    said = await office.ann.say("позовите человека")
    assert to(said, office.op) == ["desk-card(channel=console, name=Ann, ticket=1)"]
    assert to(said, office.other) == []


async def test_who_blocks_the_bot_is_told_of() -> None:
    office = await taken()
    event = StandingChanged(id="s1", sender=office.ann.me, at=NOON, standing=Standing.BLOCKED)
    assert to(await office.ann.happen(event), office.op) == ["desk-customer-gone(ticket=1)"]


async def test_an_answer_that_cannot_arrive_is_not_lost_silently() -> None:
    office = await taken()
    office.op.channel.blocked.add(office.ann.me.chat_id)
    await office.op.say("слушаю")
    assert to(await office.op.settle(), office.op) == ["desk-customer-gone(ticket=1)"]
    assert to(await office.op.say("алло"), office.op) == ["desk-customer-gone(ticket=1)"]


async def test_an_answer_past_us_silences_the_bot_until_it_is_quiet() -> None:
    office = await Office().open()
    await office.ann.say("доставка")
    await office.ann.happen(HumanReplied(id="h1", sender=office.ann.me, at=NOON, text="Сейчас посмотрю", author="77"))
    assert await office.ann.say("ну что?") == []
    assert to(await office.ann.wait(timedelta(minutes=16)), office.op)[-1].startswith("desk-waits-again")
    await office.op.say("/take 1")
    assert to(await office.op.say("Добрый день"), office.ann) == ["Добрый день"]
    await office.ann.happen(HumanReplied(id="h2", sender=office.ann.me, at=NOON, text="И я тут", author="77"))
    assert to(await office.op.say("Я первый"), office.ann) == []


async def test_a_flood_is_warned_of_once_and_drops_nothing_of_who_talks_to_a_person() -> None:
    office = await called(DeskTerms(flood=30))
    for number in range(40):
        assert len(to(await office.ann.say(f"строка {number}"), office.op)) == 1
    said = [key for number in range(40) for key in keys(await office.bob.say(f"строка {number}"))]
    assert said.count("desk-flood") == 1
    assert len(said) < 40


async def test_an_old_ticket_that_was_opened_again_is_the_one_that_goes_on() -> None:
    office = await taken(DeskTerms(reopens_within=timedelta()))
    await office.op.say("/close")
    await office.ann.wait(timedelta(minutes=1))
    await office.ann.say("позовите человека")
    await office.op.say("/take 2")
    await office.op.say("/close")
    await office.op.say("/reopen 1")
    assert to(await office.ann.press("people.contacts"), office.ann) == ["desk-called-held"]
    assert to(await office.op.say("слушаю"), office.ann) == ["слушаю"]


async def test_who_let_the_bot_go_on_and_calls_again_is_heard_by_people() -> None:
    office = await called()
    await office.ann.press("desk-bot-button")
    assert to(await office.ann.say("позовите человека"), office.op) == [
        "desk-card(channel=console, name=Ann, ticket=1)"
    ]
    assert to(await office.ann.say("горит фен!"), office.op) == ["desk-said(name=Ann, ticket=1)"]


async def test_a_ticket_that_was_answered_and_given_back_is_not_silent_for_ever() -> None:
    office = await taken()
    await office.op.say("слушаю")
    await office.op.say("/return")
    assert to(await office.ann.wait(timedelta(hours=25)), office.ann) == ["desk-ended"]


async def test_who_left_the_staff_hears_of_nobody_any_more() -> None:
    office = await taken()
    await office.op.say("слушаю")
    async with office.database.unit_of_work() as uow:
        await uow.staff.remove(office.op.me)
        await uow.commit()
    said = await office.ann.say("мой адрес — Лесная, 1")
    assert to(said, office.op) == []
    assert to(said, office.other) == ["desk-said(name=Ann, ticket=1)"]


async def test_calling_a_person_puts_a_form_away() -> None:
    office = await Office().open()
    await office.ann.say("/feedback")
    said = await office.ann.say("позовите человека")
    assert [key.partition("(")[0] for key in to(said, office.ann)] == ["desk-called"]
    await office.op.say("/take 1")
    await office.op.say("/close")
    assert not any(key.startswith("feedback") for key in to(await office.ann.say("доставка"), office.ann))


async def test_who_comes_back_with_something_else_is_shown_with_that() -> None:
    office = await taken()
    await office.op.say("Завтра")
    await office.op.say("/close")
    await office.ann.say("посылку потеряли, достали")
    said = await office.ann.say("позовите человека")
    card = next(message for message in said if message.to == office.op.me)
    assert "посылку потеряли" in card.text
    assert "desk-card-cause(cause=anger)" in card.text
    await office.op.say("/take 1")
    assert to(await office.op.say("/close"), office.ann) == ["desk-ended"]


class AtNight(AlwaysOpen):
    """Nobody is at work."""

    def is_open(self, now: datetime) -> bool:
        """Never."""
        return False


async def test_at_night_the_bot_goes_on_and_the_words_are_there_in_the_morning() -> None:
    office = await Office(timing=AtNight()).open()
    said = await office.ann.say("позовите человека")
    assert to(said, office.ann)[0].startswith("desk-called-closed")
    assert to(await office.ann.say("доставка"), office.ann) != []
    card = next(message for message in await office.op.say("/take 1") if "desk-card(" in message.text)
    assert "доставка" in card.text
    assert to(await office.ann.say("доставка"), office.ann) == []


async def test_who_calls_again_at_night_is_not_shown_again() -> None:
    office = await Office(timing=AtNight()).open()
    assert to(await office.ann.say("позовите человека"), office.op) != []
    said = await office.ann.say("позовите человека")
    assert to(said, office.ann)[0].startswith("desk-called-closed")
    assert to(said, office.op) == []


async def test_a_ticket_that_is_open_for_too_long_is_told_of_once() -> None:
    office = await taken()
    await office.op.say("/hold 20h")
    said = await office.ann.wait(timedelta(hours=17))
    assert to(said, office.chief) == to(said, office.op) == ["desk-too-long(ticket=1)"]
    assert "desk-too-long(ticket=1)" not in to(await office.ann.wait(timedelta(hours=30)), office.chief)


async def test_who_has_a_ticket_that_is_open_for_long_is_warned_before_leaders_hear_of_it() -> None:
    office = await taken()
    await office.op.say("/hold 20h")
    assert to(await office.ann.wait(timedelta(hours=11)), office.op) == []
    said = await office.ann.wait(timedelta(hours=2))
    assert (to(said, office.op), to(said, office.chief)) == (["desk-long(ticket=1)"], [])
    assert to(await office.ann.wait(timedelta(hours=2)), office.op) == []
    assert to(await office.ann.wait(timedelta(hours=2)), office.chief) == ["desk-too-long(ticket=1)"]


async def test_how_long_a_ticket_is_open_counts_from_when_it_was_opened_again() -> None:
    office = await taken()
    await office.op.say("/close")
    await office.ann.wait(timedelta(hours=20))
    await office.ann.say("позовите человека")
    await office.op.say("/take 1")
    await office.op.say("/hold 20h")
    assert to(await office.ann.wait(timedelta(hours=15)), office.chief) == []
    assert to(await office.ann.wait(timedelta(hours=2)), office.chief) == ["desk-too-long(ticket=1)"]


async def test_the_card_tells_by_which_link_somebody_came() -> None:
    office = await Office().open()
    await office.ann.start("spring_sale")
    said = await office.ann.say("позовите человека")
    assert "desk-card-came-by(link=spring_sale)" in next(each.text for each in said if each.to == office.op.me)
    await office.bob.start("link_SECRET00")
    assert all("SECRET" not in each.text for each in await office.bob.say("позовите человека"))


async def test_who_has_it_hears_of_a_call_before_the_lease_takes_it_from_them() -> None:
    office = await taken()
    await office.op.say("слушаю")
    said = await office.ann.press("people.contacts")
    assert to(said, office.ann) == ["desk-called-held"]
    assert to(said, office.op) == ["desk-calls-again(ticket=1)"]


async def test_phones_in_what_was_said_are_for_who_has_the_ticket() -> None:
    office = await Office().open()
    await office.ann.say("перезвоните на +7 916 123-45-67")
    said = await office.ann.say("позовите человека")
    card = next(each.text for each in said if each.to == office.op.me)
    assert "перезвоните" in card
    assert "123-45-67" not in card
    waiting = next(each.text for each in await office.ann.share("+79161234567") if each.to == office.op.me)
    assert "4567" not in waiting
    await office.op.say("/take 1")
    held = next(each.text for each in await office.ann.share("+79161234567") if each.to == office.op.me)
    assert "4567" in held
    assert "123-45-67" in (await office.op.say("/history"))[0].text
    assert "123-45-67" not in (await office.other.say("/history 1"))[0].text
