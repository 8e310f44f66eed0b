"""A maker of tools and cleaning machines: a windows-1251 feed with other goods and other names of params."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

_CATEGORIES = (
    ("1", "Электроинструмент", ""),
    ("2", "Дрели и шуруповёрты", "1"),
    ("3", "Перфораторы", "1"),
    ("4", "Уборка", ""),
    ("5", "Пылесосы", "4"),
    ("6", "Мойки высокого давления", "4"),
    ("7", "Расходные материалы и аккумуляторы", ""),
)
_BRAND = """\
name = "Вихрь-мастер"
site = "https://vihr.example"
store = "https://shop.vihr.example"
languages = ["ru", "en"]
[contacts]
phone = "+7 800 000-00-01"
"""
_FAQ = """\
- id: delivery
  questions: [Сколько стоит доставка?, когда привезут заказ, How much is delivery?]
  answer: Доставка 400 рублей.
  answer_en: Delivery is 400 rubles.
- id: warranty-extend
  questions: [Как продлить гарантию?, расширенная гарантия, How do I extend the warranty?]
  answer: Зарегистрируйте инструмент на сайте.
  answer_en: Register the tool on the site.
- id: return
  questions: [Как вернуть товар?, хочу сдать инструмент обратно, How do I return a product?]
  answer: В течение 14 дней.
  answer_en: Within 14 days.
- id: repair
  questions: [Где починить инструмент?, сервисный центр, Where can I get it repaired?]
  answer: В сервисном центре.
  answer_en: At the service centre.
