"""The starter pack."""

import os
import resource
from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.knowledge.pack.loader import load_pack
from bot.knowledge.pack.starter import write_starter
from tests.integration.knowledge.pack.folders import noted, write


def test_the_starter_has_no_problems(tmp_path: Path) -> None:
    write_starter(tmp_path / "new" / "pack")
    loaded = load_pack(tmp_path / "new" / "pack")
    assert noted(loaded.problems) == []
    assert loaded.pack is not None
    assert (len(loaded.pack.faq), len(loaded.pack.catalogue.offers)) == (3, 2)


def test_the_files_written_are_listed(tmp_path: Path) -> None:
    files = write_starter(tmp_path)
    assert sorted(files) == sorted(path for path in tmp_path.rglob("*") if path.is_file())


def test_a_hidden_file_does_not_count_as_content(tmp_path: Path) -> None:
    assert write_starter(write(tmp_path, {".git/config": "x"}))


def test_a_folder_with_content_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"notes.txt": "mine"})
    with pytest.raises(ConfigurationError, match="not empty"):
        write_starter(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path, {"pack": "mine"}) / "pack"
    with pytest.raises(ConfigurationError, match="is a file"):
        write_starter(path)
    with pytest.raises(ConfigurationError, match="cannot be written"):
        write_starter(path / "below")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ConfigurationError, match="cannot be written"):
        write_starter(tmp_path / "new")
    tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"pack/.hidden": "", "whole/x": ""})
    first, *others = write_starter(tmp_path / "whole" / "pack")
    assert any(path.stat().st_size > first.stat().st_size for path in others)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (first.stat().st_size, usual[1]))
    try:
        with pytest.raises(ConfigurationError, match="File too large"):
            write_starter(tmp_path / "pack")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert [path.name for path in (tmp_path / "pack").iterdir()] == [".hidden"]
