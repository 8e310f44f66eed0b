"""Full text: a tantivy index in memory over terms that are already made; no query syntax is ever parsed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import tantivy

from bot.knowledge.search.documents import Document

_BOOSTS = {"title": 2.0, "subject": 1.0, "body": 1.0}
"""How much a term counts by the field it stands in."""
_NUMBER = "number"
_SMALLEST_HEAP_BYTES = 15_000_000  # tantivy refuses less for a thread


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document by its number, and the score of the engine."""

    number: int
    score: float


class FullText:
    """Documents numbered in the order given."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._schema = _schema()
        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(heap_size=_SMALLEST_HEAP_BYTES, num_threads=1)
        for number, document in enumerate(documents):
            writer.add_document(_entry(number, document))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, words: Sequence[Mapping[str, float]], limit: int) -> list[Candidate]:
        """Return the best documents for words, each given by its weighted forms, the best form of which counts."""
        clauses = [(tantivy.Occur.Should, self._best_of(forms)) for forms in words if forms]
        if not clauses:
            return []
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False)
        return [Candidate(int(self._searcher.doc(at)[_NUMBER][0]), float(score)) for score, at in found.hits]

    def _best_of(self, forms: Mapping[str, float]) -> tantivy.Query:
        return tantivy.Query.disjunction_max_query([self._in_any_field(term, forms[term]) for term in forms])

    def _in_any_field(self, term: str, weight: float) -> tantivy.Query:
        fields = ((self._term(field, term), weight * boost) for field, boost in _BOOSTS.items())
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.boost_query(query, boost)) for query, boost in fields]
        )

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, index_option="freq")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_NUMBER, stored=True)
    for field in _BOOSTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _entry(number: int, document: Document) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_unsigned(_NUMBER, number)
    entry.add_text("title", " ".join(document.title))
    entry.add_text("subject", " ".join(document.subject))
    entry.add_text("body", " ".join(document.body))
    return entry
