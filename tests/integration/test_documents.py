"""What the documents and the deployment promise is there: commands, settings, files, metrics."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel

from bot.cli import cli
from bot.settings import PREFIX, Settings
from bot.web.health import Health
from bot.web.metrics import PrometheusMeter

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", ".env.example", *(f"bot/deploy/{name}" for name in ("Dockerfile", "compose.yaml")))
OF_TESTS = "KLUBOK_TEST_"
_COMMAND = re.compile(r"(?:^|`|/|&& )klubok((?: [a-z]+)+)", re.MULTILINE)
_SETTING = re.compile(rf"{PREFIX}[A-Z_]+[A-Z]")
_METRIC = re.compile(r"klubok_[a-z_]+[a-z]")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def settings(model: type[BaseModel], prefix: str) -> Iterator[str]:
    """Every variable there is."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings(kind, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}"


def commands() -> set[str]:
    """Every command there is, those of groups in full."""
    root = typer.main.get_command(cli)
    found = set()
    for name, command in getattr(root, "commands", {}).items():
        found |= {name, *(f"{name} {inner}" for inner in getattr(command, "commands", {}))}
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_setting_that_is_named_exists(name: str) -> None:
    named = {setting for setting in _SETTING.findall(read(name)) if not setting.startswith(OF_TESTS)}
    assert named
    assert named <= set(settings(Settings, PREFIX))


def test_every_setting_is_explained() -> None:
    assert set(settings(Settings, PREFIX)) <= set(_SETTING.findall(read(".env.example")))


def test_every_command_that_is_named_exists_and_every_other_is_named() -> None:
    known, named = commands(), set()
    for words in (found.split() for found in _COMMAND.findall(read("README.md"))):
        two = " ".join(words[:2])
        named.add(two if two in known else words[0])
    assert named <= known
    groups = {name.partition(" ")[0] for name in known if " " in name}
    assert known - groups <= named


def test_every_file_that_is_linked_exists() -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", read("README.md"))
    assert linked
    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_every_metric_that_is_named_is_counted() -> None:
    meter = PrometheusMeter()
    exposed = meter.expose(Health(database="ok")).decode()
    shown = {line.split()[2] for line in exposed.splitlines() if line.startswith("# TYPE")}
    assert set(_METRIC.findall(read("README.md"))) <= shown
