"""Operators at work: whose ticket it is, where answers go, what is refused and how."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.desk.terms import DeskTerms
from bot.domain.messages import Address, Attached, AttachmentKind, Edited, Said
from tests.fakes.talk import NOON, Talk, keys, labels
from tests.unit.skills.desk.office import CONSOLE, Office, called, taken, to, two_held

ROOM = Address(CONSOLE, "room", "")


async def test_who_takes_it_answers_and_nobody_else() -> None:
    office = await called()
    said = await office.op.say("/take 1")
    assert to(said, office.ann) == ["desk-joined"]
    assert to(said, office.other) == ["desk-taken-by-other(ticket=1)"]
    assert to(await office.op.say("слушаю"), office.ann) == ["слушаю"]
    assert keys(await office.other.say("/take 1")) == ["desk-taken(ticket=1)"]
    assert to(await office.other.say("и я слушаю"), office.ann) == []


async def test_who_leads_takes_it_from_others() -> None:
    office = await taken()
    assert to(await office.chief.say("/take 1"), office.chief)[0] == "desk-took(ticket=1)"
    assert to(await office.op.say("слушаю"), office.ann) == []
    assert to(await office.chief.say("слушаю"), office.ann) == ["слушаю"]


async def test_a_message_about_nobodys_ticket_is_not_sent() -> None:
    office = await called()
    assert to(await office.op.say("кто тут?"), office.ann) == []
    await office.op.say("/take 1")
    await office.op.say("/return")
    assert to(await office.op.say("алло"), office.ann) == []


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/take 99", "desk-no-such(ticket=99)"),
        ("/take ёж", "desk-no-such(ticket=ёж)"),
        ("/close", "desk-nothing-here"),
        ("/reopen", "desk-nothing-here"),
        ("/hold", "desk-hold-how-long"),
        ("/hold вечность", "desk-hold-how-long"),
        ("/transfer", "desk-nothing-here"),
        ("/return", "desk-nothing-here"),
        ("/note", "desk-note-how"),
        ("/ban", "desk-ban-how"),
        ("/unban", "desk-unban-how"),
        ("/who 7", "desk-no-such(ticket=7)"),
    ],
)
async def test_what_cannot_be_done_is_said_plainly(command: str, answer: str) -> None:
    office = await Office().open()
    assert keys(await office.op.say(command)) == [answer]


async def test_customers_have_no_command_of_the_desk() -> None:
    office = await called()
    assert keys(await office.bob.say("/take 1")) == ["help-unknown-command(command=take)"]
    assert keys(await office.bob.press("desk.take:1")) == ["desk-not-yours"]


async def test_a_note_is_for_colleagues_only() -> None:
    office = await taken()
    for text in ("/ нервный", "/note нервный"):
        assert keys(await office.op.say(text)) == ["desk-noted(ticket=1)"]
    [card] = await office.op.say("/who")
    assert card.text.count("нервный") == 2


async def test_a_snoozed_ticket_comes_back_by_itself_or_by_the_customer() -> None:
    office = await taken()
    held = await office.op.say("/hold 3h")
    assert to(held, office.op)[0].startswith("desk-held")
    assert to(held, office.ann)[0].startswith("desk-takes-longer")
    assert to(await office.ann.wait(timedelta(hours=2)), office.op) == []
    assert to(await office.ann.wait(timedelta(hours=1)), office.op) == ["desk-woken(ticket=1)"]
    await office.op.say("ещё выясняю")
    assert to(await office.op.say("/hold 1d"), office.ann) == []
    assert to(await office.ann.say("эй"), office.op) == ["desk-said(name=Ann, ticket=1)"]


async def test_a_colleague_is_found_by_account_or_name() -> None:
    office = await taken()
    await office.other.say("/online")
    assert keys(await office.op.say("/transfer @nobody")) == ["desk-who-to"]
    said = await office.op.say("/transfer @Oth")
    assert to(said, office.other) == ["desk-given(ticket=1)", "desk-card(channel=console, name=Ann, ticket=1)"]
    assert to(await office.other.say("я вместо коллеги"), office.ann) == ["я вместо коллеги"]


async def test_an_edit_is_passed_on_both_ways() -> None:
    office = await taken()
    event = replace(_edited(office.op), text="слушаю вас")
    await office.op.say("слушаю")
    assert to(await office.op.happen(event), office.ann) == []  # nothing is known of that reference


def _edited(talk: Talk) -> Edited:
    return Edited(id="e1", sender=talk.me, at=NOON, ref="404", text="")


async def test_in_a_room_the_claim_decides_who_is_heard() -> None:
    office = await Office(DeskTerms(rooms=(ROOM,))).open()
    op, other = office.talk("op", chat="room"), office.talk("other", chat="room")
    said = await office.ann.say("позовите человека")
    assert to(said, ROOM) == ["desk-card(channel=console, name=Ann, ticket=1)"]
    assert to(said, office.op) == []
    assert to(await op.say("тут?"), ROOM) == []
    assert keys(await op.say("тут?")) == ["desk-whose"]
    await op.say("/take 1")
    assert keys(await op.say("кто на обед?")) == ["desk-reply-only"]
    shown = next(message for message in await office.ann.say("алло?") if message.to == ROOM)
    assert to(await office.reply(op, shown, "слушаю"), office.ann) == ["слушаю"]
    assert to(await office.reply(other, shown, "и я"), office.ann) == []
    stranger = office.talk("bob", chat="room")
    assert keys(await stranger.say("/queue")) == ["desk-not-yours"]
    assert await stranger.say("привет всем") == []


async def test_an_operator_who_is_removed_loses_what_they_held_by_the_lease() -> None:
    office = await taken()
    async with office.database.unit_of_work() as uow:
        await uow.staff.remove(office.op.me)
        await uow.commit()
    assert to(await office.op.say("слушаю"), office.ann) == []
    said = await office.ann.wait(timedelta(minutes=16))
    assert to(said, office.other) == ["desk-waits-again(ticket=1)"]


async def test_canned_answers_are_filled_in_and_sent() -> None:
    office = await taken()
    assert keys(await office.op.say("/canned")) == ["desk-canned-none"]
    await office.op.say("/canned + срок {name}: {ask: дней} дня, №{ticket}")
    assert keys(await office.op.say("/canned")) == ["desk-canned"]
    assert keys(await office.op.say("/canned срок")) == ["desk-canned-asks(fields=дней, name=срок)"]
    assert to(await office.op.say("/canned СРОК 3"), office.ann) == ["Ann: 3 дня, №1"]
    assert keys(await office.op.say("/canned - срок")) == ["desk-canned-removed(name=срок)"]
    assert keys(await office.op.say("/canned - срок")) == ["desk-canned-unknown(name=срок)"]


async def test_what_the_bot_would_say_is_sent_by_a_press() -> None:
    office = await Office().open()
    await office.ann.say("доставка")
    await office.ann.say("позовите человека")
    card = next(message for message in await office.op.say("/take 1") if "desk-card(" in message.text)
    [draft] = await office.op.press(labels(card)[0])
    assert labels(draft) == ["desk-draft-send-button"]
    assert to(await office.op.press("desk-draft-send-button"), office.ann) == [draft.text]
    await office.op.say("/return")
    assert to(await office.op.press("desk-draft-send-button"), office.ann) == []


async def test_tags_are_put_on_and_taken_off() -> None:
    office = await taken()
    assert keys(await office.op.say("/tag Доставка срочно")) == ["desk-tags(tags=доставка, срочно, ticket=1)"]
    assert keys(await office.op.say("/tag -срочно")) == ["desk-tags(tags=доставка, ticket=1)"]
    assert keys(await office.op.say("/priority urgent")) == ["desk-priority(priority=urgent, ticket=1)"]
    assert keys(await office.op.say("/priority так себе")) == ["desk-priority-how"]


async def test_a_blocked_customer_is_not_answered_and_calls_nobody() -> None:
    office = await taken()
    assert keys(await office.op.say("/ban спам")) == ["desk-ban-for-good"]
    said = await office.op.say("/ban 2d спам")
    assert to(said, office.ann)[0].startswith("desk-you-are-blocked")
    assert await office.ann.say("доставка") == []
    assert keys(await office.ann.press("people.contacts")) == ["desk-nobody-comes"]
    assert keys(await office.ann.say("/help"))[0].startswith("help")
    await office.ann.wait(timedelta(days=2))
    assert await office.ann.say("доставка") != []
    assert keys(await office.op.say("/unban 1"))[0] == "desk-unbanned(ticket=1)"
    assert keys(await office.op.say("/unban 1")) == ["desk-not-banned(ticket=1)"]


async def test_an_old_ticket_is_not_opened_beside_a_newer_one() -> None:
    office = await taken(DeskTerms(reopens_within=timedelta()))
    await office.op.say("/close")
    await office.ann.wait(timedelta(minutes=1))
    await office.ann.say("позовите человека")
    assert keys(await office.op.say("/reopen 1")) == ["desk-newer-open(newer=2, ticket=1)"]
    assert keys(await office.op.say("/reopen 2")) == ["desk-still-open(ticket=2)"]


async def test_what_was_sent_too_soon_is_taken_back() -> None:
    office = await taken()
    sent = await office.op.say("ой, не вам")
    assert to(sent, office.ann) == ["ой, не вам"]
    said = await office.op.say("/undo")
    assert to(said, office.ann) == ["desk-taken-back"]
    assert [each.takes_back for each in said if each.to == office.ann.me] == [True]
    await office.ann.wait(timedelta(seconds=11))
    assert keys(await office.op.say("/undo")) == ["desk-nothing-to-undo"]


@pytest.mark.parametrize("text", ["смотри http://evil.example", "www.evil.example/x"])
async def test_links_of_strangers_are_flagged(text: str) -> None:
    office = await taken()
    assert to(await office.ann.say(text), office.op) == ["desk-careful-link", "desk-said(name=Ann, ticket=1)"]
    assert to(await office.ann.say("без ссылок"), office.op) == ["desk-said(name=Ann, ticket=1)"]


async def test_what_a_colleague_is_typing_goes_on_to_whom_they_talk() -> None:
    office = await two_held()
    await office.op.say("/return")
    await office.other.say("/take 2")
    await office.op.say("/take 1")
    said = await office.op.say("/transfer other")
    assert to(said, office.other)[0] == "desk-given-beside(ticket=1)"
    assert to(await office.other.say("ваш заказ, Боб"), office.bob) == ["ваш заказ, Боб"]
    await office.other.press("desk.take:1")
    assert to(await office.other.say("ваш заказ, Аня"), office.ann) == ["ваш заказ, Аня"]


async def test_closing_twice_closes_nobody_elses_ticket() -> None:
    office = await two_held()
    said = await office.op.say("/close")
    assert keys(said)[0] == "desk-closed(ticket=2)"
    assert "desk-switch-button(ticket=1)" in labels(said[0])
    assert keys(await office.op.say("/close")) == ["desk-nothing-here"]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/close 1", "desk-closed(ticket=1)"),
        ("/close №1 готово", "desk-closed(ticket=1)"),
        ("/tag #1 доставка", "desk-tags(tags=доставка, ticket=1)"),
        ("/note #1 звонить", "desk-noted(ticket=1)"),
        ("/return 1", "desk-returned-yours(ticket=1)"),
        ("/transfer 1 other", "desk-transferred(ticket=1)"),
        ("/ban 1 2h спам", "desk-banned(ticket=1, when=23.11 17:00)"),
        ("/tag 1", "desk-tags(tags=1, ticket=2)"),
        ("/note 1 коробка", "desk-noted(ticket=2)"),
        ("/hold 1", "desk-held(ticket=2, when=desk-at-today(day=23.11, time=16:00))"),
        ("/hold 1 2h", "desk-held(ticket=1, when=desk-at-today(day=23.11, time=17:00))"),
        ("/hold 2h подождать", "desk-hold-how-long"),
    ],
)
async def test_a_number_names_a_ticket_where_it_cannot_mean_anything_else(command: str, answer: str) -> None:
    office = await two_held()
    assert to(await office.op.say(command), office.op)[0] == answer


async def test_what_was_taken_over_is_not_answered_by_the_bot_instead() -> None:
    office = await taken()
    await office.chief.say("/take 1")
    assert keys(await office.op.say("ваш код 1234")) == ["desk-not-sent-held(ticket=1)"]
    await office.chief.say("/close")
    assert keys(await office.chief.say("ваш код 1234")) == ["desk-whose"]
    await office.chief.say("/offline")
    assert keys(await office.chief.say("доставка")) != ["desk-whose"]


async def test_an_answer_is_taken_back_once_where_it_went_and_is_owed_again() -> None:
    office = await two_held()
    await office.op.say("письмо Бобу")
    await office.op.say("/take 1")
    await office.op.say("письмо Ане")
    await office.op.say("/take 2")
    said = await office.op.say("/undo")
    assert (to(said, office.ann), to(said, office.bob)) == (["desk-taken-back"], [])
    assert keys(await office.op.say("/undo")) == ["desk-nothing-to-undo"]
    assert "desk-lease-over(ticket=1)" in to(await office.ann.wait(timedelta(minutes=16)), office.op)


async def test_nobody_takes_their_own_ticket_or_is_shown_it() -> None:
    office = await Office().open()
    said = await office.op.say("позовите человека")
    assert "desk-card(channel=console, name=Op, ticket=1)" not in to(said, office.op)
    assert keys(await office.op.say("/take 1")) == ["desk-own-ticket(ticket=1)"]
    assert to(await office.op.say("у меня вопрос"), office.op) == []
    assert to(await office.other.say("/take 1"), office.op) == ["desk-joined"]


@pytest.mark.parametrize(("typed", "near"), [("/clsoe", "/close"), ("/take2", "/take"), ("/ефлу", "/take")])
async def test_a_mistyped_command_is_guessed(typed: str, near: str) -> None:
    office = await Office().open()
    assert keys(await office.op.say(typed)) == [f"desk-mistyped(near={near})"]


async def test_an_edit_of_who_has_it_no_more_changes_nothing() -> None:
    office = await taken()
    event = Said(id="m1", sender=office.op.me, at=NOON, text="слушаю", ref="77")
    assert to(await office.op.happen(event), office.ann) == ["слушаю"]
    changed = Edited(id="m2", sender=office.op.me, at=NOON, ref="77", text="слушаю вас")
    assert to(await office.op.happen(changed), office.ann) == ["слушаю вас"]
    await office.chief.say("/take 1")
    again = Edited(id="m3", sender=office.op.me, at=NOON, ref="77", text="не слушаю")
    assert to(await office.op.happen(again), office.ann) == []


async def test_a_canned_answer_may_have_a_file() -> None:
    office = await taken()
    attached = Attached(
        id="p1",
        sender=office.op.me,
        at=NOON,
        kind=AttachmentKind.PHOTO,
        reference="scheme.png",
        caption="/canned + схема Вот как собрать",
    )
    assert keys(await office.op.happen(attached)) == ["desk-canned-added(name=схема)"]
    sent = next(each for each in await office.op.say("/canned схема") if each.to == office.ann.me)
    assert (sent.text, [each.source for each in sent.attachments]) == ("Вот как собрать", ["scheme.png"])
