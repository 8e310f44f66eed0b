"""Files of a pack: found and read without trusting them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.domain.problems import warning
from bot.knowledge.pack.check import Check, hint

LONGEST_TOML = 1_000_000
LONGEST_TEXT = 20_000_000
"""Bytes of one YAML or Markdown file; a thousand articles of a usual size fit."""

CONFIDENCE = "confidence.json"
"""How sure to be of answers, where `klubok eval --fit` fitted it to the brand's own questions."""

TAUGHT, CASES = "taught.yaml", "cases.yaml"
"""Answers of operators that the bot gives itself, and the cases by which `klubok eval` judges the pack."""

KNOWN_NAMES = (
    "brand.toml",
    "catalogue.xml",
    "catalogue",
    "faq.yaml",
    "learned.yaml",
    TAUGHT,
    CASES,
    CONFIDENCE,
    "articles",
    "synonyms.yaml",
    "thesaurus.yaml",
    "thesaurus",
    "club.toml",
    "locales",
)
FEED_ENDINGS = (".xml", ".yml", ".gz", ".zip")


def read_file(path: Path, check: Check, *, longest: int) -> str | None:
    """Return the text of a UTF-8 file, line ends as ``\\n``; None when there is none or it cannot be read."""
    try:
        if not path.exists() and not path.is_symlink():
            return None
        if not path.is_file():
            check.error("not-a-file", "is not a file; remove it or put a file there")
            return None
        return _decode(path, check, longest)
    except OSError as fault:
        check.error("unreadable", f"cannot be read ({fault.strerror}); check the rights of the file")
        return None


def list_files(directory: Path, check: Check) -> Sequence[Path]:
    """List what is in a folder of the pack, sorted, without hidden files; empty when there is no such folder."""
    try:
        if directory.exists() and not directory.is_dir():
            check.error("not-a-folder", "is a file; make it a folder")
            return ()
        return sorted(path for path in directory.iterdir() if is_visible(path)) if directory.exists() else ()
    except OSError as fault:
        check.error("unreadable", f"cannot be read ({fault.strerror}); check the rights of the folder")
        return ()


def choose(paths: Iterable[Path], endings: tuple[str, ...], check: Check) -> Sequence[Path]:
    """Keep the files with one of `endings`; report the others as not read."""
    chosen: list[Path] = []
    for path in paths:
        if path.name.lower().endswith(endings):
            chosen.append(path)
        elif path.name.lower() not in {"readme", "readme.txt"}:
            text = f"is not read; files here end in {', '.join(endings)}"
            check.problems.append(warning("unknown-file", text, file=f"{check.file}/{path.name}"))
    return chosen


def report_strays(directory: Path, check: Check) -> None:
    """Report files at the top of the pack whose names look like one of ours, but are not."""
    for path in list_files(directory, check):
        close = "" if path.name in KNOWN_NAMES else _close(path.name)
        if close:
            check.problems.append(warning("unknown-file", f"is not read{close}", file=path.name))


def is_visible(path: Path) -> bool:
    """Whether `path` is meant to be read: neither hidden nor left by an editor."""
    return not path.name.startswith((".", "~", "#")) and not path.name.endswith(("~", ".swp", ".bak", ".tmp"))


def _close(name: str) -> str:
    stem = name.lower().partition(".")[0]
    for known in KNOWN_NAMES:
        if stem == known.partition(".")[0] or name.lower() == known:
            return f"; did you mean {known}?"
    return hint(name, KNOWN_NAMES)


def _decode(path: Path, check: Check, longest: int) -> str | None:
    with path.open("rb") as file:
        content = file.read(longest + 1)
    if len(content) > longest:
        check.error("too-large", f"is larger than {longest // 1_000_000} MB; divide it or remove what is not text")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        check.error("not-utf-8", "is not UTF-8 here; save the file in the encoding UTF-8", line)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
