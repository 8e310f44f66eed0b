"""Checks of requests and events against the published 5.199 schema, mended by the reviewed overlay."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from tests.fakes.vk.wire import BadRequestError, JsonObject
from tests.shared import SHARED

SPEC = SHARED / "specs" / "vk-api-5.199"
OVERLAY = Path(__file__).with_name("overlay.json")
HOST = "http://vk.invalid/"  # references are relative, and urljoin wants a scheme it knows
COMMON = frozenset({"v", "access_token", "lang", "test_mode", "captcha_sid", "captcha_key", "success_token"})
KEYWORDS = ("type", "enum", "minimum", "maximum", "maxLength", "minLength", "pattern", "maxItems")
NUMBERS = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?"}
ERROR_CODES = {"keyboard": 911}


class Spec:
    """The schema of methods and events. Without the published files only the overlay's own part is checked."""

    def __init__(self, folder: Path = SPEC) -> None:
        overlay = json.loads(OVERLAY.read_text(encoding="utf-8"))
        self.is_present = folder.is_dir()
        self.status = "checked against the 5.199 schema" if self.is_present else f"skipped: no folder {folder.name}"
        self._overlay: dict[str, JsonObject] = overlay["parameters"]
        self._json = {name: _own_validator(schema, overlay["definitions"]) for name, schema in overlay["json"].items()}
        self._documents = _read(folder, overlay["patches"]) if self.is_present else {}
        self._methods = {
            method["name"]: method
            for document in self._documents.values()
            for method in document.get("methods", ())
            if isinstance(method, dict)
        }
        resources = [(HOST + name, DRAFT7.create_resource(_hoist(text))) for name, text in self._documents.items()]
        self._registry: Registry[Any] = Registry().with_resources(resources)
        self._validators: dict[tuple[str, str], Draft7Validator] = {}
        self._judged: dict[tuple[str, str], list[str]] = {}

    def knows(self, method: str) -> bool:
        """Tell whether the schema lists the method."""
        return method in self._methods or method in self._overlay

    def takes_group_token(self, method: str) -> bool:
        """Tell whether a community token may call the method."""
        return "group" in self._methods.get(method, {}).get("access_token_type", ["group"])

    def check_request(self, method: str, params: Mapping[str, str]) -> None:
        """Check the parameters of a call.

        Raises:
            BadRequestError: error 100, or 911 for a keyboard; the first problem is in the detail.
        """
        known = self._parameters(method)
        for name, value in params.items():
            if name in COMMON:
                continue
            if name not in known:
                if self.is_present:
                    raise BadRequestError(f"{name} is not a parameter of {method}")
                continue
            self._check_parameter(method, name, value, known[name])
        missing = [name for name, schema in known.items() if schema.get("required") is True and name not in params]
        if missing:
            raise BadRequestError(f"{missing[0]} is undefined")

    def event_problems(self, definition: str, value: object) -> list[str]:
        """Check an event's object against its definition; empty without the published files."""
        if not self.is_present:
            return []
        validator = self._validator("", f"callback/objects.json#/definitions/{definition}")
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    def response_problems(self, method: str, answer: JsonObject) -> list[str]:
        """Check a whole answer against the forms the schema allows; empty when one of them fits."""
        forms = self._methods.get(method, {}).get("responses", {})
        folder = _section(method)
        problems: list[str] = []
        for form in forms.values():
            validator = self._validator(f"{folder}/methods.json", form["$ref"])
            found = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]
            if not found:
                return []
            problems += found
        return problems

    def _parameters(self, method: str) -> dict[str, JsonObject]:
        listed = self._methods.get(method, {}).get("parameters") or []
        return {parameter["name"]: parameter for parameter in listed} | self._overlay.get(method, {})

    def _check_parameter(self, method: str, name: str, value: str, schema: JsonObject) -> None:
        problems = list(_form_problems(value, schema))
        if schema.get("type") == "array" and not problems:
            problems = self._item_problems(method, value, schema)
        if "json" in schema and value and not problems:  # an empty keyboard= is how clients leave it out
            key = (schema["json"], value)
            if key not in self._judged:  # keyboards repeat, and a check takes milliseconds
                self._judged[key] = self._json_problems(*key)
            problems = self._judged[key]
        if problems:
            raise BadRequestError(f"{name} {problems[0]}", ERROR_CODES.get(schema.get("json", ""), 100))

    def _item_problems(self, method: str, value: str, schema: JsonObject) -> list[str]:
        reference = schema.get("items", {}).get("$ref")
        if reference is None or not value:
            return []
        validator = self._validator(f"{_section(method)}/methods.json", reference)
        return [error.message for item in value.split(",") for error in validator.iter_errors(item)]

    def _json_problems(self, kind: str, value: str) -> list[str]:
        try:
            parsed = json.loads(value)
        except ValueError:
            return ["is not JSON"]
        problems = [_explain(error) for error in self._json[kind].iter_errors(parsed)]
        if kind in {"keyboard", "forward"} and self.is_present and not problems:
            validator = self._validator("", f"messages/objects.json#/definitions/messages_{kind}")
            problems = [_explain(error) for error in validator.iter_errors(parsed)]
        return problems

    def _validator(self, base: str, reference: str) -> Draft7Validator:
        key = (base, reference)
        if key not in self._validators:
            uri = reference if not base else _join(base, reference)
            self._validators[key] = Draft7Validator({"$ref": HOST + uri}, registry=self._registry)
        return self._validators[key]


