"""Updates as the platform sends them, recorded and made anonymous."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from bot.channels.telegram.addressing import Me

Json: TypeAlias = dict[str, Any]

ME = Me(4242, "klubok_bot")
DATE = 1_795_651_519

ANNA: Json = {
    "id": 10000001,
    "is_bot": False,
    "first_name": "Анна",
    "last_name": "Петрова",
    "username": "anna",
    "language_code": "ru",
}
BOT: Json = {"id": 4242, "is_bot": True, "first_name": "Клубок", "username": "klubok_bot"}
PRIVATE: Json = {"id": 10000001, "type": "private", "first_name": "Анна", "username": "anna"}
GROUP: Json = {"id": -5000001, "type": "group", "title": "Соседи"}
FORUM: Json = {"id": -1001500000001, "type": "supergroup", "title": "Клуб", "is_forum": True}


def body(**content: Any) -> Json:
    """A message of Anna's in private, unless `content` says otherwise."""
    return {"message_id": 7, "from": ANNA, "chat": PRIVATE, "date": DATE, **content}


def message(**content: Any) -> Json:
    """An update with a new message."""
    return {"update_id": 700000001, "message": body(**content)}


def marked(text: str, *entities: Json, **content: Any) -> Json:
    """An update with a text in a group."""
    return message(**{"chat": GROUP, "text": text, "entities": list(entities), **content})


def entity(kind: str, offset: int, length: int, **more: Any) -> Json:
    """A message entity; UTF-16 units."""
    return {"type": kind, "offset": offset, "length": length, **more}


def file(name: str, **more: Any) -> Json:
    """What all files have in common."""
    return {"file_id": f"{name}AAD-1", "file_unique_id": "U1", "file_size": 5000, **more}


PHOTO = [file("small", width=90, height=60), file("big", width=1280, height=853), file("middle", width=800, height=533)]
OWN_CONTACT: Json = {"phone_number": "+79120000001", "first_name": "Анна", "user_id": 10000001}
OUR_MESSAGE = body(**{"from": BOT, "message_id": 5, "text": "Какой объектив?"})
OUR_PHOTO = body(**{"from": BOT, "message_id": 6, "photo": PHOTO, "caption": "GH2"})
ROOT = body(chat=FORUM, message_id=2, forum_topic_created={"name": "Вопросы", "icon_color": 7322096})


def press(pressed: Json | None, **more: Any) -> Json:
    """An update with a pressed button."""
    query = {"id": "4711", "from": ANNA, "chat_instance": "-1000", "data": "help.topics", "message": pressed, **more}
    return {"update_id": 700000002, "callback_query": query}


def member(old: str, new: str, *, chat: Json = PRIVATE, **more: Any) -> Json:
    """An update about our own membership."""
    change: Json = {"chat": chat, "from": ANNA, "date": DATE}
    members = {"old_chat_member": {"status": old, "user": BOT}, "new_chat_member": {"status": new, "user": BOT, **more}}
    return {"update_id": 700000003, "my_chat_member": {**change, **members}}


def reaction(*new: Json, **more: Any) -> Json:
    """An update about reactions."""
    fields: Json = {"chat": PRIVATE, "message_id": 5, "user": ANNA, "date": DATE, "old_reaction": []}
    return {"update_id": 700000004, "message_reaction": {**fields, "new_reaction": list(new), **more}}


RECORDED: Mapping[str, Json] = {
    "text": message(text="привет"),
    "command": message(text="/help", entities=[entity("bot_command", 0, 5)]),
    "start": message(text="/start ref_1", entities=[entity("bot_command", 0, 6)]),
    "photo": message(photo=PHOTO, caption="чек"),
    "album": message(photo=PHOTO, media_group_id="13000001"),
    "document": message(document=file("doc", file_name="check.pdf", mime_type="application/pdf")),
    "voice": message(voice=file("voice", duration=3, mime_type="audio/ogg")),
    "audio": message(audio=file("audio", duration=180)),
    "video": message(video=file("video", duration=3, width=640, height=480), caption="смотрите"),
    "video_note": message(video_note=file("note", duration=3, length=240)),
    "animation": message(animation=file("gif", duration=3, width=1, height=1), document=file("gif")),
    "sticker": message(sticker=file("sticker", type="regular", width=512, height=512, emoji="👍")),
    "location": message(location={"latitude": 55.75, "longitude": 37.62}),
    "venue": message(location={"latitude": 55.75, "longitude": 37.62}, venue={"title": "Дом", "address": "ул. 1"}),
    "contact": message(contact=OWN_CONTACT),
    "edited": {"update_id": 700000001, "edited_message": body(text="иначе", edit_date=DATE + 60)},
    "mention": marked("@klubok_bot да", entity("mention", 0, 11)),
    "topic": marked("да", chat=FORUM, message_thread_id=2, is_topic_message=True, reply_to_message=ROOT),
    "press": press(OUR_MESSAGE),
    "blocked": member("member", "kicked", until_date=0),
    "added": member("left", "member", chat=GROUP),
    "reaction": reaction({"type": "emoji", "emoji": "👍"}),
}
