"""Brand: `brand.toml` read and checked."""

import re
from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo

from bot.domain.brand import Brand, Contacts, Line
from bot.domain.catalogue import Category
from bot.knowledge.feed.address import shown
from bot.knowledge.pack.check import Check, hint, listed
from bot.knowledge.pack.hours import read_hours
from bot.knowledge.pack.notation.fields import Fields
from bot.knowledge.pack.notation.toml_tree import read_toml
from bot.knowledge.pack.notation.values import is_url

_PHONE = re.compile(r"\+?[0-9 ()\-]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_PHONE_DIGITS = range(3, 16)  # from short numbers such as 0611 to E.164


def read_brand(text: str, check: Check, *, languages: Collection[str]) -> Brand | None:
    """Read `brand.toml`; None when it has errors. `languages` are those the bot can speak."""
    table, _ = read_toml(text, check)
    if check.has_errors():
        return None
    fields = Fields(table, check)
    brand = Brand(
        name=fields.required("name"),
        site=fields.url("site"),
        store=fields.url("store"),
        languages=_languages(fields, languages) or Brand(name="").languages,
        timezone=_timezone(fields),
        catalogue=_catalogue(fields),
        hours=read_hours(fields.child("hours")),
        contacts=_contacts(fields.child("contacts")),
        lines=_lines(fields),
        has_ratings=fields.flag("ratings", default=True),
    )
    fields.finish()
    return None if check.has_errors() else brand


def catalogue_urls(text: str) -> tuple[str, ...]:
    """Return the addresses of feeds of a `brand.toml`, whatever else is wrong with it."""
    check = Check("")
    return _catalogue(Fields(read_toml(text, check)[0], check))


def check_lines(text: str, check: Check, *, categories: Mapping[str, Category]) -> None:
    """Report categories of the brand's lines that the feed does not have."""
    table, _ = read_toml(text, Check(check.file))
    quiet = Check(check.file)
    for line in Fields(table, quiet).children("lines"):
        for category, number in line.texts_with_lines("categories", may_be_bare=True):
            if category not in categories:
                text = f"[[lines]]: category {category[:60]} is not in the catalogue{hint(category, categories)}"
                check.warn("unknown-category", text, number)


def _languages(fields: Fields, known: Collection[str]) -> tuple[str, ...]:
    found: list[str] = []
    for language, line in fields.texts_with_lines("languages"):
        if language not in known:
            text = f"languages: {language[:20]!r} is not known; known are {listed(known)}"
            fields.check.error("unknown-language", text, line)
        elif language in found:
            fields.check.warn("repeated-language", f"languages: {language} is there twice", line)
        else:
            found.append(language)
    if not found and fields.has("languages") and not fields.check.has_errors():
        text = f"languages is empty; name at least one of {listed(known)}, or leave the key out"
        fields.check.error("missing", text, fields.line("languages"))
    return tuple(found)


def _timezone(fields: Fields) -> ZoneInfo:
    name = fields.text("timezone")
    if name:
        try:
            return ZoneInfo(name)
        except (OSError, ValueError, LookupError):
            text = f"timezone {name[:60]!r} is not known; write a name such as Europe/Moscow"
            fields.check.error("bad-timezone", text, fields.line("timezone"))
    return Brand(name="").timezone


def _catalogue(fields: Fields) -> tuple[str, ...]:
    urls: list[str] = []
    for url, line in fields.texts_with_lines("catalogue"):
        if is_url(url) and url.startswith("https://"):
            urls.append(url)
        else:
            fields.check.error("bad-url", f"catalogue: write an address with https://, not {shown(url)[:100]}", line)
    return tuple(dict.fromkeys(urls))


def _contacts(fields: Fields) -> Contacts:
    contacts = Contacts(phone=fields.text("phone"), email=fields.text("email"))
    digits = sum(character.isdigit() for character in contacts.phone)
    if contacts.phone and not (_PHONE.fullmatch(contacts.phone) and digits in _PHONE_DIGITS):
        text = "[contacts]: phone does not look like one; write +7 800 000-00-00"
        fields.check.warn("bad-phone", text, fields.line("phone"))
    if contacts.email and not _EMAIL.fullmatch(contacts.email):
        text = "[contacts]: email does not look like one; write help@brand.example"
        fields.check.warn("bad-email", text, fields.line("email"))
    fields.finish()
    return contacts


def _lines(fields: Fields) -> tuple[Line, ...]:
    lines: dict[str, Line] = {}
    for child in fields.children("lines"):
        line = Line(
            id=child.id(),
            name=child.required("name"),
            categories=child.texts("categories", may_be_bare=True),
        )
        child.finish()
        if line.id and line.id in lines:
            fields.check.error("repeated-id", f"[[lines]]: id {line.id} is there twice", child.line("id"))
        lines[line.id] = line
    return tuple(lines.values())
