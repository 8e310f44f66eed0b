"""Feeds of every dialect are read, and what is wrong in them is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.actions import LONGEST_PAYLOAD, Action
from bot.domain.catalogue import Category, Param
from bot.domain.problems import Severity
from bot.knowledge.feed.feed import Feed
from bot.knowledge.feed.parse import read_feed
from tests.integration.knowledge.feed.samples import GOOD, OFFER, offer, offers, yml
from tests.shared import shared_file


def read(directory: Path, content: bytes) -> Feed:
    path = directory / "feed.xml"
    path.write_bytes(content)
    return read_feed(path, label="feed.xml")


def read_inner(directory: Path, inner: str, **attributes: str) -> Feed:
    return read(directory, yml(offer(inner, attributes=attributes)))


def test_an_offer_is_read_whole(tmp_path: Path) -> None:
    feed = read(tmp_path, yml(offers(1)))
    read_offer = feed.offers["1"]
    assert (feed.name, feed.problems) == ("Магазин", ())
    assert list(feed.categories.values()) == [Category("1", "Свет"), Category("2", "Лампы", "1")]
    assert (read_offer.name, read_offer.vendor, read_offer.group_id) == ("Лампа 1", "Люмен", "g1")
    assert (read_offer.price_kopecks, read_offer.old_price_kopecks, read_offer.currency) == (199_050, 249_000, "RUB")
    assert (read_offer.category_ids, read_offer.is_available, read_offer.is_price_from) == (("2",), True, False)
    assert read_offer.url == "https://shop.example/1"
    assert read_offer.pictures == ("https://shop.example/1.jpg",)
    assert read_offer.description == "Тёплый свет"
    assert read_offer.params == (Param("Мощность", "9", "Вт"),)
    assert read_offer.barcodes == ("4600000000017",)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_encodings_are_honoured(tmp_path: Path, encoding: str) -> None:
    feed = read(tmp_path, yml(offers(3), encoding=encoding))
    assert [each.name for each in feed.offers.values()] == ["Лампа 1", "Лампа 2", "Лампа 3"]
    assert feed.problems == ()


@pytest.mark.parametrize(
    "dialect",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"?>\n", b'?>\n<!DOCTYPE yml_catalog SYSTEM "shops.dtd">\n', 1),
        lambda text: text.replace(b'<?xml version="1.0" encoding="utf-8"?>\n', b""),
        lambda text: text.replace(b"2026-11-23 11:00", b"2026-11-23T11:00:00+03:00 MSK"),
        lambda text: text.replace(b'available="true"', b'available="true" publishedOn="1" fraction="0.5"'),
        lambda text: text.replace(b"<vendor>", b'<stock id="7"><price>1</price><name>no</name></stock><vendor>'),
        lambda text: text.replace(b"<vendor>", b"<category>Shelf</category><vendor>"),
        lambda text: text.replace(b"<offers>", b"<gifts><gift id='1'/></gifts><!-- x --><?php y ?><offers>"),
        lambda text: text.replace(b"</shop>", b"<promos>" + b"<promo id='1'/>" * 300_000 + b"</promos></shop>"),
        lambda text: text + b"<!-- made by a robot -->\n",
    ],
)
def test_dialects_make_no_difference(tmp_path: Path, dialect: Callable[[bytes], bytes]) -> None:
    plain = read(tmp_path, yml(offers(5)))
    assert read(tmp_path, dialect(yml(offers(5)))) == plain


def test_a_root_without_the_outer_element_is_a_feed(tmp_path: Path) -> None:
    text = yml(offers(2)).replace(b'<yml_catalog date="2026-11-23 11:00">', b"").replace(b"</yml_catalog>", b"")
    assert list(read(tmp_path, text).offers) == ["1", "2"]


def test_a_vendor_model_is_named_by_its_parts(tmp_path: Path) -> None:
    parts = "<typePrefix>Лампа</typePrefix><vendor>Люмен</vendor><model>Л-9</model>"
    feed = read_inner(tmp_path, parts + "<price>1</price>", type="vendor.model")
    assert feed.offers["x"].name == "Лампа Люмен Л-9"
    assert feed.offers["x"].type_prefix == "Лампа"


def test_a_price_may_be_a_lowest_one(tmp_path: Path) -> None:
    feed = read_inner(tmp_path, '<price from="true">99</price><name>Лампа</name>')
    assert feed.offers["x"].is_price_from


@pytest.mark.parametrize(("text", "expected"), [("true", True), ("false", False), ("TRUE", True), ("maybe", None)])
def test_availability_is_told_or_unknown(tmp_path: Path, text: str, *, expected: bool | None) -> None:
    assert read_inner(tmp_path, GOOD, available=text).offers["x"].is_available is expected


def test_repeated_elements_make_several(tmp_path: Path) -> None:
    feed = read_inner(tmp_path, GOOD + "<categoryId>1</categoryId><categoryId>2</categoryId>")
    assert feed.offers["x"].category_ids == ("2", "1")


def test_params_are_trimmed_joined_and_not_empty(tmp_path: Path) -> None:
    params = (
        '<param name=" Цвет ">  синий\n </param><param name="Цвет">белый</param><param name="Пусто"> </param>'
        '<param>1</param><param name="Размер" unit="EU">40</param><param name="Размер" unit="см">25</param>'
    )
    feed = read_inner(tmp_path, GOOD + params)
    expected = (Param("Цвет", "синий, белый"), Param("Размер", "40", "EU"), Param("Размер", "25", "см"))
    assert feed.offers["x"].params == expected


def test_markup_that_nobody_escaped_is_read_as_a_description(tmp_path: Path) -> None:
    feed = read_inner(tmp_path, GOOD + "<description>Один <b>два</b> три</description>")
    assert feed.offers["x"].description == "Один два три"


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        (GOOD.replace("10", "договорная"), "broken-price"),
        (GOOD.replace("10", "0"), "broken-price"),
        (GOOD.replace("10", "-1"), "broken-price"),
        (GOOD.replace("<price>10</price>", ""), "no-price"),
        (GOOD.replace("<categoryId>2<", "<categoryId>77<"), "unknown-category"),
        (GOOD.replace("<categoryId>2</categoryId>", ""), "unknown-category"),
        (GOOD.replace("https://shop.example/x", ""), "no-url"),
        (GOOD + "<description>" + "а" * 9000 + "</description>", "long-text"),
        (GOOD.replace("Лампа", "Лампа" * 100), "long-text"),
        (GOOD + "<picture>p</picture>" + "".join(f"<picture>{n}</picture>" for n in range(99)), "long-text"),
    ],
)
def test_a_flawed_offer_is_kept_with_a_warning(tmp_path: Path, inner: str, kind: str) -> None:
    feed = read_inner(tmp_path, inner)
    assert list(feed.offers) == ["x"]
    assert feed.counts == {kind: 1}
    assert [problem.severity for problem in feed.problems] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("flawed", "kind"),
    [
        (offer("<price>1</price>"), "no-name"),
        (offer(GOOD, id=""), "bad-id"),
        (offer(GOOD, id="9" * 500), "bad-id"),
        (offer(GOOD, attributes={"type": "book"}), "unsupported-type"),
        (offer(GOOD, attributes={"type": "medicine"}), "unsupported-type"),
        (OFFER.format(id=1), "duplicate-offer"),
    ],
)
def test_an_unusable_offer_is_skipped_and_counted(tmp_path: Path, flawed: str, kind: str) -> None:
    feed = read(tmp_path, yml(offers(2) + flawed))
    assert list(feed.offers) == ["1", "2"]
    assert feed.counts == {kind: 1}


@pytest.mark.parametrize(
    ("offer_id", "is_long"),
    [("9" * 50, False), ("9" * 51, True), ("я" * 25, False), ("я" * 26, True), (":" * 16, False), (":" * 17, True)],
)
def test_an_id_that_no_button_can_carry_is_told(tmp_path: Path, offer_id: str, *, is_long: bool) -> None:
    feed = read(tmp_path, yml(offer(GOOD, id=offer_id)))
    assert list(feed.offers) == [offer_id]
    assert feed.counts == ({"long-id": 1} if is_long else {})
    assert (len(Action("ask.offer", (offer_id,)).encode().encode()) <= LONGEST_PAYLOAD) or is_long


def test_of_two_equal_ids_the_first_stays(tmp_path: Path) -> None:
    feed = read(tmp_path, yml(offer(GOOD) + offer(GOOD.replace("Лампа", "Другая"))))
    assert feed.offers["x"].name == "Лампа"
    assert [(problem.kind, problem.line) for problem in feed.problems] == [("duplicate-offer", 5)]


def test_categories_may_come_after_offers(tmp_path: Path) -> None:
    text = yml(offers(2)).decode()
    start, end = text.index("<categories>"), text.index("</categories>") + len("</categories>")
    moved = text[:start] + text[end:].replace("</shop>", text[start:end] + "</shop>")
    feed = read(tmp_path, moved.encode())
    assert feed.problems == ()
    assert list(feed.categories) == ["1", "2"]


def test_odd_categories_are_told(tmp_path: Path) -> None:
    categories = (
        '<category id="5" parentId="5">Сама</category><category id="5">Вторая</category><category>Нет</category>'
    )
    feed = read(tmp_path, yml(offer(GOOD.replace(">2<", ">5<")), categories=categories))
    assert feed.categories == {"5": Category("5", "Сама")}
    assert feed.counts == {"duplicate-category": 1, "bad-category": 1}


def test_an_unescaped_ampersand_costs_no_offers(tmp_path: Path) -> None:
    broken = GOOD.replace("shop.example/x", "shop.example/x?a=1&b=2")
    feed = read(tmp_path, yml(offer(broken) + offers(3)))
    assert list(feed.offers) == ["x", "1", "2", "3"]
    assert feed.counts["broken-xml"] >= 1
    assert {problem.line for problem in feed.problems} == {4}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "not-a-feed"),
        (b"hello, this is not XML", "not-a-feed"),
        (b"<html><body>404</body></html>", "not-a-feed"),
        (b"\x00\xff" * 4000, "not-a-feed"),
        (b"<x/>" * 2_000_000, "not-a-feed"),
        (yml(""), "empty-feed"),
        (yml(offer(GOOD, attributes={"type": "tour"})), "empty-feed"),
        (yml(offers(1))[:200], "truncated"),
    ],
)
def test_what_has_no_offers_is_an_error(tmp_path: Path, content: bytes, kind: str) -> None:
    feed = read(tmp_path, content)
    assert feed.offers == {}
    assert kind in {problem.kind for problem in feed.problems if problem.severity is Severity.ERROR}


def test_thousands_of_mistakes_are_counted_exactly(tmp_path: Path) -> None:
    many = "".join(offer(GOOD.replace("10", "?"), id=str(number)) for number in range(2500))
    feed = read(tmp_path, yml(many))
    assert feed.counts == {"broken-price": 2500}
    assert len(feed.problems) == 101


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(yml(offers(6000)))
    calls: list[tuple[str, int, int | None]] = []
    read_feed(path, label="feed.xml", progress=lambda stage, done, total: calls.append((stage, done, total)))
    assert {(stage, total) for stage, _, total in calls} == {("feed", path.stat().st_size)}
    assert [done for _, done, _ in calls] == sorted(done for _, done, _ in calls)


@pytest.mark.parametrize(
    ("name", "categories", "offer_ids"),
    [
        ("sirian_currencies.xml", 1, ["1"]),
        ("sirian_minimal.xml", 1, ["1"]),
        ("sirian_nested_categories.xml", 5, ["1"]),
        ("sirian_vendor_model.xml", 1, ["42", "43"]),
        ("sirian_yml.xml", 19, ["12341"]),
        ("sirian_simplified.xml", 1, []),
        ("sirian_malformed.xml", 0, []),
        ("sirian_xxe.xml", 1, []),
        ("zverushko_yandex_market.xml", 5, ["1", "2", "3"]),
        ("commerceml/carono_offers.xml", 0, []),
    ],
)
def test_samples_of_the_world_are_read(name: str, categories: int, offer_ids: list[str]) -> None:
    feed = read_feed(shared_file("data", "feeds", *name.split("/")), label=name)
    assert len(feed.categories) == categories
    assert list(feed.offers) == offer_ids


def test_the_sample_of_a_printer_is_named_and_priced() -> None:
    printer = read_feed(shared_file("data", "feeds", "sirian_vendor_model.xml"), label="x").offers["42"]
    assert printer.name == "Printer HP Color LaserJet 3000"
    assert (printer.price_kopecks, printer.old_price_kopecks, printer.is_available) == (1_500_000, 2_500_000, False)
    assert printer.param("speed") == Param("speed", "15", "ppm")
