"""Files of stores: any dialect of CSV, JSON of any depth; what cannot be read is told with its line."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.purchases.order import Order, OrderKey, OrderReturn
from bot.domain.purchases.terms import OrderColumns
from bot.domain.receipts.receipt import ReceiptKey
from bot.imports.orders import read_orders
from bot.services.purchases.intake import Heard

MOSCOW = ZoneInfo("Europe/Moscow")
RUSSIAN = (
    "Номер заказа;Дата;Артикул;Наименование;Сумма;Карта клуба;ФН;ФД;Серийный номер;Тип\n"
    "A-1;25.11.2026 13:42;p1;Камера;4 850,50;27 0000 0000 013;9287440300634471;13571;WX7KA001234;продажа\n"
    "A-1;25.11.2026 13:42;p2;Объектив;1000;;;;;продажа\n"
    "A-2;26.11.2026;p2;Объектив;999,99 руб.;;;;;\n"
    "A-1;27.11.2026;p2;Объектив;500;;;;;Возврат\n"
)


def read(text: str | bytes, layout: OrderColumns | None = None) -> Heard:
    content = text if isinstance(text, bytes) else text.encode()
    return read_orders(content, layout or OrderColumns(), MOSCOW)


def orders(heard: Heard) -> list[Order]:
    return [what for _, what in heard.told if isinstance(what, Order)]


def returns(heard: Heard) -> list[OrderReturn]:
    return [what for _, what in heard.told if isinstance(what, OrderReturn)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_file_in_russian_is_read_without_any_settings(encoding: str) -> None:
    heard = read(RUSSIAN.encode(encoding))
    assert heard.problems == ()
    assert [line for line, _ in heard.told] == [2, 4, 5]
    first, second = orders(heard)
    assert first.key == OrderKey("store", "A-1")
    assert first.bought_at == datetime(2026, 11, 25, 10, 42, tzinfo=UTC)
    assert [(line.number, line.product, line.paid_kopecks) for line in first.lines] == [
        (1, "p1", 485_050),
        (2, "p2", 100_000),
    ]
    assert (first.card, first.receipt) == ("2700000000013", ReceiptKey("9287440300634471", 13571))
    assert first.lines[0].serial == "WX7KA001234"
    assert second.paid_kopecks == 99_999
    [back] = returns(heard)
    assert (back.key, dict(back.products)) == (first.key, {"p2": 50_000})


def test_the_same_file_names_its_returns_alike_each_time() -> None:
    assert returns(read(RUSSIAN)) == returns(read(RUSSIAN))
    assert returns(read(RUSSIAN))[0].number


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_prices_and_quantities_do_as_well(delimiter: str) -> None:
    rows = [["order_id", "date", "sku", "price", "qty"], ["7", "2026-11-25T13:42:00Z", "p1", "99.90", "3"]]
    [order] = orders(read("\n".join(delimiter.join(row) for row in rows)))
    assert (order.paid_kopecks, order.bought_at.hour) == (29_970, 13)


def test_the_pack_says_what_columns_are_called() -> None:
    layout = OrderColumns(
        store="online",
        columns={"number": "Док", "date": "Когда", "paid": "Итог", "kind": "Вид"},
        returns=frozenset({"сторно"}),
        day_format="%Y/%m/%d",
    )
    heard = read("Док,Когда,Итог,Вид\n5,2026/11/25,100,\n5,2026/11/26,40,Сторно\n", layout)
    assert [order.key for order in orders(heard)] == [OrderKey("online", "5")]
    assert [dict(back.products) for back in returns(heard)] == [{"": 4_000}]


def test_orders_that_were_not_paid_for_are_left_aside_where_the_pack_says_so() -> None:
    layout = OrderColumns(sales=frozenset({"Выполнен"}))
    rows = "number;date;paid;status\n1;2026-11-25;10;новый\n2;2026-11-25;10;выполнен\n2;2026-11-26;4;возврат\n"
    heard = read(rows, layout)
    assert [what.key.number for _, what in heard.told] == ["2", "2"]
    assert len(returns(heard)) == 1


def test_json_with_lines_inside_is_read() -> None:
    told = {
        "orders": [
            {
                "number": 100,
                "date": "2026-11-25T13:42:00+03:00",
                "total": 5850.5,
                "receipt": {"fn": "9287440300634471", "i": 13571},
                "items": [
                    {"number": 1, "product_id": "p1", "sum": 4850.5},
                    {"number": 2, "product_id": "p2", "sum": 1000},
                ],
            },
            {"number": 100, "date": "2026-11-27", "kind": "return", "return_number": "R1"},
        ]
    }
    heard = read(json.dumps(told))
    [order] = orders(heard)
    assert (order.paid_kopecks, [line.product for line in order.lines]) == (585_050, ["p1", "p2"])
    assert order.receipt == ReceiptKey("9287440300634471", 13571)
    [back] = returns(heard)
    assert (back.number, dict(back.lines), dict(back.products)) == ("R1", {}, {})


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("A-1;вчера;100;", "expected a date"),
        ("A-1;25.11.2026;много;", "expected an amount"),
        ("A-1;25.11.2026;;", "what was paid is missing"),
        (";25.11.2026;100;", "the order's number is missing"),
        ("A-1;25.11.2026;100;123", "expected both the number of the fiscal drive"),
        ("A-1;25.11.2026;1e400;", "expected an amount"),
        ("A-1;25.11.2026;0.001;", "expected an amount in whole kopecks"),
        ("A-1;25.11.2026;4601234567890;", "'4601234567890' is more than anybody pays"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_its_order_left_out(row: str, problem: str) -> None:
    heard = read(f"number;date;paid;fn\nA-1;25.11.2026;50;\n{row}\nA-2;25.11.2026;70;\n")
    [(line, told)] = heard.problems
    assert (line, told.startswith(problem)) == (3, True), told
    kept = ["A-2"] if row.startswith("A-1") else ["A-1", "A-2"]
    assert [order.key.number for order in orders(heard)] == kept


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b" ", "the file is empty"),
        (b"a;b;c\n1;2;3", "no column for number, date, paid"),
        (b"[1]", "order 1 is no JSON object"),
        (b'{"number": ', "this is no JSON"),
        (b"[" * 100_000, "this is no JSON"),
    ],
)
def test_what_is_no_such_file_is_told_in_one_line(content: bytes, problem: str) -> None:
    [(_, told)] = read(content).problems
    assert told.startswith(problem), told


@pytest.mark.parametrize(
    ("row", "lines", "products"),
    [
        ("A-1;26.11.2026;2;p2;", [2], []),
        ("A-1;26.11.2026;;p2;", [], ["p2"]),
        ("A-1;26.11.2026;;p2;0", [], ["p2"]),
        ("A-1;26.11.2026;;;", [], []),
    ],
)
def test_a_return_without_an_amount_is_of_the_goods_that_it_names(
    row: str, lines: list[int], products: list[str]
) -> None:
    [back] = returns(read(f"number;date;line;product;paid;kind\n{row};возврат\n"))
    assert (list(back.lines), list(back.products)) == (lines, products)


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("number,date,paid,card\nA-1,2026-11-25,4850,50,27\nA-2,2026-11-25,70,\n", 2, "there are more fields"),
        ("number;date;price;quantity\nA-1;2026-11-25;9000000000;1000000\nA-2;2026-11-25;7;10\n", 2, "price and"),
        (f"number;date;paid\n{'1' * 65};2026-11-25;10\nA-2;2026-11-25;70\n", 2, "the order's number is longer"),
        (f"number;store;date;paid\n1;{'s' * 41};2026-11-25;10\nA-2;;2026-11-25;70\n", 2, "the name of the store is"),
        ('[{"number":"A-1","date":"2026-11-25","lines":[]},{"number":"A-2","date":"2026-11-25","paid":70}]', 1, "the"),
        ('[{"number":"A-1","date":"2026-11-25","lines":[1]},{"number":"A-2","date":"2026-11-25","paid":70}]', 1, "a "),
        ('[5,{"number":"A-2","date":"2026-11-25","paid":70}]', 1, "order 1 is no JSON object"),
    ],
)
def test_what_cannot_be_read_spoils_nothing_else(content: str, line: int, problem: str) -> None:
    heard = read(content)
    assert [order.paid_kopecks for order in orders(heard)] == [7_000]
    [(at, told)] = heard.problems
    assert (at, told.startswith(problem)) == (line, True), told


def test_a_return_that_cannot_be_read_leaves_the_sale() -> None:
    heard = read("number;date;paid;kind\nA-1;25.11.2026;50;\nA-1;вчера;50;возврат\n")
    assert ([order.key.number for order in orders(heard)], returns(heard)) == (["A-1"], [])
    assert [line for line, _ in heard.problems] == [3]


LINE = "number;date;line;product;paid;serial\n"
ONE, OTHER = "A-1;25.11.2026;1;p1;100;\n", "A-1;25.11.2026;2;p2;50;\n"


@pytest.mark.parametrize(
    ("rows", "prices"),
    [
        (ONE + ONE, [10_000]),
        (ONE + OTHER + ONE + OTHER, [10_000, 5_000]),
        (ONE + "A-2;25.11.2026;1;p1;7;\n" + OTHER, [10_000, 5_000]),
        ("A-1;25.11.2026;;p1;100;\nA-2;25.11.2026;;p1;7;\n" * 2, [10_000]),
        ("A-1;25.11.2026;;p1;100;WX7KA001234\n" * 2, [10_000]),
        ("A-1;25.11.2026;;p1;100;\n" * 2, [10_000, 10_000]),  # two pieces, a row each
    ],
)
def test_an_order_that_a_file_tells_twice_is_one_order(rows: str, prices: list[int]) -> None:
    heard = read(LINE + rows)
    assert (orders(heard)[0].key.number, heard.problems) == ("A-1", ())
    assert [line.paid_kopecks for line in orders(heard)[0].lines] == prices
    assert len([order for order in orders(heard) if order.key.number == "A-1"]) == 1


def test_a_line_that_is_told_in_two_ways_is_told_and_its_order_left_out() -> None:
    heard = read(LINE + ONE + OTHER + "A-1;25.11.2026;1;p1;200;\n")
    assert (orders(heard), heard.problems) == ([], ((2, "line 1 of order A-1 is told twice, and not alike"),))


def test_a_json_order_told_twice_is_one_and_told_otherwise_is_another_telling() -> None:
    first = {"number": "A-1", "date": "2026-11-25", "lines": [{"product": "p1", "paid": 100}]}
    heard = read(json.dumps([first, first, {**first, "lines": [{"product": "p1", "paid": 90}]}]))
    assert [order.paid_kopecks for order in orders(heard)] == [10_000, 9_000]
    assert [line for line, _ in heard.told] == [1, 3]


@pytest.mark.parametrize(("count", "told"), [(1000, 1), (1001, 0)])
def test_an_order_of_more_lines_than_anybody_buys_is_another_column(count: int, told: int) -> None:
    heard = read(LINE + "\n".join(f"A-1;25.11.2026;;p{number};100;" for number in range(count)))
    assert (len(orders(heard)), len(heard.problems)) == (told, 1 - told)
    assert all(problem.startswith("order A-1 has 1001 lines") for _, problem in heard.problems)


def test_a_return_that_a_file_tells_twice_is_one_return() -> None:
    back = "A-1;26.11.2026;2;p2;50;возврат\n"
    heard = read("number;date;line;product;paid;kind\n" + back + "A-2;25.11.2026;1;p1;7;\n" + back)
    assert [dict(each.lines) for each in returns(heard)] == [{2: 5_000}]


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_nothing_makes_it_fail(content: bytes) -> None:
    read(b"number;date;paid\n" + content)
    read(content)
