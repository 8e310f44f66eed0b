"""Samples: feeds written for tests."""

from collections.abc import Mapping

CATEGORIES = '<category id="1">Свет</category><category id="2" parentId="1">Лампы</category>'

OFFER = """<offer id="{id}" available="true" group_id="g1">
<url>https://shop.example/{id}</url><price>1990.50</price><oldprice>2490</oldprice><currencyId>RUR</currencyId>
<categoryId>2</categoryId><picture>https://shop.example/{id}.jpg</picture><name>Лампа {id}</name>
<vendor>Люмен</vendor><description><![CDATA[<p>Тёплый&nbsp;свет</p>]]></description>
<barcode>4600000000017</barcode><param name="Мощность" unit="Вт">9</param></offer>
"""


def yml(offers: str, *, categories: str = CATEGORIES, head: str = "", encoding: str = "utf-8") -> bytes:
    """Write a feed around `offers`; `head` goes between the declaration and the root."""
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>\n{head}'
    shop = f"<name>Магазин</name><categories>{categories}</categories>\n<offers>\n{offers}</offers>"
    return f'{declaration}<yml_catalog date="2026-11-23 11:00"><shop>{shop}</shop></yml_catalog>\n'.encode(encoding)


def offers(count: int) -> str:
    """Write `count` ordinary offers with ids from 1."""
    return "".join(OFFER.format(id=number) for number in range(1, count + 1))


def offer(inner: str, *, id: str = "x", attributes: Mapping[str, str] | None = None) -> str:  # noqa: A002
    """Write one offer around `inner`, good but for what `inner` says."""
    extra = "".join(f' {name}="{value}"' for name, value in (attributes or {}).items())
    return f'<offer id="{id}"{extra}>{inner}</offer>\n'


GOOD = "<url>https://shop.example/x</url><price>10</price><categoryId>2</categoryId><name>Лампа</name>"
