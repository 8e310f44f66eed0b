"""Hostile and damaged feeds: reported, never raised, never followed."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.problems import Severity
from bot.knowledge.feed.feed import Feed
from bot.knowledge.feed.parse import read_feed
from tests.integration.knowledge.feed.samples import GOOD, OFFER, offer, offers, yml

_WHOLE = yml(offers(8))
_ANY = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
_UNSEEN = "the word nobody may see"


def read(directory: Path, content: bytes) -> Feed:
    path = directory / "feed.xml"
    path.write_bytes(content)
    return read_feed(path, label="feed.xml")


@_ANY
@given(cut=st.integers(min_value=0, max_value=len(_WHOLE)))
def test_a_feed_cut_anywhere_keeps_whole_offers_only(tmp_path: Path, cut: int) -> None:
    whole = read(tmp_path, _WHOLE).offers
    feed = read(tmp_path, _WHOLE[:cut])
    assert list(feed.offers.items()) == list(whole.items())[: len(feed.offers)]
    missing = _WHOLE.rstrip()[cut:]
    assert bool(missing) == bool({"truncated", "not-a-feed"} & set(feed.counts))
    assert len(feed.offers) >= _WHOLE[:cut].count(b"</offer>") - 1


def test_a_cut_feed_names_the_line(tmp_path: Path) -> None:
    cut = _WHOLE.index(b"<price>", _WHOLE.index(b'id="5"')) + len(b"<price>19")
    feed = read(tmp_path, _WHOLE[:cut])
    assert list(feed.offers) == ["1", "2", "3", "4"]
    (problem,) = feed.problems
    assert (problem.kind, problem.severity) == ("truncated", Severity.WARNING)
    assert problem.line == _WHOLE[:cut].count(b"\n") + 1


@_ANY
@given(data=st.data())
def test_no_mutation_raises(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(_WHOLE)
    for _ in range(data.draw(st.integers(min_value=1, max_value=8))):
        at = data.draw(st.integers(min_value=0, max_value=len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    feed = read(tmp_path, bytes(content))
    assert len(feed.offers) <= 16


@_ANY
@given(content=st.binary(max_size=500))
def test_no_bytes_raise(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content).offers == {}


@pytest.mark.parametrize("has_parameter", [False, True])
def test_an_external_entity_is_never_followed(tmp_path: Path, *, has_parameter: bool) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(_UNSEEN, encoding="utf-8")
    parameter = f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;' if has_parameter else ""
    dtd = f'<!DOCTYPE yml_catalog [<!ENTITY x SYSTEM "{secret.as_uri()}">{parameter}]>'
    inner = (
        "<name>Лампа &x; яркая</name><url>&x;</url><price>1&x;</price><categoryId>2</categoryId>&x;"
        '<description>&x;<b>&x;</b></description><param name="&x;">&x;</param><vendor>&x;</vendor>'
    )
    feed = read(tmp_path, yml(offer(inner, attributes={"group_id": "&x;"}) + offers(1), head=dtd))
    assert feed.offers["x"].name == "Лампа яркая"
    assert list(feed.offers) == ["x", "1"]
    assert feed.counts["entity"] >= 1
    assert _UNSEEN not in repr(feed)


@pytest.mark.parametrize("declared", ["% p SYSTEM '{}'> %p;", "p SYSTEM '{}'>"])
def test_an_external_entity_is_reported_although_nothing_refers_to_it(tmp_path: Path, declared: str) -> None:
    head = f"<!DOCTYPE yml_catalog [<!ENTITY {declared.format((tmp_path / 'x.dtd').as_uri())}]>"
    feed = read(tmp_path, yml(offers(1), head=head))
    assert list(feed.offers) == ["1"]
    assert feed.counts == {"external-entity": 1}


def test_a_price_with_an_entity_in_it_is_no_price(tmp_path: Path) -> None:
    feed = read(tmp_path, yml(offer(GOOD.replace("10", "1&x;0")), head='<!DOCTYPE yml_catalog [<!ENTITY x "99">]>'))
    assert feed.offers["x"].price_kopecks is None
    assert feed.counts == {"entity": 1, "broken-price": 1}


def test_an_external_dtd_is_never_loaded(tmp_path: Path) -> None:
    dtd = tmp_path / "shops.dtd"
    dtd.write_text(f'<!ENTITY x "{_UNSEEN}"><!ATTLIST offer group_id CDATA "{_UNSEEN}">', encoding="utf-8")
    head = f'<!DOCTYPE yml_catalog SYSTEM "{dtd.as_uri()}">'
    feed = read(tmp_path, yml(offer(GOOD.replace("Лампа", "Лампа&x;")), head=head))
    assert feed.offers["x"].name == "Лампа"
    assert _UNSEEN not in repr(feed)


def test_html_entities_cost_no_text(tmp_path: Path) -> None:
    feed = read(tmp_path, yml(offer(GOOD.replace("Лампа", "Лампа&nbsp;белая"))))
    assert feed.offers["x"].name == "Лампа белая"
    assert feed.counts == {"entity": 1}


def _laughs(use: str) -> bytes:
    rows = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    head = f'<!DOCTYPE yml_catalog [<!ENTITY l0 "{"ha" * 50}">{rows}]>'
    return yml(offers(2) + use, head=head)


@pytest.mark.parametrize(
    "content",
    [
        _laughs(offer(GOOD.replace("Лампа", "&l9;"))),
        _laughs(offer(GOOD, attributes={"group_id": "&l9;"})),
        _laughs(offer(GOOD + '<param name="&l5;">1</param>' * 50)),
        yml(
            offers(2) + offer(GOOD.replace("Лампа", "&a;" * 20_000)),
            head=f'<!DOCTYPE yml_catalog [<!ENTITY a "{"A" * 100_000}">]>',
        ),
        yml(
            offers(2) + offer("", attributes={"group_id": "&a;" * 20_000}),
            head=f'<!DOCTYPE yml_catalog [<!ENTITY a "{"A" * 100_000}">]>',
        ),
    ],
    ids=["laughs in a text", "laughs in an attribute", "laughs in params", "quadratic text", "quadratic attribute"],
)
def test_entities_that_multiply_are_not_expanded(tmp_path: Path, content: bytes) -> None:
    started = time.perf_counter()
    feed = read(tmp_path, content)
    assert time.perf_counter() - started < 5
    assert "entity" in feed.counts
    assert len(repr(feed)) < 20_000


@pytest.mark.parametrize(
    "hostile",
    [
        offer("", attributes={"group_id": "A" * 12_000_000}),
        offer(f"<name>{'A' * 12_000_000}</name>"),
        offer("<a>" * 5000 + "</a>" * 5000),
        offer("<picture/>" * 3_000_000),
        "<a>" * 5000 + "</a>" * 5000,
    ],
    ids=["vast attribute", "vast text", "deep offer", "wide offer", "deep junk"],
)
def test_vast_elements_are_not_read_on(tmp_path: Path, hostile: str) -> None:
    feed = read(tmp_path, yml(offers(2) + hostile + offers(5)))
    assert list(feed.offers)[:2] == ["1", "2"]
    assert {"too-large", "truncated"} & set(feed.counts)
    assert len(repr(feed)) < 40_000


def test_an_end_tag_that_is_missing_spoils_no_other_offer(tmp_path: Path) -> None:
    broken = OFFER.format(id="b").replace("</name>", "")
    feed = read(tmp_path, yml(offers(3) + broken + OFFER.format(id="4") + OFFER.format(id="5")))
    names = {each.id: each.name for each in feed.offers.values() if each.id != "b"}
    assert names == {"1": "Лампа 1", "2": "Лампа 2", "3": "Лампа 3", "4": "Лампа 4", "5": "Лампа 5"}
    assert feed.counts["broken-xml"] >= 1
