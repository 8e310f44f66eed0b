"""The published Bot API as JSON Schema: types and requests are checked against it."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from jsonschema import Draft7Validator

from tests.fakes.telegram.shapes import Json

FILE = Path(__file__).resolve().parents[4] / "shared" / "specs" / "telegram-bot-api-10.3.json"

PRIMITIVES: Mapping[str, Json] = {
    "Integer": {"type": "integer"},
    "String": {"type": "string"},
    "Boolean": {"type": "boolean"},
    "True": {"const": True},
    "Float": {"type": "number"},
    "InputFile": {"type": "string"},
}
RECURSIVE = {"RichText", "RichBlock", "InputRichBlock"}
"""Unions of more than the listed types (strings, arrays): anything passes."""

SUBTYPES = re.compile(r"^ - (\w+)$", re.MULTILINE)
LENGTH = re.compile(r"(\d+)-(\d+) characters(?! after entities)")
CONSTANT = re.compile(r", (?:always '(\w+)'|must be (\w+))$")
RANGE = re.compile(r"Values between (\d+)-(\d+) are accepted")


class Specification:
    """The parameters of every method, and validators of calls and of types."""

    def __init__(self, document: Json) -> None:
        entries = [entry for group in document["items"] for entry in group["children"]]
        types = {entry["name"]: entry for entry in entries if entry["category"] == "types"}
        methods = {entry["name"]: entry for entry in entries if entry["category"] == "methods"}
        self._names = set(types)
        self._definitions = {name: self._type_schema(entry) for name, entry in types.items()}
        self._schemas = {name.lower(): self._object_schema(entry) for name, entry in methods.items()}
        self._validators: dict[str, Draft7Validator] = {}
        self.names = {name.lower(): name for name in methods}
        self.parameters: dict[str, dict[str, str]] = {
            name.lower(): {item["name"]: item["type"] for item in entry["annotations"] or []}
            for name, entry in methods.items()
        }

    def check_call(self, method: str, parameters: Json) -> list[str]:
        """Name what is wrong with a call's decoded parameters; empty when nothing is."""
        return self._check(method.lower(), self._schemas[method.lower()], parameters)

    def check_type(self, name: str, value: object) -> list[str]:
        """Name what is wrong with an object of the named type; empty when nothing is."""
        return self._check(name, {"$ref": f"#/definitions/{name}"}, value)

    def _check(self, key: str, schema: Json, value: object) -> list[str]:
        if key not in self._validators:
            self._validators[key] = Draft7Validator({**schema, "definitions": self._definitions})
        return list(self._errors(self._validators[key], value))

    @staticmethod
    def _errors(validator: Draft7Validator, value: object) -> Iterator[str]:
        for error in validator.iter_errors(value):
            place = "/".join(str(part) for part in error.absolute_path)
            text = error.message if len(error.message) < 200 else f"{error.message[:60]} ... {error.message[-120:]}"
            yield f"{place}: {text}" if place else text

    def _type_schema(self, entry: Json) -> Json:
        if entry["annotations"]:
            return self._object_schema(entry)
        if entry["name"] == "InputFile":
            return PRIMITIVES["InputFile"]
        subtypes = SUBTYPES.findall(entry["description"])
        if not subtypes or entry["name"] in RECURSIVE:
            return {}
        return {"anyOf": [{"$ref": f"#/definitions/{name}"} for name in subtypes if name in self._names]}

    def _object_schema(self, entry: Json) -> Json:
        fields = entry["annotations"] or []
        return {
            "type": "object",
            "properties": {item["name"]: self._field_schema(item) for item in fields},
            "required": [item["name"] for item in fields if item["required"]],
            "additionalProperties": False,
        }

    def _field_schema(self, item: Json) -> Json:
        schema = self._named(item["type"])
        if schema == PRIMITIVES["String"] and (found := LENGTH.search(item["description"])):
            return {**schema, "minLength": int(found[1]), "maxLength": int(found[2])}
        if schema == PRIMITIVES["Integer"] and (found := RANGE.search(item["description"])):
            return {**schema, "minimum": int(found[1]), "maximum": int(found[2])}
        if schema == PRIMITIVES["String"] and (found := CONSTANT.search(item["description"])):
            return {"const": found[1] or found[2]}
        return schema

    def _named(self, name: str) -> Json:
        if name.startswith("Array of "):
            return {"type": "array", "items": self._named(name.removeprefix("Array of "))}
        parts = re.split(r", | and | or ", name)
        if len(parts) > 1:
            return {"anyOf": [self._named(part) for part in parts]}
        return PRIMITIVES.get(name) or {"$ref": f"#/definitions/{name}"}


@cache
def load_specification() -> Specification | None:
    """Read the published specification; None where its folder is absent."""
    return Specification(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else None
