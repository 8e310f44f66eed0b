"""`klubok orders` and `klubok staff`, as somebody calls them, and a receipt from its picture to its points."""

import re
from pathlib import Path

import pytest

from tests.integration.cli.process import chat, run
from tests.shared import shared_file

ORDERS = """\
Номер заказа;Дата;Артикул;Наименование;Сумма;ФН;ФД;Тип
A-1;15.11.2026 13:42;p1;Камера;12 990,00;9960440301234567;123456;продажа
A-2;16.11.2026;p2;Объектив;999,99;;;
A-3;вчера;p2;Объектив;999,99;;;
A-9;16.11.2026;p2;Объектив;999,99;;;возврат
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A database that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path}/klubok.db"


def test_a_file_of_the_store_is_taken_in_and_told_line_by_line(tmp_path: Path, database: str) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(ORDERS.encode("cp1251"))
    for how in ("new", "known"):
        ran = run("orders", "import", file, "--db", database, cwd=tmp_path)
        assert ran.returncode == 1
        assert ran.stdout.splitlines() == [
            f"{file}:4: expected a date such as 2026-11-25 13:42 or 25.11.2026, not 'вчера'",
            f"{file}:5: return of order A-9 is of an order that was never told; tell the order first",
            f"Orders: 2 {how}. Returns: 1 unknown-order.",
            "Lines that could not be read: 1.",
            "Receipts that waited for their orders: 0 accepted.",
        ]


def test_people_of_the_brand_are_named_and_taken_off(tmp_path: Path, database: str) -> None:
    def staff(*arguments: str) -> str:
        return run("staff", *arguments, "--db", database, cwd=tmp_path).stdout

    assert staff("add", "telegram:42", "operator") == "telegram:42 is operator.\n"
    assert staff("add", "telegram:42", "operator") == "telegram:42 was operator already.\n"
    assert staff("add", "vk:7", "admin") == "vk:7 is admin.\n"
    assert staff("list").splitlines() == ["telegram:42 operator", "vk:7 admin"]
    assert staff("remove", "telegram:42") == "telegram:42 lost 1 role.\n"
    wrong = run("staff", "add", "telegram:42", "boss", "--db", database, cwd=tmp_path)
    assert (wrong.returncode, "there is no role 'boss'" in wrong.stderr) == (2, True)


JOINING = (
    {"text": "/join"},
    {"action": "flow.pick:join:start:yes"},
    {"text": "да"},
    {"text": "нет"},
    {"text": "да"},
    {"text": "Анна"},
    {"contact": "+79123456789"},
)


def test_a_picture_of_a_receipt_becomes_points_by_people_and_then_by_its_order(tmp_path: Path, database: str) -> None:
    picture = shared_file("data", "receipts", "synthetic_easy.jpg")
    said = chat(
        [
            *({"chat": "ann", **line} for line in JOINING),
            {"chat": "ann", "photo": str(picture)},
            {"chat": "ann", "text": "/receipts"},
            {"chat": "op2", "action": "reviews.accept:1"},
            {"chat": "op1", "action": "reviews.accept:1"},
        ],
        *("--now", "2026-11-25T12:00:00+03:00", "--db", database),
        *("--staff", "op1:operator", "--staff", "op2:supervisor"),
    )
    sent, listed, accepted, late = ([(reply["to"], reply["text"]) for reply in line["replies"]] for line in said[-4:])
    assert [to for to, _ in sent] == ["ann", "ann", "ann", "op1", "op2"]
    assert "Чек посмотрят наши сотрудники" in listed[0][1]
    assert [to for to, _ in accepted] == ["op2", "ann"]
    assert re.search(r"Принят: \+687 баллов. Тратить можно с 30.11.2026", accepted[1][1])
    assert late == [("op1", "По этому вопросу уже решили: да.")]
