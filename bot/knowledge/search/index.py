"""Index: everything of a pack that can be found, and the matches of a question, best first."""

from collections.abc import Sequence

from bot.domain.answer import SourceKind
from bot.domain.pack import Pack
from bot.knowledge.progress import Progress, no_progress
from bot.knowledge.search.documents import Document, documents_of
from bot.knowledge.search.fulltext import FullText
from bot.knowledge.search.query import QueryReader, Term
from bot.knowledge.search.ranking import Match, Ranker
from bot.knowledge.search.synonyms import Synonyms
from bot.knowledge.search.vocabulary import Vocabulary
from bot.knowledge.search.wordlists import everyday_synonyms

_CANDIDATES = 30
_PROGRESS_STEP = 200


class SearchIndex:
    """Documents with all that is needed to find them. Does not change once made."""

    def __init__(self, documents: Sequence[Document], synonyms: Synonyms) -> None:
        vocabulary = Vocabulary(documents)
        products = (document.models for document in documents if document.kind is SourceKind.OFFER)
        models = frozenset[str]().union(*products)
        self._documents = documents
        self._full_text = FullText(documents)
        self._reader = QueryReader(vocabulary, synonyms, models)
        self._ranker = Ranker(vocabulary, models)

    def search(self, text: str) -> list[Match]:
        """Return matches, best first, empty where nothing is asked or found."""
        query = self._reader.read(text)
        if all(term.text[0].isdigit() and not term.is_model for term in query.terms):
            return []  # numbers alone ask nothing
        candidates = self._full_text.search([_weighted_forms(term) for term in query.terms], _CANDIDATES)
        matches = [
            self._ranker.match(query, self._documents[candidate.number], candidate.score / candidates[0].score)
            for candidate in candidates
        ]
        return sorted(matches, key=lambda match: -match.rank)


def build_index(pack: Pack, *, progress: Progress = no_progress) -> SearchIndex:
    """Read the texts of `pack` and index them; takes seconds for thousands of offers."""
    documents: list[Document] = []
    for document in documents_of(pack):
        documents.append(document)
        if len(documents) % _PROGRESS_STEP == 0:
            progress("index", len(documents), None)
    index = SearchIndex(documents, Synonyms(pack.synonyms, everyday_synonyms()))
    progress("index", len(documents), len(documents))
    return index


def _weighted_forms(term: Term) -> dict[str, float]:
    """Everything to look for in place of `term`, words of phrases included."""
    parts = {word: likeness / len(phrase) for phrase, likeness in term.phrases.items() for word in phrase}
    return {**parts, **term.forms}
