"""Whose it is: what operators send reaches nobody else, whatever they reply to."""

from datetime import timedelta

import pytest

from bot.domain.actions import Action
from bot.domain.messages import Edited, Pressed, Said
from bot.domain.replies import OutgoingMessage
from tests.fakes.talk import keys, labels
from tests.unit.skills.desk.office import Office, taken, two_held


def reference(office: Office, message: OutgoingMessage) -> str:
    """What the platform calls a message of ours."""
    rows = office.database.tables.outbound.values()
    return next(row.reference or "" for row in rows if row.message == message)


def private(office: Office, text: str, *, ref: str = "", reply_to: str = "") -> Said:
    """What the operator types in private."""
    return Said(id=f"p-{text}", sender=office.op.me, at=office.clock.now(), text=text, ref=ref, reply_to=reply_to)


def reached(messages: list[OutgoingMessage], office: Office) -> list[str]:
    """Which customers were written to."""
    return [each.to.user_id for each in messages if each.to in {office.ann.me, office.bob.me}]


async def test_a_reply_to_the_own_message_goes_where_that_went() -> None:
    office = await two_held()
    assert reached(await office.op.happen(private(office, "Боб, раз", ref="901")), office) == ["bob"]
    await office.op.say("/take 1")
    assert reached(await office.op.happen(private(office, "и два", reply_to="901")), office) == ["bob"]


async def test_a_reply_to_something_unknown_goes_to_nobody() -> None:
    office = await two_held()
    said = await office.op.happen(private(office, "кому?", reply_to="404"))
    assert (reached(said, office), keys(said)) == ([], ["desk-whose"])
    assert keys(await office.op.happen(private(office, "/close", reply_to="404"))) == ["desk-nothing-here"]


async def test_a_reply_to_what_came_by_itself_is_about_its_ticket() -> None:
    office = await two_held()
    await office.op.say("/take 1")
    await office.op.say("слушаю, Аня")
    said = await office.ann.wait(timedelta(minutes=16))
    over = next(each for each in said if each.to == office.op.me and each.text == "desk-lease-over(ticket=2)")
    answer = await office.op.happen(private(office, "Боб, простите", reply_to=reference(office, over)))
    assert (reached(answer, office), keys(answer)) == ([], ["desk-not-sent(ticket=2)"])


async def test_an_answer_that_is_edited_into_a_note_stays_as_it_was() -> None:
    office = await two_held()
    await office.op.happen(private(office, "слушаю", ref="901"))
    edited = Edited(id="e1", sender=office.op.me, at=office.clock.now(), text="/ нервный", ref="901")
    said = await office.op.happen(edited)
    assert (reached(said, office), keys(said)) == ([], ["desk-edit-kept(ticket=2)"])


async def test_a_contact_is_not_sent_and_that_is_said() -> None:
    office = await two_held()
    said = await office.op.share("+79161234567")
    assert (reached(said, office), keys(said)) == ([], ["desk-no-contacts"])


async def test_what_stands_ready_is_not_sent_to_who_is_gone() -> None:
    office = await taken()
    await office.op.say("/canned + привет Здравствуйте!")
    office.ann.channel.blocked.add("ann")
    await office.op.say("вы тут?")
    await office.op.settle()
    assert keys(await office.op.say("/canned привет")) == ["desk-customer-gone(ticket=1)"]


async def test_what_the_bot_would_say_is_sent_once_and_not_after_the_end() -> None:
    office = await Office().open()
    await office.ann.say("доставка")
    await office.ann.say("позовите человека")
    card = next(message for message in await office.op.say("/take 1") if "desk-card(" in message.text)
    [draft] = await office.op.press(labels(card)[0])
    pressed = Pressed(
        id="p1", sender=office.op.me, at=office.clock.now(), action=send(draft), ref=reference(office, draft)
    )
    sent = next(each for each in await office.op.happen(pressed) if each.to == office.op.me)
    assert (sent.replaces, sent.buttons) == (pressed.ref, ())
    await office.op.say("/close")
    assert keys(await office.op.press("desk-draft-send-button")) == ["desk-not-sent-over(ticket=1)"]


def send(draft: OutgoingMessage) -> Action:
    """What the button under a draft does."""
    target = draft.buttons[0][0].target
    assert isinstance(target, Action)
    return target


@pytest.mark.parametrize("command", ["/close 1", "/return 1", "/transfer 1 other"])
async def test_what_is_typed_stays_with_whom_it_was(command: str) -> None:
    office = await two_held()
    await office.op.say(command)
    assert reached(await office.op.say("слушаю, Боб"), office) == ["bob"]
