"""Who and what there is on the platform: people, groups, raw updates."""

from tests.fakes.telegram.chats import Chat, member_body
from tests.fakes.telegram.groups import Group, new_group
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.shapes import Json
from tests.fakes.telegram.updates import UpdateQueue
from tests.fakes.telegram.world import Account, World

FIRST_PERSON = 10_000_001


class Population:
    """Makes people and groups."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def updates(self) -> UpdateQueue:
        """Find the queue: history, unwanted, confirmed, pending."""
        return self.world.updates

    def person(
        self,
        number: int | None = None,
        name: str = "Анна",
        username: str | None = None,
        language_code: str | None = "ru",
        *,
        has_started: bool = False,
    ) -> Person:
        """Make a person; the bot may write first only when the person `has_started` it before.

        Raises: ValueError when the number is taken.
        """
        with self.world.lock:
            number = number or FIRST_PERSON + len(self.world.accounts)
            if number in self.world.chats:
                raise ValueError(f"{number} is taken")
            first, _, last = name.partition(" ")
            names: Json = {"first_name": first, "last_name": last or None, "username": username}
            names = {key: value for key, value in names.items() if value is not None}
            chat = Chat(id=number, type="private", names=names, is_open=has_started)
            chat.members[self.world.me["id"]] = member_body(self.world.me, "member")
            language: Json = {} if language_code is None else {"language_code": language_code}
            user = {"id": number, "is_bot": False, **names, **language}
            account = Account(user=user, chat=chat, phone=f"+79{number % 10**9:09d}")
            self.world.chats[number] = chat
            self.world.accounts[number] = account
            return Person(self.world, account)

    def group(self, title: str = "Соседи", *, owner: Person, username: str | None = None) -> Group:
        """Make a basic group without the bot."""
        return self._named(new_group(self.world, title, owner=owner), username)

    def supergroup(
        self, title: str = "Клуб", *, owner: Person, is_forum: bool = False, username: str | None = None
    ) -> Group:
        """Make a supergroup without the bot; a forum has topics."""
        return self._named(new_group(self.world, title, owner=owner, is_super=True, is_forum=is_forum), username)

    def _named(self, chat: Chat, username: str | None) -> Group:
        if username is not None:
            chat.names["username"] = username
        return Group(self.world, chat)

    def push_raw(self, update: Json) -> int:
        """Queue any update: unknown kinds, broken fields; returns its number."""
        with self.world.lock:
            return self.world.updates.push_raw(update)
