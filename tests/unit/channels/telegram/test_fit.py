"""Messages divided into calls."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.fit import LONGEST_CAPTION, LONGEST_TEXT, fit
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.fitting import utf16_length
from bot.domain.messages import AttachmentKind
from bot.domain.replies import NOTICE, Attachment, Mark, MarkKind, OutgoingMessage
from tests.unit.channels.telegram.messages import attached, buttons, outgoing

PHOTO, FILE, STICKER = AttachmentKind.PHOTO, AttachmentKind.FILE, AttachmentKind.STICKER
LONG = "слово " * 200
LONGER = "слово " * 1000


def shape(parts: Sequence[OutgoingMessage]) -> list[str]:
    """Files, text and buttons of each part, for short: ``PP+t+b``."""
    return ["+".join(filter(None, (_files(part), _text(part), "b" if part.buttons else ""))) for part in parts]


def _files(part: OutgoingMessage) -> str:
    return "".join(item.kind[0] for item in part.attachments)


def _text(part: OutgoingMessage) -> str:
    return "t" if part.text else ""


@pytest.mark.parametrize(
    ("text", "files", "has_buttons", "parts"),
    [
        ("да", [], True, ["t+b"]),
        (LONGER, [], True, ["t", "t+b"]),
        ("да", [PHOTO], True, ["p+t+b"]),
        ("", [PHOTO], False, ["p"]),
        (LONG, [PHOTO], True, ["p", "t+b"]),
        (LONGER, [PHOTO], False, ["p", "t", "t"]),
        ("да", [PHOTO, PHOTO], False, ["pp+t"]),
        ("да", [PHOTO, PHOTO], True, ["pp", "t+b"]),
        ("", [PHOTO, PHOTO], True, ["pp", "b"]),
        ("да", [PHOTO] * 12, False, ["p" * 10, "pp+t"]),
        ("да", [PHOTO, FILE], True, ["p", "f+t+b"]),
        ("да", [PHOTO, AttachmentKind.VIDEO, FILE, FILE], False, ["pv", "ff+t"]),
        ("да", [STICKER], True, ["s", "t+b"]),
        ("", [STICKER], False, ["s"]),
        ("", [AttachmentKind.LOCATION, AttachmentKind.VOICE], False, ["l", "v"]),
    ],
)
def test_files_go_first_and_buttons_last(
    text: str, files: list[AttachmentKind], parts: list[str], *, has_buttons: bool
) -> None:
    message = outgoing(text, attachments=tuple(map(attached, files)), buttons=buttons() if has_buttons else ())
    assert shape(fit(message)) == parts


def test_only_a_whole_message_replaces_another() -> None:
    assert fit(outgoing("да", replaces="5"))[0].replaces == "5"
    assert [part.replaces for part in fit(outgoing(LONGER, replaces="5"))] == ["", ""]


def test_divided_answer_counts_once() -> None:
    answer = AnswerMeta(kind=AnswerKind.ARTICLE, confidence=0.9)
    assert [part.answer for part in fit(outgoing(LONGER, answer=answer))] == [answer, NOTICE]


def test_length_is_measured_in_utf16() -> None:
    assert len(fit(outgoing("😀" * 2048))) == 1
    assert len(fit(outgoing("😀" * 2049))) == 2


KINDS = st.sampled_from(list(AttachmentKind))
MARKS = st.builds(Mark, start=st.integers(0, 5000), length=st.integers(1, 500), kind=st.sampled_from(list(MarkKind)))


@given(
    text=st.text("аб <&😀\n.", max_size=60).map(lambda piece: piece * 90),
    files=st.lists(KINDS, max_size=14),
    marks=st.lists(MARKS, max_size=3),
    count=st.integers(0, 3),
)
def test_every_part_is_one_call_and_nothing_is_lost(
    text: str, files: list[AttachmentKind], marks: list[Mark], count: int
) -> None:
    sent: tuple[Attachment, ...] = tuple(attached(kind, f"https://e.org/{n}") for n, kind in enumerate(files))
    parts = fit(outgoing(text, attachments=sent, marks=tuple(marks), buttons=buttons(count)))
    assert tuple(item for part in parts for item in part.attachments) == sent
    assert "".join("".join(part.text for part in parts).split()) == "".join(text.split())
    assert [part.buttons for part in parts if part.buttons] == [buttons(count)] * bool(count)
    for part in parts:
        assert utf16_length(part.text) <= (LONGEST_CAPTION if part.attachments else LONGEST_TEXT)
        assert fit(part) == (part,)