"""
_SYNONYMS = """\
- [шуруповёрт, шурик, drill driver, cordless drill]
- [дрель, drill]
- [перфоратор, перф, rotary hammer]
- [пылесос, пылик, vacuum cleaner, vacuum, hoover]
- [мойка высокого давления, минимойка, керхер, pressure washer]
- [аккумулятор, акб, батарея, battery]
- [DS-18, восемнашка]
"""


class Made(NamedTuple):
    """An offer: params are written ``name``, ``name|unit``."""

    id: str
    category: str
    type: str
    model: str
    price: str
    params: Mapping[str, str]
    is_there: bool = True
    group: str = ""


def _driver(id_: str, model: str, price: str, voltage: str, torque: str, mass: str, **more: str) -> Made:  # noqa: PLR0917
    params = {
        "Тип питания": "аккумулятор",
        "Напряжение|В": voltage,
        "Крутящий момент, Н·м": torque,
        "Масса, кг": mass,
        "Бесщёточный двигатель": more.get("brushless", "нет"),
        "Подсветка": "да",
        "Реверс": "да",
        "Аккумулятор": more.get("battery", "LB-1815"),
        "Число скоростей": "2",
        "Цвет корпуса": more.get("colour", "зелёный"),
    }
    group = more.get("group", "")
    return Made(id_, "2", "Аккумуляторная дрель-шуруповёрт", model, price, params, more.get("gone") is None, group)


def _hammer(id_: str, model: str, price: str, power: str, energy: str, mass: str, *, is_there: bool = True) -> Made:  # noqa: PLR0917
    params = {
        "Тип питания": "сеть",
        "Потребляемая мощность|Вт": power,
        "Энергия удара|Дж": energy,
        "Масса, кг": mass,
        "Патрон": "SDS-Plus" if float(energy) < 8 else "SDS-Max",
        "Режим долбления": "да",
        "Длина сетевого кабеля|м": "4",
    }
    return Made(id_, "3", "Перфоратор", model, price, params, is_there)


def _vacuum(id_: str, model: str, price: str, power: str, litres: str, decibels: str, **more: str) -> Made:  # noqa: PLR0917
    params = {
        "Мощность|Вт": power,
        "Объём пылесборника|л": litres,
        "Уровень шума|дБ": decibels,
        "Вес|кг": more["weight"],
        "Влажная уборка": more.get("wet", "нет"),
        "Функция выдува": more.get("blow", "нет"),
        "Длина шнура|м": more.get("cord", "5"),
        "Цвет": more.get("colour", "серый"),
    } | ({"Время работы|мин": more["minutes"]} if "minutes" in more else {})
    return Made(id_, "5", more.get("type", "Пылесос"), model, price, params, group=more.get("group", ""))


def _washer(id_: str, model: str, price: str, bar: str, litres: str, mass: str) -> Made:  # noqa: PLR0917
    params = {
        "Максимальное давление|бар": bar,
        "Расход воды|л/ч": litres,
        "Мощность|кВт": "1.8",
        "Вес|кг": mass,
        "Забор воды из ёмкости": "да" if int(bar) > 120 else "нет",
        "Длина шланга|м": "6",
    }
    return Made(id_, "6", "Мойка высокого давления", model, price, params)


GOODS: Sequence[Made] = (
    _driver("ds12", "DS-12", "3990", "12", "28", "1.1", battery="LB-1220"),
    _driver("ds18", "DS-18", "5990", "18", "45", "1.5", group="g18"),
    _driver("ds18r", "DS-18", "6190", "18", "45", "1.5", group="g18", colour="красный"),
    _driver("ds18m", "DS-18M", "8990", "18", "60", "1.6", brushless="да"),
    _driver("ds20", "DS-20 Pro", "12990", "20", "80", "1.9", brushless="да", battery="LB-2040", gone="1"),
    _hammer("rh600", "RH-600", "4490", "620", "2.2", "2.3"),
    _hammer("rh850", "RH-850", "6990", "850", "3.2", "3.1"),
    _hammer("rh1200", "RH-1200", "13990", "1200", "9", "5.8"),
    _hammer("rh1500", "RH-1500", "18990", "1500", "12", "6.9", is_there=False),
    _vacuum("pc1400", "ВП-1400", "4990", "1400", "1.5", "82", weight="3.9"),
    _vacuum("pc1800", "ВП-1800", "6490", "1800", "2", "78", weight="4.6", colour="красный", group="v18"),
    _vacuum("pc1800b", "ВП-1800", "6490", "1800", "2", "78", weight="4.6", colour="синий", group="v18"),
    _vacuum("pc1800m", "ВП-1800М", "7990", "1800", "3", "74", weight="5.2", wet="да"),
    _vacuum(
        "st20", "ST-20", "9990", "1200", "20", "80", weight="7.5", wet="да", blow="да", type="Строительный пылесос"
    ),
    _vacuum(
        "st35", "ST-35", "14990", "1600", "35", "76", weight="11", wet="да", blow="да", type="Строительный пылесос"
    ),
    _vacuum(
        "hv10", "HV-10", "8490", "250", "0.5", "70", weight="1.4", minutes="40", cord="0", type="Вертикальный пылесос"
    ),
    _vacuum(
        "hv20", "HV-20", "12490", "400", "0.8", "72", weight="1.7", minutes="60", cord="0", type="Вертикальный пылесос"
    ),
    _washer("mw110", "MW-110", "5490", "110", "330", "5.5"),
    _washer("mw130", "MW-130", "8990", "130", "420", "7.2"),
    _washer("mw160", "MW-160", "15990", "160", "500", "14"),
    Made(
        "lb1815", "7", "Аккумулятор", "LB-1815", "1990", {"Ёмкость|А·ч": "1.5", "Совместимые модели": "DS-18, DS-18M"}
    ),
    Made("lb1840", "7", "Аккумулятор", "LB-1840", "3490", {"Ёмкость|А·ч": "4", "Совместимые модели": "DS-18, DS-18M"}),
    Made("lb1220", "7", "Аккумулятор", "LB-1220", "1490", {"Ёмкость|А·ч": "2", "Совместимые модели": "DS-12"}),
    Made("lb2040", "7", "Аккумулятор", "LB-2040", "4490", {"Ёмкость|А·ч": "4", "Совместимые модели": "DS-20 Pro"}),
    Made("bag1800", "7", "Мешок для пылесоса", "MB-5", "390", {"Совместимые модели": "ВП-1400, ВП-1800, ВП-1800М"}),
    Made("filter35", "7", "Фильтр для пылесоса", "HF-35", "990", {"Совместимые модели": "ST-20, ST-35"}),
    Made("bits", "7", "Набор бит", "BS-32", "590", {"Количество в наборе|шт": "32"}),
)


def write_tools(folder: Path) -> Path:
    """Write the pack into `folder`, which may not be there yet; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brand.toml").write_text(_BRAND, encoding="utf-8")
    (folder / "faq.yaml").write_text(_FAQ, encoding="utf-8")
    (folder / "synonyms.yaml").write_text(_SYNONYMS, encoding="utf-8")
    (folder / "catalogue.xml").write_text(_feed(), encoding="windows-1251")
    return folder


def _feed() -> str:
    categories = "".join(
        f"<category id={quoteattr(id_)}{f' parentId={quoteattr(parent)}' if parent else ''}>{escape(name)}</category>\n"
        for id_, name, parent in _CATEGORIES
    )
    return (
        '<?xml version="1.0" encoding="windows-1251"?>\n<yml_catalog date="2026-11-01 09:00"><shop>'
        f"<name>Вихрь-мастер</name><categories>{categories}</categories>\n<offers>\n"
        + "".join(map(_offer, GOODS))
        + "</offers></shop></yml_catalog>\n"
    )


def _offer(made: Made) -> str:
    params = "".join(f"<param{_named(name)}>{escape(value)}</param>" for name, value in made.params.items())
    group = f" group_id={quoteattr(made.group)}" if made.group else ""
    return (
        f'<offer id="{made.id}" type="vendor.model" available="{"true" if made.is_there else "false"}"{group}>'
        f"<url>https://shop.vihr.example/{made.id}</url><price>{made.price}</price><currencyId>RUB</currencyId>"
        f"<categoryId>{made.category}</categoryId><typePrefix>{escape(made.type)}</typePrefix>"
        f"<vendor>Вихрь</vendor><model>{escape(made.model)}</model>{params}</offer>\n"
    )


def _named(name: str) -> str:
    title, _, unit = name.partition("|")
    return f" name={quoteattr(title)}" + (f" unit={quoteattr(unit)}" if unit else "")
