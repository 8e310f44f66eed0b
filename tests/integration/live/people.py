"""People who write numbered messages on both platforms, and what they got for them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.fakes.telegram import FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.live.pack import MOST_QUESTIONS, answer, question

FIRST_TELEGRAM, FIRST_VK = 1_001, 501


@dataclass(kw_only=True)
class Correspondent:
    """One person on one platform. Asks each question once, in order, so that every answer is known."""

    platform: str
    id: int
    write: Callable[[str], object]
    read: Callable[[], Sequence[str]]
    asked: int = 0

    def ask(self) -> None:
        """Write the next question."""
        assert self.asked < MOST_QUESTIONS, "no more questions"
        self.write(question(self.asked))
        self.asked += 1

    @property
    def expected(self) -> list[str]:
        """What has to be said in the end."""
        return [answer(number) for number in range(self.asked)]

    @property
    def is_answered(self) -> bool:
        """Whether the last question is answered, and so all before it."""
        return not self.asked or answer(self.asked - 1) in self.read()

    @property
    def lost(self) -> list[str]:
        """What was never said."""
        said = set(self.read())
        return [text for text in self.expected if text not in said]

    @property
    def strange(self) -> list[str]:
        """What should not have been said."""
        expected = set(self.expected)
        return [text for text in self.read() if text not in expected]

    @property
    def repeated(self) -> list[str]:
        """What was said again."""
        said = self.read()
        return [text for place, text in enumerate(said) if text in said[:place]]

    @property
    def is_in_order(self) -> bool:
        """Whether nothing was said before something older."""
        order = {text: place for place, text in enumerate(self.expected)}
        places = [order[text] for text in self.read() if text in order]
        return places == sorted(places)

    def complaints(self) -> list[str]:
        """What is wrong with what was said, repeats not counted; empty when all is well."""
        mixed_up = [] if self.is_in_order else self.read()
        found = {"lost": self.lost, "strange": self.strange, "not in order": mixed_up}
        return [f"{self.platform} {self.id}: {what} {texts}" for what, texts in found.items() if texts]


@dataclass(kw_only=True)
class Crowd:
    """Many of them, in turn."""

    members: list[Correspondent] = field(default_factory=list)

    def of(self, platform: str) -> list[Correspondent]:
        """Those on one platform."""
        return [member for member in self.members if member.platform == platform]

    def turns(self) -> Iterator[Correspondent]:
        """Everybody, one after the other, for ever."""
        while True:
            yield from self.members

    def ask(self, count: int) -> None:
        """Have everybody write so many questions."""
        for _ in range(count):
            for member in self.members:
                member.ask()

    @property
    def is_answered(self) -> bool:
        """Whether everybody has the last answer."""
        return all(member.is_answered for member in self.members)

    def complaints(self) -> list[str]:
        """What is wrong with what they got, repeats not counted; empty when all is well."""
        return [complaint for member in self.members for complaint in member.complaints()]

    def repeats(self, platform: str) -> list[tuple[int, str]]:
        """Whom what was said again."""
        return [(member.id, text) for member in self.of(platform) for text in member.repeated]


def telegram_people(fake: FakeTelegram, count: int, *, first: int = FIRST_TELEGRAM) -> list[Correspondent]:
    """Bring people to Telegram."""
    return [_on_telegram(fake, number) for number in range(first, first + count)]


def vk_people(fake: FakeVk, count: int, *, first: int = FIRST_VK) -> list[Correspondent]:
    """Bring people to VK."""
    return [_on_vk(fake, number) for number in range(first, first + count)]


def _on_telegram(fake: FakeTelegram, number: int) -> Correspondent:
    person = fake.person(number)
    return Correspondent(
        platform="telegram",
        id=number,
        write=person.say,
        read=lambda: [message.text for message in person.messages if message.is_from_bot],
    )


def _on_vk(fake: FakeVk, number: int) -> Correspondent:
    person = fake.person(number)
    return Correspondent(
        platform="vk", id=number, write=person.say, read=lambda: [message.text for message in person.messages]
    )
