"""Player: a person on one platform, and the comparison of what they are shown with the script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.dialogue.phrases import Translator
from bot.domain.replies import Phrase
from tests.integration.conversation.script import Expected, Scene, Step

LANGUAGE = "ru"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message as a person sees it; `kind` is that of the log. `replaces`: an older one became it."""

    kind: str
    text: str
    buttons: tuple[str, ...] = ()
    replaces: bool = False


class Player(Protocol):
    """Does one thing after the other, and waits for everything that comes of each."""

    @property
    def platform(self) -> str: ...

    @property
    def shows_in_place(self) -> bool:
        """Whether a message can take the place of another."""
        ...

    def meet(self, number: int) -> None:
        """Be somebody new."""
        ...

    async def act(self, step: Step) -> Sequence[Shown]:
        """Do what `step` says; return what is shown of it."""
        ...

    async def restart(self) -> None:
        """End the process in good order and start another one."""
        ...


async def play(scenes: Sequence[Scene], player: Player, translator: Translator) -> None:
    """Play what the platform can; the first difference is named with its scene and step."""
    for number, scene in enumerate(scenes, 1):
        player.meet(number)
        for step in scene.played_on(player.platform):
            if step.act == "restart":
                await player.restart()
                continue
            shown = await player.act(step)
            _compare(shown, step, player, lambda key: translator.text(Phrase(key), LANGUAGE), scene.name)


def _compare(shown: Sequence[Shown], step: Step, player: Player, phrase: Callable[[str], str], scene: str) -> None:
    where = f"{player.platform}, {scene}, {step}: {shown}"
    if step.then and step.then[-1].is_long:
        shown = [*shown[: len(step.then) - 1], _whole(shown[len(step.then) - 1 :])]
    assert len(shown) == len(step.then), where
    for one, expected in zip(shown, step.then, strict=True):
        assert one.kind == expected.kind, where
        for words in expected.has:
            assert words in one.text, f"no {words!r}: {where}"
        assert not expected.phrase or one.text == phrase(expected.phrase), where
        assert _stand_in_order(expected, one.buttons), f"no {expected.buttons}: {where}"
        assert not (expected.replaces and player.shows_in_place) or one.replaces, f"not in its place: {where}"


def _whole(parts: Sequence[Shown]) -> Shown:
    """Put the parts of a long text together; only the last of them has buttons."""
    assert parts, "nothing is shown"
    assert not any(part.buttons for part in parts[:-1]), parts
    return Shown(kind=parts[0].kind, text="\n".join(part.text for part in parts), buttons=parts[-1].buttons)


def _stand_in_order(expected: Expected, buttons: Sequence[str]) -> bool:
    rest = iter(buttons)
    return all(label in rest for label in expected.buttons)
