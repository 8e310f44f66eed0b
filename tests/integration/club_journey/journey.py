"""The journey: one script through the whole club, from joining to being forgotten; and what people must see of it."""

import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tests.integration.club_journey.store import CODE, Store

NAME = "Василиса"
_VOUCHER = re.compile(r"Ваш код — (\S+)")
_LINK = re.compile(r"/link ([A-Z0-9]{4}-[A-Z0-9]{4})")


class Account(Protocol):
    """Somebody's account in a messenger, with the app in hand."""

    @property
    def chat_id(self) -> str:
        """How the platform knows it."""
        ...

    def write(self, text: str) -> None:
        """Send a text."""
        ...

    def press(self, label: str) -> None:
        """Press a button of the latest message that has it."""
        ...

    def give_phone(self) -> str:
        """Answer the question for a phone, by the platform's button or typed with its code; return the number."""
        ...

    def send_receipt(self, store: Store) -> None:
        """Send a photo of the receipt, or type its fields in."""
        ...

    def sees(self, *phrases: str) -> str:
        """Wait until every phrase stands in what was shown since the last act; return all of that.

        Raises:
            AssertionError: they do not come.
        """
        ...

    def receives_file(self) -> bytes:
        """Wait for a file; return its content."""
        ...


def play(first: Account, second: Account, store: Store) -> None:
    """Play it all. `first` and `second` are two accounts of one person."""
    phone = _join(first)
    _register_receipt(first, store)
    voucher = _redeem(first)
    _return_purchase(first, store, voucher)
    _link(first, second)
    _export(first, phone=phone, voucher=voucher)
    _erase(first, second, store, phone=phone)


def _join(me: Account) -> str:
    me.write("/join")
    me.sees("вступить бесплатно", "Баллы за каждую покупку")
    me.press("Вступить")
    me.sees("Согласие на обработку персональных данных")
    me.press("Согласен")
    me.sees("Согласие на рекламные сообщения")
    me.press("Нет, спасибо")
    me.sees("исполнилось 18 лет?")
    me.press("Да, исполнилось")
    me.sees("Как к вам обращаться?")
    me.write(NAME)
    me.sees("Остался номер телефона")
    phone = me.give_phone()
    me.sees(f"{NAME}, вы в клубе «Моток»!", "Номер вашей карты:")
    _club(me, "Можно потратить: 100 баллов", "Уровень: Новичок", "До уровня «Мастер»: ещё 500 баллов")
    return phone


def _register_receipt(me: Account, store: Store) -> None:
    """The store tells of the order; its receipt is found by its numbers, so nobody of the brand has to look."""
    store.sells()
    me.send_receipt(store)
    me.sees("на 9 990,00 ₽", "Принят: +990 баллов.")
    _club(me, "Можно потратить: 1 090 баллов", "Уровень: Мастер")
    me.write(CODE)
    me.sees("Этот чек вы уже присылали.")


def _redeem(me: Account) -> str:
    me.write("/rewards")
    me.sees("У вас 1 090 баллов", "Шарф: 500 баллов")
    me.press("Шарф · 500")
    me.sees("Обменять 500 баллов на «Шарф»?")
    me.press("Да, 500 баллов")
    found = _VOUCHER.search(me.sees("Готово: Шарф. Ваш код — "))
    assert found is not None
    _club(me, "Можно потратить: 590 баллов")
    return found.group(1)


def _return_purchase(me: Account, store: Store, voucher: str) -> None:
    """The return takes back more than is left: the rest is owed, until the reward is given back."""
    store.takes_back()
    _club(me, "Баллов пока нет", "Долг за возвращённые покупки: 400 баллов")
    me.write("/history")
    me.sees("−990 возврат покупки")
    me.write("/rewards")
    me.sees("Награды")
    me.press("Мои коды")
    me.sees(f"{voucher} — Шарф")
    me.press(f"Вернуть 500 баллов ({voucher})")
    me.sees("Вернул 500 баллов.")
    _club(me, "Можно потратить: 100 баллов")


def _link(me: Account, second: Account) -> None:
    second.write("/club")
    second.sees("Вы пока не в клубе «Моток»")
    me.write("/link")
    found = _LINK.search(me.sees("Код действует 10 минут"))
    assert found is not None
    second.write(f"/link {found.group(1)}")
    second.sees("Подтвердите это в том мессенджере, где взяли код")
    me.sees("Соединить вашу карту с аккаунтом")
    me.press("Да, это я")
    me.sees("теперь карта и баллы общие")
    second.sees("карта и баллы теперь общие")
    for account in (me, second):
        _club(account, f"Моток: {NAME}", "Можно потратить: 100 баллов")


def _export(me: Account, *, phone: str, voucher: str) -> None:
    me.write("/card")
    me.sees("уровень «Мастер»")
    me.write("/mydata")
    me.sees("Здесь всё, что у меня о вас есть")
    with zipfile.ZipFile(io.BytesIO(me.receives_file())) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    [page], [data] = ([text for name, text in texts.items() if name.endswith(end)] for end in (".html", ".json"))
    json.loads(data)
    for known in (NAME, phone.removeprefix("+"), voucher, "/rewards"):
        assert known in page, f"no {known!r} on the page"
        assert known in data, f"no {known!r} in the JSON"


def _erase(me: Account, second: Account, store: Store, *, phone: str) -> None:
    """What is looked for afterwards is there before: else to find nothing would prove nothing."""
    traces = (NAME, phone.removeprefix("+"), me.chat_id, second.chat_id, "Соединить вашу карту", "/link")
    assert store.found(traces) == set(traces)
    assert {Path(name).suffix for name in store.files()} == {".png", ".zip"}
    me.write("/forget")
    me.sees("Удалить всё, что я о вас знаю?")
    me.press("Да, удалить всё")
    me.sees("Хорошо, удаляю.")
    store.wait_forgotten(traces)
    assert not store.files()
    store.reconciles()


def _club(account: Account, *phrases: str) -> None:
    account.write("/club")
    account.sees(*phrases)


def shown_since(texts: Sequence[str]) -> str:
    """Put what was shown together; spaces that do not break are spaces."""
    return "\n".join(texts).replace("\u00a0", " ").replace("\u202f", " ")
