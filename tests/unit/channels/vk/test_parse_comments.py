"""Comments in public as events."""

import pytest

from bot.domain.messages import CommentChange, Commented, Place
from tests.unit.channels.vk.samples import read, recorded


@pytest.mark.parametrize(
    ("type_", "place", "subject"),
    [
        ("wall_reply_new", Place.WALL, "wall-1_45"),
        ("photo_comment_new", Place.PHOTO, "photo-1_45"),
        ("video_comment_new", Place.VIDEO, "video-1_45"),
        ("market_comment_new", Place.MARKET, "market-1_45"),
        ("board_post_new", Place.BOARD, "board-1_45"),
    ],
)
def test_comments_are_overheard_under_their_subject(type_: str, place: Place, subject: str) -> None:
    event = recorded(type_)
    assert isinstance(event, Commented)
    assert (event.place, event.subject, event.sender.chat_id) == (place, subject, subject)
    assert (event.text, event.change, event.is_addressed) == ("сколько стоит?", CommentChange.NEW, False)


def test_a_deleted_comment_says_who_took_it_away() -> None:
    event = recorded("wall_reply_delete")
    assert isinstance(event, Commented)
    assert (event.change, event.sender.user_id, event.ref) == (CommentChange.DELETED, "7", "31")


def test_our_own_comments_are_left_alone() -> None:
    body = {"from_id": -1, "post_id": 1, "id": 3, "text": "спасибо"}
    assert read({"type": "wall_reply_new", "group_id": 1, "object": body}).ignored == "own"
