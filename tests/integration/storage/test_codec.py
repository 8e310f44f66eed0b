"""Whatever was said is read back as it was said."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import (
    Address,
    Attached,
    AttachmentKind,
    CommentChange,
    Commented,
    ContactShared,
    Edited,
    Event,
    HumanReplied,
    Place,
    Pressed,
    Reacted,
    Said,
    Standing,
    StandingChanged,
    Started,
    Woke,
)
from bot.domain.replies import (
    Attachment,
    Link,
    Mark,
    MarkKind,
    OutgoingButton,
    OutgoingItem,
    OutgoingMessage,
    Private,
    ShareContact,
)
from bot.storage.codec import Content, UnreadableRowError, storable
from bot.storage.event_codec import Origin, decode_event, encode_event
from bot.storage.message_codec import Envelope, decode_message, encode_message, encode_sources

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
anything = st.text(st.characters(codec=None, exclude_categories=()))
addresses = st.builds(Address, st.sampled_from([ChannelName("console"), ChannelName("vk")]), texts, texts)
actions = st.builds(Action, texts, st.lists(texts).map(tuple))
carried = {
    "id": texts,
    "sender": addresses,
    "at": st.datetimes(timezones=st.just(UTC)),
    "name": st.none() | texts,
    "language": st.none() | texts,
    "is_group": st.booleans(),
    "is_addressed": st.booleans(),
    "ref": texts,
    "client": st.lists(texts).map(tuple),
}
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Said, text=texts, **carried),
    st.builds(Pressed, action=actions, **carried),
    st.builds(Started, payload=texts, source=texts, **carried),
    st.builds(Attached, kind=st.sampled_from(AttachmentKind), reference=texts, caption=texts, album=texts, **carried),
    st.builds(ContactShared, phone=texts, is_own=st.booleans(), **carried),
    st.builds(Woke, action=actions, **carried),
    st.builds(Edited, text=texts, **carried),
    st.builds(Reacted, reactions=st.lists(texts).map(tuple), **carried),
    st.builds(StandingChanged, standing=st.sampled_from(Standing), **carried),
    st.builds(
        Commented,
        place=st.sampled_from(Place),
        subject=texts,
        text=texts,
        change=st.sampled_from(CommentChange),
        **carried,
    ),
    st.builds(HumanReplied, text=texts, author=texts, **carried),
)
buttons = st.builds(
    OutgoingButton, texts, actions | st.builds(Link, texts) | st.builds(Private, texts) | st.just(ShareContact())
)
numbers = st.integers(min_value=0, max_value=5000)
items = st.builds(OutgoingItem, title=texts, text=texts, button=buttons, picture=st.none() | texts.filter(bool))
messages = st.builds(
    OutgoingMessage,
    to=addresses,
    answers=st.integers(min_value=1).map(TranscriptId),
    number=st.integers(min_value=0),
    text=texts,
    marks=st.lists(st.builds(Mark, numbers, numbers, st.sampled_from(MarkKind), texts)).map(tuple),
    shelf=st.lists(items).map(tuple),
    page=numbers,
    replaces=texts,
    takes_back=st.booleans(),
    client=st.lists(texts).map(tuple),
    is_group=st.booleans(),
    buttons=st.lists(st.lists(buttons).map(tuple)).map(tuple),
    attachments=st.lists(st.builds(Attachment, kind=st.sampled_from(AttachmentKind), name=texts, source=texts)).map(
        tuple
    ),
    answer=st.builds(
        AnswerMeta,
        kind=st.sampled_from(AnswerKind),
        confidence=st.none() | st.floats(0, 1),
        sources=st.lists(texts).map(tuple),
    ),
)


@settings(deadline=None)
@given(events)
def test_an_event_is_read_as_it_was_written(event: Event) -> None:
    origin = Origin(event.id, event.sender, event.at, event.name)
    assert decode_event(origin, encode_event(event)) == event


@settings(deadline=None)
@given(messages)
def test_a_message_is_read_as_it_was_written(message: OutgoingMessage) -> None:
    answer = message.answer
    envelope = Envelope(message.to, message.answers, message.number, answer.confidence, encode_sources(answer))
    assert decode_message(envelope, encode_message(message)) == message


@settings(deadline=None)
@given(anything)
def test_anything_can_be_made_storable(text: str) -> None:
    stored = storable(text)
    assert "\0" not in stored
    assert stored.encode("utf-8").decode() == stored
    assert storable(stored) == stored


@settings(deadline=None)
@given(texts)
def test_clean_text_is_stored_as_it_is(text: str) -> None:
    assert storable(text) == text


ORIGIN = Origin("1", Address(ChannelName("console"), "c", "u"), datetime(2026, 5, 4, tzinfo=UTC), None)
ENVELOPE = Envelope(ORIGIN.sender, TranscriptId(1), 0, None, None)


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "{}", '{"action":[]}', '{"action":7}', '{"payload":null}'])
def test_an_unreadable_event_is_told_from_a_mistake_of_ours(body: str) -> None:
    with pytest.raises(UnreadableRowError, match="pressed"):
        decode_event(ORIGIN, Content("pressed", "", body))


@pytest.mark.parametrize(
    "content",
    [
        Content("song", "", "{}"),
        Content("faq", "", '{"buttons":[[{}]]}'),
        Content("faq", "", '{"attachments":[["hologram","a","b"]]}'),
        Content("faq", "", '{"buttons":7}'),
    ],
)
def test_an_unreadable_message_is_told_from_a_mistake_of_ours(content: Content) -> None:
    with pytest.raises(UnreadableRowError, match=content.kind):
        decode_message(ENVELOPE, content)
