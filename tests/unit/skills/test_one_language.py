"""A brand of one language offers no choice of languages."""

from dataclasses import replace

import pytest

from tests.fakes.answers import FakeAnswers
from tests.fakes.talk import Talk, keys, labels


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Talk:
    monkeypatch.setattr(FakeAnswers, "brand", replace(FakeAnswers.brand, languages=("en",)))
    return Talk()


async def test_welcome_and_help_do_not_promise_another_language(talk: Talk) -> None:
    [welcome] = await talk.start()
    assert labels(welcome) == ["button-help", "button-feedback", "button-person"]
    [shown] = await talk.say("/help")
    assert keys([shown]) == ["help-text-one-language(brand=Чайная, club=no)"]
    assert labels(shown) == ["button-feedback", "button-person"]


@pytest.mark.parametrize("typed", ["/language", "/language ru", "english"])
async def test_whoever_asks_for_another_language_hears_that_there_is_one_only(talk: Talk, typed: str) -> None:
    assert keys(await talk.say(typed)) == ["language-only"]
    assert (await talk.conversation()).language == "en"
