"""Which messages that wait for each other go as one."""

import pytest

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.merging import LONGEST, together
from bot.domain.messages import Address
from bot.domain.replies import Link, OutgoingButton, OutgoingMessage, QueuedMessage

TELEGRAM = ChannelName("telegram")


def waiting(number: int, text: str, *, chat: str = "-100/5", user: str = "", **more: object) -> QueuedMessage:
    message = OutgoingMessage(
        to=Address(TELEGRAM, chat, user),
        answers=TranscriptId(1),
        number=number,
        text=text,
        is_group=not user,
        **more,  # type: ignore[arg-type]
    )
    return QueuedMessage(id=TranscriptId(number), message=message)


def test_words_to_one_topic_go_together_in_order() -> None:
    whole = together([waiting(1, "раз"), waiting(2, "два"), waiting(3, "три")])
    assert (whole.message.text, whole.ids) == ("раз\nдва\nтри", (1, 2, 3))


@pytest.mark.parametrize(
    "other",
    [
        waiting(2, "кнопка", buttons=((OutgoingButton("да", Link("https://a.example")),),)),
        waiting(2, "правка", replaces="7"),
        waiting(2, ""),
        waiting(2, "x" * LONGEST),
        waiting(2, "другому", user="7"),
    ],
)
def test_what_is_more_than_words_goes_by_itself_and_so_does_what_is_behind_it(other: QueuedMessage) -> None:
    assert together([waiting(1, "раз"), other, waiting(3, "три")]).ids == (1,)
    assert together([other, waiting(3, "три")]).ids == (2,)


def test_in_a_chat_without_topics_each_is_replied_to_by_itself() -> None:
    assert together([waiting(1, "раз", chat="-100"), waiting(2, "два", chat="-100")]).ids == (1,)
