"""Pack: everything that makes the bot somebody's bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue
from bot.domain.knowledge import Article, Concept, FaqEntry
from bot.domain.loyalty.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A loaded brand pack. `faq` and `articles` are by id, in the order written.

    `synonyms` are groups of words that mean the same, `concepts` the brand's additions to the thesaurus. `club` is the
    parsed `club.toml`, empty where the brand has no club; `program` is what it means. `confidence` is
    `confidence.json`, empty for the usual one.
    """

    brand: Brand
    catalogue: Catalogue = field(default_factory=Catalogue)
    faq: Mapping[str, FaqEntry] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    concepts: tuple[Concept, ...] = ()
    club: Mapping[str, object] = field(default_factory=dict)
    program: Program | None = None
    confidence: str = ""
