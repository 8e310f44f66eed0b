"""Loader: a folder read into a pack, everything wrong with it reported in one go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.brand import Brand
from bot.domain.knowledge import Article, Concept, FaqEntry
from bot.domain.loyalty.program import Program
from bot.domain.pack import Pack
from bot.domain.problems import Problem, error, has_errors
from bot.knowledge.feed.source import load_source
from bot.knowledge.pack.articles import read_article
from bot.knowledge.pack.brand import catalogue_urls, check_lines, read_brand
from bot.knowledge.pack.catalogue import Feeds, ReadFeed, read_catalogue
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.club import read_club
from bot.knowledge.pack.faq import read_faq
from bot.knowledge.pack.files import (
    CONFIDENCE,
    LONGEST_TEXT,
    LONGEST_TOML,
    TAUGHT,
    choose,
    list_files,
    read_file,
    report_strays,
)
from bot.knowledge.pack.learned import LEARNED, merge, read_lessons
from bot.knowledge.pack.program import build_program
from bot.knowledge.pack.synonyms import read_synonyms
from bot.knowledge.pack.taught import with_taught
from bot.knowledge.pack.thesaurus import read_thesaurus
from bot.knowledge.progress import Progress, no_progress
from bot.knowledge.search.decision.calibration import read_confidence

KNOWN_LANGUAGES = ("ru", "en")

CheckLocales = Callable[[Path], Sequence[Problem]]
"""Checks the `locales` folder of a pack; file names in problems begin with ``locales/``."""

_STEPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPack:
    """A pack and what is wrong with it; `pack` is None when it cannot be used.

    A feed that cannot be read is an error and leaves the rest of the pack usable.

    Of a kind that a feed has by the thousand, `problems` has the first ones and one that stands for the others.
    """

    pack: Pack | None
    problems: tuple[Problem, ...] = ()


def load_pack(
    directory: Path,
    *,
    languages: Sequence[str] = KNOWN_LANGUAGES,
    read_feed: ReadFeed = load_source,
    check_locales: CheckLocales | None = None,
    progress: Progress = no_progress,
) -> LoadedPack:
    """Read the pack in `directory`. Blocking. Never raises for what is in the folder.

    `languages` are those the bot can speak. Without `check_locales` the pack's own sentences are not checked.
    """
    problem = _folder_problem(directory)
    if problem is not None:
        return LoadedPack(pack=None, problems=(problem,))
    return _Loading(directory, languages, progress).load(read_feed, check_locales)


def _folder_problem(directory: Path) -> Problem | None:
    name = str(directory)
    try:
        if not directory.exists():
            return error(
                "no-folder", "there is no such folder; “klubok pack init DIR” makes a pack to start from", file=name
            )
        if not directory.is_dir():
            return error("no-folder", "is a file; name the folder that holds brand.toml", file=name)
        (directory / "brand.toml").exists()
        next(directory.iterdir(), None)
    except OSError as fault:
        return error("unreadable", f"cannot be read ({fault.strerror}); check the rights of the folder", file=name)
    return None


class _Loading:
    """One reading of one folder."""

    def __init__(self, directory: Path, languages: Sequence[str], progress: Progress) -> None:
        self._directory = directory
        self._known_languages = languages
        self._progress = progress
        self._problems: list[Problem] = []
        self._feed_problems: Sequence[Problem] = ()
        self._done = 0

    def load(self, read_feed: ReadFeed, check_locales: CheckLocales | None) -> LoadedPack:
        text, brand = self._brand()
        feeds = self._feeds(text, read_feed)
        languages = brand.languages if brand else self._known_languages
        faq, articles = self._faq(languages), self._articles(feeds)
        synonyms, concepts, club = self._synonyms(), self._concepts(), self._club(feeds)
        confidence = self._confidence()
        self._locales(check_locales)
        self._check_content(feeds, faq, articles)
        pack = None
        if brand is not None and not has_errors(self._problems):
            pack = Pack(
                brand=brand,
                catalogue=feeds.catalogue,
                faq=faq,
                articles=articles,
                synonyms=synonyms,
                concepts=concepts,
                club=club,
                program=self._program(club, brand),
                confidence=confidence,
            )
        return LoadedPack(pack=pack, problems=(*self._feed_problems, *self._problems))

    def _brand(self) -> tuple[str, Brand | None]:
        """Return the text of `brand.toml`, empty when there is none, and what it says."""
        text, check = self._text("brand.toml", LONGEST_TOML)
        if text is None:
            if not check.has_errors():
                check.error("no-brand", 'there is no brand.toml; make one with the line name = "Your brand"')
            self._finish(check)
            return "", None
        brand = read_brand(text, check, languages=self._known_languages)
        self._finish(check)
        return text, brand

    def _feeds(self, brand: str, read_feed: ReadFeed) -> Feeds:
        feeds = read_catalogue(self._directory, catalogue_urls(brand), read=read_feed, progress=self._progress)
        if feeds.categories:
            check = Check("brand.toml")
            check_lines(brand, check, categories=feeds.categories)
            self._take(check.problems)
        self._feed_problems = feeds.problems
        self._step()
        return feeds

    def _faq(self, languages: Sequence[str]) -> Mapping[str, FaqEntry]:
        text, check = self._text("faq.yaml", LONGEST_TEXT)
        faq: Mapping[str, FaqEntry] = {}
        if text is not None:
            faq = read_faq(text, check, languages=languages, known_languages=self._known_languages)
        self._finish(check)
        return self._learned(self._taught(faq, languages))

    def _taught(self, faq: Mapping[str, FaqEntry], languages: Sequence[str]) -> Mapping[str, FaqEntry]:
        """Add what operators taught."""
        text, check = self._text(TAUGHT, LONGEST_TEXT)
        if text is not None and not has_errors(self._problems):
            faq = with_taught(faq, text, check, languages=languages, known_languages=self._known_languages)
        self._finish(check)
        return faq

    def _learned(self, faq: Mapping[str, FaqEntry]) -> Mapping[str, FaqEntry]:
        """Add what was learned from use. An entry with errors is no unknown one."""
        text, check = self._text(LEARNED, LONGEST_TEXT)
        if text is not None and not has_errors(self._problems):
            faq = merge(faq, read_lessons(text, check), check)
        self._finish(check)
        return faq

    def _articles(self, feeds: Feeds) -> Mapping[str, Article]:
        folder = Check("articles")
        articles: dict[str, Article] = {}
        known_ids = feeds.known_ids
        for path in choose(list_files(self._directory / "articles", folder), (".md",), folder):
            text, check = self._text(f"articles/{path.name}", LONGEST_TEXT)
            article = None if text is None else read_article(text, check, stem=path.stem, known_ids=known_ids)
            if article is not None and articles.setdefault(article.id, article) is not article:
                check.error("repeated-id", f"another article is already {article.id}; rename this file")
            self._take(check.problems)
        self._finish(folder)
        return articles

    def _synonyms(self) -> tuple[tuple[str, ...], ...]:
        text, check = self._text("synonyms.yaml", LONGEST_TEXT)
        synonyms = () if text is None else read_synonyms(text, check)
        self._finish(check)
        return synonyms

    def _concepts(self) -> tuple[Concept, ...]:
        """Read thesaurus.yaml and every file of the folder thesaurus."""
        folder = Check("thesaurus")
        found = choose(list_files(self._directory / "thesaurus", folder), (".yaml",), folder)
        concepts: list[Concept] = []
        for name in ("thesaurus.yaml", *(f"thesaurus/{path.name}" for path in found)):
            text, check = self._text(name, LONGEST_TEXT)
            concepts.extend(() if text is None else read_thesaurus(text, check))
            self._take(check.problems)
        self._finish(folder)
        return tuple(concepts)

    def _club(self, feeds: Feeds) -> Mapping[str, object]:
        text, check = self._text("club.toml", LONGEST_TOML)
        club: Mapping[str, object] = {}
        if text is not None:
            club = read_club(text, check, languages=self._known_languages, categories=feeds.categories)
        self._finish(check)
        return club

    def _program(self, club: Mapping[str, object], brand: Brand) -> Program | None:
        if not club:
            return None
        return build_program(club, languages=self._known_languages, zone=brand.timezone, brand=brand.name)

    def _confidence(self) -> str:
        text, check = self._text(CONFIDENCE, LONGEST_TOML)
        if text is not None:
            try:
                read_confidence(text)
            except (ValueError, KeyError, TypeError, AttributeError):
                check.error("bad-confidence", "is not what `klubok eval --fit --write` writes; fit anew, or remove it")
        self._finish(check)
        return text or ""

    def _locales(self, check_locales: CheckLocales | None) -> None:
        folder = self._directory / "locales"
        check = Check("locales")
        if list_files(folder, check) and check_locales is not None:
            self._take(check_locales(folder))
        self._finish(check)

    def _check_content(self, feeds: Feeds, faq: Mapping[str, FaqEntry], articles: Mapping[str, Article]) -> None:
        check = Check("brand.toml")
        strays = Check(".")
        report_strays(self._directory, strays)
        self._take(strays.problems)
        if not (feeds.offers or faq or articles or has_errors(self._problems)):
            text = "there is nothing to answer from; add catalogue.xml, faq.yaml or articles/*.md beside this file"
            check.error("nothing-to-answer", text)
        self._finish(check)

    def _text(self, name: str, longest: int) -> tuple[str | None, Check]:
        check = Check(name)
        return read_file(self._directory / name, check, longest=longest), check

    def _take(self, problems: Sequence[Problem]) -> None:
        self._problems.extend(problems)

    def _finish(self, check: Check) -> None:
        self._take(check.problems)
        self._step()

    def _step(self) -> None:
        self._done += 1
        self._progress("pack", self._done, _STEPS)
