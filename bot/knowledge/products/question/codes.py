"""Codes: models named in a question, those that the catalogue has and those that it does not."""

from collections.abc import Sequence

from bot.knowledge.products.goods.goods import Goods
from bot.knowledge.products.goods.models import is_code, readings, runs, spelled
from bot.knowledge.products.language.lexicon import Lexicon
from bot.knowledge.products.language.phrases import Role
from bot.knowledge.products.language.tokens import Gap, Token
from bot.knowledge.products.language.words import is_stop
from bot.knowledge.products.question.reading import Mention

_FEWEST_DIGITS = 3
"""Digits that may name a model without its letters."""
_LONGEST_CODE = 24
_BOUNDS = frozenset(("at-least", "at-most", "about", "between", "cheap", "dear", "price"))
_MEASURES = frozenset((Role.UNIT, Role.SCALE, Role.MONEY))


class CodeReader:
    """Reads codes. `known` are other codes that the pack's texts have: they name no goods."""

    def __init__(self, goods: Goods, lexicon: Lexicon, known: frozenset[str]) -> None:
        self._goods = goods
        self._lexicon = lexicon
        self._known = known

    def read(self, tokens: Sequence[Token], taken: list[bool]) -> tuple[list[Mention], list[Mention]]:
        """Return goods named by code, and codes of none, without rows; `taken` is set where their tokens stand."""
        mentions: list[Mention] = []
        missing: list[Mention] = []
        at = 0
        while at < len(tokens):
            found = self._code_at(tokens, at)
            if found is None:
                at += 1
                continue
            end, code, rows = found
            if rows:
                mentions.append(Mention(tuple(rows), at, code, end))
            else:
                missing.append(Mention((), at, _written(tokens[at:end]), end))
            taken[at:end] = [True] * (end - at)
            at = end
        return mentions, missing

    def _code_at(self, tokens: Sequence[Token], at: int) -> tuple[int, str, Sequence[int]] | None:
        length, code = spelled(tokens, at)
        if length and (rows := self._goods.models.find(code)[1]):
            return at + length, code, rows
        for end in runs(tokens, at):
            run = tokens[at:end]
            is_apart = len(run) > 1 and run[1].gap > Gap.HYPHEN
            if (len(run) == 1 and not self._is_bare_number(tokens, at)) or (is_apart and self._is_measured(tokens, at)):
                continue
            for reading in readings(run):
                rows = self._goods.models.find(reading)[1] if len(reading) <= _LONGEST_CODE else ()
                if rows:
                    return end, reading, rows
        return self._missing_at(tokens, at)

    def _is_measured(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a unit stands here that a number counts: "60 см 2 камеры"."""
        is_counted = at > 0 and tokens[at - 1].is_number and tokens[at].gap is not Gap.BREAK
        meanings = self._lexicon.book.meanings((tokens[at].word,)) if is_counted else ()
        return any(meaning.role in _MEASURES for meaning in meanings)

    def _is_bare_number(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether digits stand by themselves, with no unit and no relation: "хлебопечка 2500"."""
        if not tokens[at].text.isdigit() or len(tokens[at].text) <= _FEWEST_DIGITS - 1:
            return False
        before = self._lexicon.book.meanings((tokens[at - 1].word,)) if at else ()
        behind = self._lexicon.book.meanings((tokens[at + 1].word,)) if at + 1 < len(tokens) else ()
        is_bound = any(meaning.role is Role.SIGN and meaning.key in _BOUNDS for meaning in before)
        return not is_bound and not any(meaning.role in _MEASURES for meaning in behind)

    def _missing_at(self, tokens: Sequence[Token], at: int) -> tuple[int, str, Sequence[int]] | None:
        """Tell a code that the catalogue does not have from other words with digits."""
        for end in runs(tokens, at):
            run = tokens[at:end]
            typed = "".join(token.text for token in run)
            is_spaced = len(run) > 1 and not typed.isascii()
            is_apart = any(token.gap > Gap.HYPHEN for token in run[1:])
            if is_apart and (is_stop(run[0].text) or self._is_measured(tokens, at)):
                continue
            if not is_code(typed) or typed in self._known or len(typed) > _LONGEST_CODE:
                continue
            if tuple(token.word for token in run) in self._lexicon.book:
                return None
            series = [each for each in readings(run) if self._goods.models.has_series(each)]
            is_glued = all(token.gap <= 0 for token in run[1:])
            if series or (is_glued and (typed.isascii() or not is_spaced) and len(run) > 1):
                return end, "", ()
        return None


def _written(run: Sequence[Token]) -> str:
    """Write a code as it was typed."""
    hyphens = ("-" if at and token.gap is Gap.HYPHEN else "" for at, token in enumerate(run))
    return "".join(hyphen + token.text for hyphen, token in zip(hyphens, run, strict=True))
