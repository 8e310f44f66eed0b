"""TelegramAccount: one person of FakeTelegram in front of a process of `klubok run`."""

from tests.fakes.telegram import FakeTelegram, Person
from tests.integration.club_journey.journey import shown_since
from tests.integration.club_journey.store import PATIENCE_SECONDS, Store
from tests.integration.live.process import Bot


class TelegramAccount:
    """A private chat with the bot."""

    def __init__(self, fake: FakeTelegram, person: Person, bot: Bot) -> None:
        """Connect it; the person has written nothing yet."""
        self._fake = fake
        self._person = person
        self._bot = bot
        self._before: dict[int, tuple[str, tuple[str, ...]]] = {}

    @property
    def chat_id(self) -> str:
        """The number of the person, and of the chat."""
        return str(self._person.id)

    def write(self, text: str) -> None:
        """Send a text."""
        self._before = self._screen()
        self._person.say(text)

    def press(self, label: str) -> None:
        """Press the latest button of that label."""
        self._before = self._screen()
        with_it = [message for message in self._person.messages if label in message.labels]
        assert with_it, f"no button {label!r} in {self._before}"
        self._person.press(with_it[-1], label)

    def give_phone(self) -> str:
        """Press the button under the input field."""
        self._before = self._screen()
        self._person.tap("Отправить мой номер")
        return str(self._person.account.phone)

    def send_receipt(self, store: Store) -> None:
        """Send a photo."""
        self._before = self._screen()
        self._person.send_photo(store.receipt())

    def sees(self, *phrases: str) -> str:
        """Wait for them in messages that are new, or changed in their place."""

        def are_there() -> bool:
            return all(phrase in self._shown() for phrase in phrases)

        self._bot.wait_until(are_there, f"no {phrases} in {self._screen()}", seconds=PATIENCE_SECONDS)
        return self._shown()

    def receives_file(self) -> bytes:
        """Open the latest document."""
        documents = [message.body["document"] for message in self._person.messages if "document" in message.body]
        stored = self._fake.world.files.find(documents[-1]["file_id"])
        assert stored is not None
        return stored.content

    def _shown(self) -> str:
        return shown_since([now[0] for number, now in self._screen().items() if self._before.get(number) != now])

    def _screen(self) -> dict[int, tuple[str, tuple[str, ...]]]:
        said = [message for message in self._person.messages if message.is_from_bot]
        return {message.id: (message.text, tuple(message.labels)) for message in said}
