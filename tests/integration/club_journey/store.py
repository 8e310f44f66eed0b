"""The store and the operator beside the bot: orders, a receipt, the books of the club, what the database holds."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.runtime.clock import SystemClock
from tests.bench.receipt_photos import EASY, photo
from tests.integration.cli.process import run

PACK = Path(__file__).parent / "pack"
PATIENCE_SECONDS = 20.0
_LOOK_SECONDS = 0.05
_SOLD_AT = SystemClock().now().astimezone(ZoneInfo("Europe/Moscow")) - timedelta(days=1)
CODE = f"t={_SOLD_AT:%Y%m%dT%H%M}&s=9990.00&fn=9960440301234567&i=123456&fp=3344556677&n=1"
"""The code of the receipt of the order, as tills print it."""
TYPED = (f"{_SOLD_AT:%d.%m.%Y %H:%M}", "9990,00", "9960440301234567", "123456", "3344556677")
"""The same as it is read off the slip: when, how much, ФН, ФД, ФП."""
_HEAD = "Номер заказа;Дата;Артикул;Наименование;Сумма;ФН;ФД;Тип"


class Store:
    """Works on the database of a bot that runs, as an operator does: by commands."""

    def __init__(self, folder: Path, database: Path) -> None:
        """Connect it; `folder` is for its files."""
        self._folder = folder
        self._database = database

    @property
    def url(self) -> str:
        """Where the database is."""
        return f"sqlite+aiosqlite:///{self._database}"

    def receipt(self) -> bytes:
        """Photograph the receipt; a JPEG."""
        return photo(CODE, EASY, Random(1))  # noqa: S311 - a picture, no secret

    def sells(self) -> None:
        """Tell of the order."""
        self._tell("9960440301234567;123456;продажа", says="Orders: 1 new.")

    def takes_back(self) -> None:
        """Tell that all of it came back."""
        self._tell(";;возврат", says="Returns: 1 new.")

    def reconciles(self) -> None:
        """Count all points again: no difference."""
        ran = run("club", "reconcile", "--db", self.url, cwd=self._folder)
        assert ran.returncode == 0, ran.stdout + ran.stderr

    def found(self, traces: Sequence[str]) -> set[str]:
        """Tell which of `traces` stand anywhere in the database."""
        with closing(sqlite3.connect(self._database, timeout=10)) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            values = [value for table in tables for value in self._values(connection, table)]
        return {trace for trace in traces if any(trace in value for value in values)}

    def wait_forgotten(self, traces: Sequence[str]) -> None:
        """Wait until none of `traces` is there any more."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while left := self.found(traces):
            assert time.monotonic() < deadline, f"still in the database: {left}"
            time.sleep(_LOOK_SECONDS)

    def files(self) -> set[str]:
        """Name the files that the bot keeps for members."""
        return {file.name for file in (self._folder / ".klubok" / "files").rglob("*") if file.is_file()}

    def _values(self, connection: sqlite3.Connection, table: str) -> list[str]:
        found = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from its own schema
        return [_text(value) for row in found for value in row]

    def _tell(self, rest: str, *, says: str) -> None:
        file = self._folder / "orders.csv"
        line = f"A-1;{_SOLD_AT:%d.%m.%Y %H:%M};p1;Пряжа;9990,00;{rest}"
        file.write_text(f"{_HEAD}\n{line}\n", encoding="utf-8")
        ran = run("orders", "import", file, "--db", self.url, "--pack", PACK, cwd=self._folder)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert says in ran.stdout, ran.stdout


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
