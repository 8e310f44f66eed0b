"""What was shown is remembered for a while."""

from datetime import UTC, datetime, timedelta

from bot.domain.conversation import REMEMBERED_FOR, Conversation
from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.domain.wishes import Shown, with_focus

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SHOWN = Shown(offers=("a", "b"))


def test_what_was_shown_is_forgotten_after_a_while() -> None:
    conversation = Conversation(address=Address(ChannelName("console"), "c", "u"), language="ru")
    conversation.remember(SHOWN, NOON)
    assert conversation.shown(NOON + REMEMBERED_FOR) == SHOWN
    assert conversation.shown(NOON + REMEMBERED_FOR + timedelta(seconds=1)) is None


def test_nothing_to_remember_forgets_what_was() -> None:
    conversation = Conversation(address=Address(ChannelName("console"), "c", "u"), language="ru")
    conversation.remember(SHOWN, NOON)
    conversation.remember(None, NOON)
    assert conversation.shown(NOON) is None


def test_an_opened_card_is_in_focus_in_its_list_or_by_itself() -> None:
    assert with_focus(SHOWN, "b") == Shown(offers=("a", "b"), focus=1)
    assert with_focus(SHOWN, "c") == with_focus(None, "c") == Shown(offers=("c",), focus=0)