@lru_cache
def shared_spec() -> Spec:
    """Read the schema once for all fakes of a process."""
    return Spec()


def _form_problems(value: str, schema: JsonObject) -> Iterator[str]:
    kind = schema.get("type")
    if kind == "boolean":
        if value not in {"0", "1"}:
            yield f"must be 0 or 1, not {value!r}"
        return
    item = schema.get("items", {}).get("type") if kind == "array" else kind
    parts = value.split(",") if kind == "array" else [value]
    pattern = NUMBERS.get(item) if isinstance(item, str) else None
    if pattern and (value or kind != "array") and not all(re.fullmatch(pattern, part.strip()) for part in parts):
        yield f"must be {kind} of numbers, not {value!r}"
        return
    narrowed = {key: schema[key] for key in KEYWORDS if key in schema and not isinstance(schema[key], list | dict)}
    narrowed |= {"enum": schema["enum"]} if "enum" in schema else {}
    for error in Draft7Validator(narrowed).iter_errors(_parse(value, kind)):
        yield error.message[:160]


def _parse(value: str, kind: object) -> object:
    match kind:
        case "integer":
            return int(value)
        case "number":
            return float(value)
        case "array":
            return value.split(",") if value else []
        case _:
            return value


def _section(method: str) -> str:
    return method.partition(".")[0]


def _own_validator(schema: JsonObject, definitions: JsonObject) -> Draft7Validator:
    return Draft7Validator(schema | {"$defs": definitions})


def _read(folder: Path, patches: list[JsonObject]) -> dict[str, JsonObject]:
    found = [path for path in sorted(folder.rglob("*.json")) if path.name != "package.json"]
    documents = {path.relative_to(folder).as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in found}
    for patch in patches:
        *way, last = patch["path"]
        place = documents[patch["file"]]
        for step in way:
            place = place[step]
        place[last] = patch["value"]
    return documents


def _hoist(value: Any) -> Any:
    """Turn the dialect's ``"required": true`` of a property into draft 7's list of required properties."""
    if isinstance(value, list):
        return [_hoist(item) for item in value]
    if not isinstance(value, dict):
        return value
    mended = {key: _hoist(item) for key, item in value.items() if not (key == "required" and isinstance(item, bool))}
    properties = value.get("properties")
    if isinstance(properties, dict):
        required = [key for key, item in properties.items() if isinstance(item, dict) and item.get("required") is True]
        if required:
            mended["required"] = required
    return {key: item for key, item in mended.items() if key not in {"$schema", "discriminator"}}


def _join(base: str, reference: str) -> str:
    if reference.startswith("../"):
        return reference.removeprefix("../")
    folder = base.rsplit("/", 1)[0]
    return f"{base}{reference}" if reference.startswith("#") else f"{folder}/{reference}"


def _explain(error: Any) -> str:
    deepest = min(error.context, key=lambda inner: -len(inner.absolute_path)) if error.context else error
    return f"{error.json_path}: {deepest.message[:160]}"
