"""An encoder adds what words do not tell; without it all goes on."""

from collections.abc import Sequence

import numpy as np

from bot.domain.answer import Question
from bot.knowledge.search.answers import PackAnswers
from bot.knowledge.search.encoder import Vectors
from bot.knowledge.search.opening import Opener
from tests.unit.knowledge.search.packs import kettles

SUBJECTS = ("шум", "гул", "верн")


class FakeEncoder:
    """Knows that humming is noise, and counts how often it is asked."""

    name = "fake"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, sentences: Sequence[str]) -> Vectors:
        self.asked.extend(sentences)
        rows = [[float(subject in sentence.lower()) for subject in SUBJECTS] for sentence in sentences]
        vectors = np.array([[noise + hum, back, 0.1] for noise, hum, back in rows], dtype=np.float32)
        even: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return even


async def test_what_means_alike_is_found_without_a_word_in_common() -> None:
    encoder = FakeEncoder()
    answers = PackAnswers(kettles(), Opener(encoder=encoder).open(kettles()))
    encoder.asked.clear()
    found = await answers.answer(Question(text="странный гул", language="ru"))
    assert encoder.asked == ["странный гул"]
    assert answers.explain("странный гул").candidates[0].source == "faq:noise"
    assert found.meta == answers.look_up("странный гул").meta


def test_texts_are_encoded_and_goods_are_not() -> None:
    encoder = FakeEncoder()
    Opener(encoder=encoder).open(kettles())
    assert "Почему чайник шумит при нагреве?" in encoder.asked
    assert not any("K-200" in sentence for sentence in encoder.asked)


def test_without_an_encoder_the_signal_is_missing() -> None:
    match = Opener().open(kettles()).search("шумит").matches[0]
    assert "meaning" not in match.signals
