"""Offers: one `<offer>` of a feed read into an Offer, with what is wrong about it."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from lxml import etree

from bot.domain.actions import Action
from bot.domain.catalogue import Offer, Param
from bot.knowledge.feed.bounds import (
    LONGEST_DESCRIPTION,
    LONGEST_ID,
    LONGEST_ID_OF_A_BUTTON,
    LONGEST_NAME,
    LONGEST_URL,
    LONGEST_VALUE,
    MOST_BARCODES,
    MOST_CATEGORIES,
    MOST_PARAMS,
    MOST_PICTURES,
)
from bot.knowledge.feed.elements import Element, line_of, text_of
from bot.knowledge.feed.findings import Findings
from bot.knowledge.feed.markup import line, plain
from bot.knowledge.feed.prices import currency, kopecks

_SUPPORTED_TYPES = frozenset({"", "simple", "vendor.model"})
_FROM = "price from"
_NAME, _UNIT = b"name", b"unit"  # lxml encodes names at every call; bytes spare it a tenth of the time
_NUMBERS = frozenset({"price", "oldprice"})
_EMPTY = Param("", "")
_CACHED_PARAMS = 20_000
_CACHED_LENGTH = 300
_Key: TypeAlias = tuple[str | None, str | None, str | None]
_Lists: TypeAlias = dict[object, list[str]]
_AVAILABLE = {"true": True, "false": False}


class OfferReader:
    """Reads the offers of one feed; equal params of different offers share one object."""

    def __init__(self, findings: Findings, file: str) -> None:
        self._findings = findings
        self._file = file
        self._params: dict[_Key, Param] = {}

    def read(self, element: Element) -> Offer | None:
        """Read one offer; None where it cannot be used. Never raises, whatever the element holds."""
        offer_id = (element.get("id") or "").strip()
        if not offer_id or len(offer_id) > LONGEST_ID:
            self._warn("bad-id", "an offer has no id or a too long one; skipped", element)
            return None
        kind = (element.get("type") or "").strip()
        if kind not in _SUPPORTED_TYPES:
            self._findings.tally("unsupported-type", f"offers of type {kind[:40]} are not goods for the shelf; skipped")
            return None
        self._weigh(offer_id, element)
        return self._build(offer_id, kind, element)

    def _weigh(self, offer_id: str, element: Element) -> None:
        """Warn about an id that no button can carry; a character takes 4 bytes at most."""
        if 4 * len(offer_id) <= LONGEST_ID_OF_A_BUTTON:
            return
        if len(Action("", (offer_id,)).encode().encode()) > 1 + LONGEST_ID_OF_A_BUTTON:
            text = f"offer {offer_id} has an id of more than {LONGEST_ID_OF_A_BUTTON} bytes; no button can open it"
            self._warn("long-id", text, element)

    def _build(self, offer_id: str, kind: str, element: Element) -> Offer | None:
        texts, lists, params = self._sort(offer_id, element)
        name = self._cut(offer_id, "name", _name(kind, texts), LONGEST_NAME, element)
        if not name:
            self._warn("no-name", f"offer {offer_id} has neither a name nor a model; skipped", element)
            return None
        price_text = texts.get("price", "")
        price = kopecks(price_text)
        if price is None:
            self._warn_about_price(offer_id, price_text, element)
        url = texts.get("url", "")
        if not url or len(url) > LONGEST_URL:
            url = ""
            self._findings.tally("no-url", "offers without a usable url; kept, but cannot be linked to")
        return Offer(
            id=offer_id,
            name=name,
            category_ids=self._listed(offer_id, lists["categoryId"], MOST_CATEGORIES, element),
            vendor=line(texts.get("vendor", ""))[:LONGEST_NAME],
            model=line(texts.get("model", ""))[:LONGEST_NAME],
            vendor_code=texts.get("vendorCode", "")[:LONGEST_NAME],
            type_prefix=line(texts.get("typePrefix", ""))[:LONGEST_NAME],
            group_id=(element.get("group_id") or "").strip()[:LONGEST_ID],
            price_kopecks=price,
            old_price_kopecks=kopecks(texts.get("oldprice", "")),
            is_price_from=texts.get(_FROM, "").strip().lower() == "true",
            currency=currency(texts.get("currencyId", "")),
            is_available=_AVAILABLE.get((element.get("available") or "").strip().lower()),
            url=url,
            pictures=self._listed(offer_id, lists["picture"], MOST_PICTURES, element),
            description=self._describe(offer_id, texts.get("description", ""), element),
            params=self._join(offer_id, params, element),
            barcodes=self._listed(offer_id, lists["barcode"], MOST_BARCODES, element),
        )

    def _sort(self, offer_id: str, element: Element) -> tuple[dict[object, str], _Lists, list[Param]]:
        """Sort the children: single texts (the first of a tag wins), repeated texts, params.

        The hottest loop of the room. What is no element (an entity) is found by its tag, which is a function.
        """
        texts: dict[object, str] = {}
        lists: _Lists = {"categoryId": [], "picture": [], "barcode": []}
        params: list[Param] = []
        known = self._params
        for child in element:
            tag = child.tag
            text = self._nested(offer_id, child) if len(child) else child.text
            if tag == "param":
                key = (child.get(_NAME), text, child.get(_UNIT))
                params.append(known.get(key) or self._param(key))
            elif not text:
                continue
            elif tag in lists:
                lists[tag].append(text.strip())
            elif tag not in texts:
                texts[tag] = text.strip()
                if tag == "price":
                    texts[_FROM] = child.get("from", "")
        if etree.Entity in texts:
            self._entity(offer_id, element)
        return texts, lists, params

    def _nested(self, offer_id: str, child: Element) -> str:
        text, entities = text_of(child)
        if entities:
            self._entity(offer_id, child)
            if child.tag in _NUMBERS:
                return f"{text}&"  # a number with a hole in it is no number
        return text

    def _param(self, key: _Key) -> Param:
        """Read a param and remember it; one without a name or a value is `_EMPTY`."""
        name, value, unit = key
        if len(self._params) >= _CACHED_PARAMS:
            self._params.clear()
        limit = LONGEST_VALUE
        clean_name, clean_value = line(name or "")[:limit], plain(value or "", limit)[0]
        param = Param(clean_name, clean_value, line(unit or "")[:limit]) if clean_name and clean_value else _EMPTY
        if sum(len(part or "") for part in key) <= _CACHED_LENGTH:
            self._params[key] = param
        return param

    def _join(self, offer_id: str, params: list[Param], element: Element) -> tuple[Param, ...]:
        """Join values of one name and unit; a name with two units stays two params, since joining would mix them."""
        if len({param.name for param in params if param.name}) == len(params) <= MOST_PARAMS:
            return tuple(params)
        joined: dict[tuple[str, str], Param] = {}
        for param in params[:MOST_PARAMS]:
            if param is _EMPTY:
                continue
            known = joined.setdefault((param.name, param.unit), param)
            if known is not param and len(known.value) < LONGEST_VALUE:
                value = f"{known.value}, {param.value}"[:LONGEST_VALUE]
                joined[param.name, param.unit] = Param(param.name, value, param.unit)
        if len(params) > MOST_PARAMS:
            self._warn("long-text", f"offer {offer_id} has {len(params)} params; the first are kept", element)
        return tuple(joined.values())

    def _listed(self, offer_id: str, values: Sequence[str], limit: int, element: Element) -> tuple[str, ...]:
        if len(values) == 1 and 0 < len(values[0]) <= LONGEST_URL:
            return (values[0],)
        kept = [value for value in dict.fromkeys(values) if value and len(value) <= LONGEST_URL]
        if len(kept) > limit:
            self._warn("long-text", f"offer {offer_id} repeats an element {len(kept)} times; {limit} kept", element)
        return tuple(kept[:limit])

    def _describe(self, offer_id: str, text: str, element: Element) -> str:
        if not text:
            return ""
        description, is_cut = plain(text, LONGEST_DESCRIPTION)
        if is_cut:
            self._warn("long-text", f"offer {offer_id} has a long description; cut", element)
        return description

    def _cut(self, offer_id: str, what: str, text: str, limit: int, element: Element) -> str:
        if len(text) > limit:
            self._warn("long-text", f"offer {offer_id} has a long {what}; cut to {limit} characters", element)
        return text[:limit]

    def _entity(self, offer_id: str, element: Element) -> None:
        self._warn("entity", f"offer {offer_id} refers to an entity (&name;), which is never followed", element)

    def _warn_about_price(self, offer_id: str, text: str, element: Element) -> None:
        if text:
            self._warn("broken-price", f"offer {offer_id} has the price {text[:40]!r}; kept without a price", element)
        else:
            self._findings.tally("no-price", "offers without a price; kept")

    def _warn(self, kind: str, text: str, element: Element) -> None:
        self._findings.add(kind, text, line=line_of(element), file=self._file)


def _name(kind: str, texts: Mapping[object, str]) -> str:
    """Name the offer; one of the kind `vendor.model` is named by its parts, as the store's site does."""
    name, model = texts.get("name", ""), texts.get("model", "")
    if model and (kind == "vendor.model" or not name):
        name = f"{texts.get('typePrefix', '')} {texts.get('vendor', '')} {model}"
    return line(name)
