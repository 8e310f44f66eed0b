"""Full text: a tantivy index over terms by number, in memory or on disk; no query syntax is ever parsed."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import tantivy

from bot.knowledge.search.index.ragged import Numbers
from bot.knowledge.search.index.scope import Scores

_NUMBER = "number"
_TERMS = "terms"
_HEAP_BYTES = 60_000_000
_COMMIT_EVERY = 50_000


class FullText:
    """Documents numbered in the order in which they were added."""

    def __init__(self, index: tantivy.Index, schema: tantivy.Schema) -> None:
        self._schema = schema
        self._index = index
        self._searcher = index.searcher()

    def search(self, words: Sequence[Mapping[int, float]], limit: int) -> tuple[Numbers, Scores]:
        """Return the best documents for words, each given by its weighted forms, the best form of which counts.

        Documents are sorted by number; scores have no unit.
        """
        clauses = [(tantivy.Occur.Should, self._best_of(forms)) for forms in words if forms]
        if not clauses:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        numbers = np.array([self._searcher.doc(at)[_NUMBER][0] for _, at in found], dtype=np.int32)
        order = np.argsort(numbers)
        return numbers[order], np.array([score for score, _ in found], dtype=np.float32)[order]

    def _best_of(self, forms: Mapping[int, float]) -> tantivy.Query:
        queries = [tantivy.Query.boost_query(self._term(number), weight) for number, weight in forms.items()]
        return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)

    def _term(self, number: int) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, _TERMS, str(number), index_option="freq")


def build_full_text(rows: Iterable[Sequence[int]], directory: Path | None = None) -> FullText:
    """Index rows of terms in the order given, in `directory` or in memory."""
    schema = _schema()
    index = tantivy.Index(schema, path=str(directory)) if directory else tantivy.Index(schema)
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
    for number, row in enumerate(rows):
        entry = tantivy.Document()
        entry.add_unsigned(_NUMBER, number)
        entry.add_text(_TERMS, " ".join(map(str, row)))
        writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return FullText(index, schema)


def open_full_text(directory: Path) -> FullText:
    """Open what was built in `directory`."""
    schema = _schema()
    index = tantivy.Index(schema, path=str(directory), reuse=True)
    index.reload()
    return FullText(index, schema)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_NUMBER, stored=True, fast=True)
    builder.add_text_field(_TERMS, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
