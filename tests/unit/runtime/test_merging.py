"""Lines that somebody sends in a row get one answer."""

from datetime import timedelta

from bot.domain.messages import Attached, AttachmentKind, Said
from bot.runtime.inbox import Inbox
from bot.runtime.pump import Pump
from tests.fakes.talk import Talk, keys

WINDOW = timedelta(seconds=1.5)
PATIENCE = timedelta(seconds=6)


class PatientTalk(Talk):
    """Somebody in front of a bot that waits for more lines."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[str] = []
        self.inbox = Inbox(
            self.uow,
            clock=self.clock,
            windows={self.me.channel: WINDOW},
            on_held=lambda address: self.held.append(address.chat_id),
        )
        self.pump = Pump(
            uow=self.uow, dialogue=self.dialogue, renderer=self.renderer, clock=self.clock, patience=PATIENCE
        )

    async def after(self, time: timedelta = WINDOW) -> list[str]:
        """Let time pass; return what was said then."""
        self.clock.advance(time)
        return keys(await self.settle())


async def test_three_lines_get_one_answer() -> None:
    talk = PatientTalk()
    assert await talk.say("здравствуйте") == []
    assert await talk.say("а где") == []
    assert await talk.say("чайник") == []
    assert len(await talk.after()) == 1
    async with talk.uow() as uow:
        assert dict(await uow.transcript.count_by_status()) == {"in:handled": 3, "out:sent": 1}


async def test_the_answer_is_to_all_that_was_said() -> None:
    talk = PatientTalk()
    await talk.say("чайник")
    await talk.say("чистка")
    await talk.after()
    assert talk.answers.asked == ["чайник\nчистка"]


async def test_one_line_is_answered_after_the_window() -> None:
    talk = PatientTalk()
    assert await talk.say("чайник") == []
    assert await talk.after(WINDOW / 2) == []
    assert await talk.after(WINDOW / 2) == ["Чайник K-1"]
    assert talk.held == ["c1"]


async def test_commands_and_buttons_do_not_wait() -> None:
    talk = PatientTalk()
    assert keys(await talk.say("/help")) == ["help-text(brand=Чайная, club=no)"]
    assert keys(await talk.press("feedback.start")) == ["feedback-rating-prompt"]


async def test_a_bare_command_word_is_answered_by_itself() -> None:
    talk = PatientTalk()
    await talk.say("чайник")
    await talk.say("помощь")
    assert await talk.after() == ["Чайник K-1", "help-text(brand=Чайная, club=no)"]


async def test_answers_to_a_choice_are_taken_one_by_one() -> None:
    talk = PatientTalk()
    await talk.press("feedback.start")
    await talk.say("5")
    await talk.say("всё понравилось")
    assert await talk.after() == ["feedback-comment-prompt(rating=5)", "feedback-thanks"]


async def test_a_comment_in_several_lines_is_one_comment() -> None:
    talk = PatientTalk()
    await talk.press("feedback.start")
    await talk.press("flow.pick:feedback:rating:5")
    await talk.say("всё понравилось")
    await talk.say("особенно чай")
    assert await talk.after() == ["feedback-thanks"]
    async with talk.uow() as uow:
        (given,) = await uow.feedback.all()
    assert given.comment == "всё понравилось\nособенно чай"


async def test_who_never_stops_is_answered_in_the_end() -> None:
    talk = PatientTalk()
    said: list[str] = []
    for number in range(8):
        await talk.say(f"чайник {number}")
        said += await talk.after(timedelta(seconds=1))
    assert len(said) == 1


async def test_a_restart_answers_what_waited() -> None:
    talk = PatientTalk()
    await talk.inbox.accept(Said(id="1", sender=talk.me, at=talk.clock.now(), text="чайник"))
    after_restart = Talk(talk.uow)
    assert keys(await after_restart.settle()) == ["Чайник K-1"]


async def test_the_pictures_of_an_album_get_one_answer() -> None:
    talk = PatientTalk()
    for number, caption in enumerate(["чайник", "", ""]):
        await talk.happen(
            Attached(
                id=f"a{number}",
                sender=talk.me,
                at=talk.clock.now(),
                kind=AttachmentKind.PHOTO,
                reference=f"{number}",
                caption=caption,
                album="77",
            )
        )
    await talk.say("чистка")
    assert await talk.after() == ["Чайник K-1", "Уход. Чистка"]


async def test_a_picture_alone_does_not_wait() -> None:
    talk = PatientTalk()
    photo = Attached(id="1", sender=talk.me, at=talk.clock.now(), kind=AttachmentKind.PHOTO, reference="1")
    assert keys(await talk.happen(photo)) == ["fallback-attachment"]
