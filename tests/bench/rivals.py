"""Rivals: tantivy and SQLite FTS5, on the same lemmas, with nothing else of ours."""

import sqlite3

import tantivy

from bot.domain.answer import source_of
from bot.domain.pack import Pack
from bot.knowledge.search.index.documents import Document, documents_of
from bot.knowledge.search.text.terms import terms_of
from tests.bench.texts import CUTOFF, Search

_HEAP_BYTES = 60_000_000


def tantivy_on_lemmas(pack: Pack) -> Search:
    """Search by tantivy's BM25 over lemmas without function words."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
    for document in documents_of(pack):
        writer.add_document(tantivy.Document(id=source_of(document.hits[0]).id, text=" ".join(_terms(document))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[str]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term, index_option="freq"))
            for term in dict.fromkeys(terms_of(text))
        ]
        hits = searcher.search(tantivy.Query.boolean_query(terms), CUTOFF, count=False).hits if terms else []
        return [str(searcher.doc(at)["id"][0]) for _, at in hits]

    return search


def sqlite_on_lemmas(pack: Pack) -> Search:
    """Search by the BM25 of SQLite's FTS5 over lemmas without function words."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table texts using fts5(id unindexed, text, tokenize='unicode61')")
    rows = ((source_of(document.hits[0]).id, " ".join(_terms(document))) for document in documents_of(pack))
    database.executemany("insert into texts values (?, ?)", rows)

    def search(text: str) -> list[str]:
        words = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms_of(text)))
        found = database.execute("select id from texts where texts match ? order by rank limit ?", (words, CUTOFF))
        return [str(id_) for (id_,) in found] if words else []

    return search


def _terms(document: Document) -> list[str]:
    return [term for text in (*document.title, *document.subject, *document.body) for term in terms_of(text)]
