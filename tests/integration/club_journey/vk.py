"""VkAccount: one person of FakeVk in front of a process of `klubok run`."""

import re

from tests.fakes.vk import FakeVk
from tests.fakes.vk.people import Person
from tests.integration.club_journey.journey import shown_since
from tests.integration.club_journey.store import PATIENCE_SECONDS, TYPED, Store
from tests.integration.live.process import Bot

_PHONE = "+79161234567"
_CODE = re.compile(r"code\.trial .*?(\d{6})")


class VkAccount:
    """A dialogue with the community."""

    def __init__(self, fake: FakeVk, person: Person, bot: Bot) -> None:
        """Connect it; the person has written nothing yet."""
        self._fake = fake
        self._person = person
        self._bot = bot
        self._before: dict[int, tuple[str, tuple[str, ...]]] = {}

    @property
    def chat_id(self) -> str:
        """The number of the person, and of the dialogue."""
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
        """Type it, and the code that came to it: for trials codes go to the operators' log."""
        self.write(_PHONE)
        self.sees("Напишите шесть цифр из сообщения")
        self._bot.wait_until(lambda: _CODE.search(self._bot.log), "no code", seconds=PATIENCE_SECONDS)
        self.write(_CODE.findall(self._bot.log)[-1])
        return _PHONE

    def send_receipt(self, store: Store) -> None:
        """Type what is printed on it: pictures of VK come from the public internet only, and this one is not there."""
        self.write("/receipt")
        self.sees("Пришлите фото чека")
        self.press("Ввести данные вручную")
        for field, question in zip(TYPED, ("Дата и время", "Итоговая сумма", "ФН", "ФД", "ФП"), strict=True):
            self.sees(question)
            self.write(field)

    def sees(self, *phrases: str) -> str:
        """Wait for them in messages that are new, or changed in their place."""

        def are_there() -> bool:
            return all(phrase in self._shown() for phrase in phrases)

        self._bot.wait_until(are_there, f"no {phrases} in {self._screen()}", seconds=PATIENCE_SECONDS)
        return self._shown()

    def receives_file(self) -> bytes:
        """Open the latest document."""
        documents = [each["doc"] for message in self._person.messages for each in message.attachments if "doc" in each]
        return self._fake.world.documents[f"{documents[-1]['owner_id']}_{documents[-1]['id']}"]

    def _shown(self) -> str:
        return shown_since([now[0] for number, now in self._screen().items() if self._before.get(number) != now])

    def _screen(self) -> dict[int, tuple[str, tuple[str, ...]]]:
        return {message.cmid: (message.text, tuple(message.labels)) for message in self._person.messages}
