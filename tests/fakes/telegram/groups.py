"""Groups of the fake: who is in, topics, the upgrade to a supergroup."""

from copy import deepcopy
from dataclasses import dataclass

from tests.fakes.telegram.chats import Chat, Message, Topic, member_body
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.shapes import Json
from tests.fakes.telegram.world import World


def new_group(world: World, title: str, *, owner: Person, is_super: bool = False, is_forum: bool = False) -> Chat:
    """Make a group with its owner; the bot is not in it."""
    base = -1_001_500_000_000 if is_super or is_forum else -5_000_000
    kind = "supergroup" if is_super or is_forum else "group"
    chat = Chat(id=base - world.number(), type=kind, names={"title": title}, is_forum=is_forum)
    chat.members[owner.id] = member_body(owner.account.user, "creator")
    world.chats[chat.id] = chat
    return chat


@dataclass(frozen=True, slots=True)
class Group:
    """A group or a supergroup."""

    world: World
    chat: Chat

    @property
    def id(self) -> int:
        """Take the chat's number."""
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """List what is on the screen, oldest first."""
        with self.world.lock:
            return list(self.chat.messages.values())

    def add_bot(self, by: Person, *, as_admin: bool = False, **rights: bool) -> int | None:
        """Add the bot; returns the update about it. A service message follows."""
        with self.world.lock:
            member = member_body(self.world.me, "administrator" if as_admin else "member", **rights)
            update_id = self.world.membership(self.chat, member, actor=by.account.user)
            self._note(by.account.user, {"new_chat_members": [self.world.me]})
            return update_id

    def promote_bot(self, by: Person, **rights: bool) -> int | None:
        """Make the bot an administrator (again with other rights)."""
        with self.world.lock:
            return self.world.membership(
                self.chat, member_body(self.world.me, "administrator", **rights), actor=by.account.user
            )

    def remove_bot(self, by: Person) -> int | None:
        """Remove the bot."""
        with self.world.lock:
            self._note(by.account.user, {"left_chat_member": self.world.me})
            return self.world.membership(self.chat, member_body(self.world.me, "kicked"), actor=by.account.user)

    def join(self, person: Person) -> Message:
        """Let a person in."""
        with self.world.lock:
            user = person.account.user
            self.world.membership(self.chat, member_body(user, "member"), actor=user)
            return self._note(user, {"new_chat_members": [user]})

    def leave(self, person: Person) -> Message:
        """Let a person out."""
        with self.world.lock:
            user = person.account.user
            self.world.membership(self.chat, member_body(user, "left"), actor=user)
            return self._note(user, {"left_chat_member": user})

    def open_topic(self, name: str, *, by: Person) -> Topic:
        """Open a topic by hand."""
        with self.world.lock:
            return open_topic(self.world, self.chat, by.account.user, {"name": name, "icon_color": 7322096})

    def close_topic(self, topic: Topic, *, by: Person) -> Message:
        """Close a topic by hand."""
        with self.world.lock:
            topic.is_closed = True
            return self._note(by.account.user, {"forum_topic_closed": {}}, topic.thread)

    def upgrade(self, by: Person) -> "Group":
        """Turn the group into a supergroup with a new number; the old one answers with migrate_to_chat_id."""
        with self.world.lock:
            title = str(self.chat.names["title"])
            chat = new_group(self.world, title, owner=by, is_super=True)
            chat.members = deepcopy(self.chat.members)
            self._note(by.account.user, {"migrate_to_chat_id": chat.id})
            self.chat.migrated_to = chat.id
            successor = Group(self.world, chat)
            successor._note(by.account.user, {"migrate_from_chat_id": self.chat.id})
            return successor

    def _note(self, user: Json, content: Json, thread: int | None = None) -> Message:
        return self.world.tell("message", self.world.post(self.chat, user, content, thread=thread))


def open_topic(world: World, chat: Chat, user: Json, fields: Json) -> Topic:
    """Open a topic; the note about it is an update even when the bot itself opened it."""
    number = chat.last_id + 1
    note = {"forum_topic_created": fields, "message_thread_id": number, "is_topic_message": True}
    root = world.tell("message", world.post(chat, user, note))
    topic = Topic(thread=root.id, name=fields["name"], root=deepcopy(root.body), icon_color=fields["icon_color"])
    chat.topics[topic.thread] = topic
    return topic
