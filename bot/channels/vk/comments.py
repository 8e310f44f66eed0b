"""Comments in public: under posts, photos, videos, goods, in discussions. Pure."""

import re

from bot.channels.vk.fields import Fields
from bot.domain.messages import CommentChange, Place

_PLACES = {
    "wall_reply": (Place.WALL, "post_id", ("owner_id", "post_owner_id")),
    "photo_comment": (Place.PHOTO, "photo_id", ("photo_owner_id", "owner_id")),
    "video_comment": (Place.VIDEO, "video_id", ("video_owner_id", "owner_id")),
    "market_comment": (Place.MARKET, "item_id", ("market_owner_id", "owner_id")),
    "board_post": (Place.BOARD, "topic_id", ("topic_owner_id", "owner_id")),
}
_CHANGES = {
    "new": CommentChange.NEW,
    "edit": CommentChange.EDITED,
    "delete": CommentChange.DELETED,
    "restore": CommentChange.RESTORED,
}
_TYPE = re.compile(rf"({'|'.join(_PLACES)})_({'|'.join(_CHANGES)})")

COMMENT_TYPES = tuple(f"{what}_{change}" for what in _PLACES for change in _CHANGES)


def read_place(type_: str, body: Fields, *, group_id: int) -> tuple[Place, str, CommentChange] | None:
    """Say where a comment is, under which subject (``wall-1_45``) and what became of it; None for no comment.

    Raises:
        BrokenError: it does not say under what it is.
    """
    found = _TYPE.fullmatch(type_)
    if found is None:
        return None
    place, subject, owners = _PLACES[found[1]]
    owner = next((owner for name in owners if (owner := body.integer(name))), -group_id)
    return place, f"{place}{owner}_{body.demand(subject)}", _CHANGES[found[2]]


def author(body: Fields) -> int:
    """Say who wrote it, or took it away; 0 when VK does not tell."""
    return body.integer("from_id") or body.integer("deleter_id") or body.integer("user_id") or 0
