"""`klubok gaps`: what people asked and the bot could not answer."""

import asyncio
import getpass
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import typer

from bot.cli.log import log_settings, open_log, read_since
from bot.cli.progress import progress_bars
from bot.dialogue.language import detect
from bot.domain.answer import AnswerMeta, Question, SourceKind, parse_source
from bot.domain.errors import ConfigurationError
from bot.domain.fitting import shorten
from bot.domain.gaps import Gap
from bot.domain.knowledge import FaqEntry, Lesson
from bot.knowing import open_knowledge, read_pack
from bot.knowledge.pack.check import hint
from bot.knowledge.pack.draft import draft_faq
from bot.knowledge.pack.learned import lessons_of, teach
from bot.knowledge.progress import Progress
from bot.knowledge.search.text.terms import phrase_of, phrasing_of
from bot.runtime.clock import SystemClock
from bot.services.gaps import MOST_WORDINGS, GapsService
from bot.settings import Settings

EXAMPLES = 3
_LONGEST_EXAMPLE = 120


def list_gaps(*, since: str | None, limit: int, is_json: bool, pack: Path | None, database_url: str | None) -> None:
    """Print the most frequent gaps, each with what the pack answers to it now."""
    settings = log_settings(pack, database_url)
    with progress_bars() as progress:
        gaps = _find(settings, read_since(since), progress)
        answers = _ask_again(gaps[:limit], settings, progress) if gaps else []
    shown = list(zip(gaps, answers, strict=False))
    if is_json:
        typer.echo(json.dumps([_as_object(gap, now) for gap, now in shown], ensure_ascii=False, indent=1))
    elif not shown:
        typer.echo("No gaps: every question was answered, learned or ignored.")
    else:
        for gap, now in shown:
            typer.echo("\n".join([*_lines(gap, now), ""]))
        typer.echo(f"{len(shown)} of {len(gaps)} gaps. Next: klubok gaps attach ID faq:… · ignore ID · export FILE")


def ignore_gap(id_: str, *, pack: Path | None, database_url: str | None) -> None:
    """Leave a gap out of every later list."""
    settings = log_settings(pack, database_url)
    with progress_bars() as progress:
        gap = _choose(id_, _find(settings, None, progress))
    asyncio.run(_ignore(settings, gap))
    typer.echo(f"Ignored: {_example(gap.wordings[0])} ({gap.count}×)")


def attach_gap(id_: str, entry: str, *, by: str, pack: Path | None, database_url: str | None) -> None:
    """Add the wordings of a gap to an entry of the FAQ."""
    settings = log_settings(pack, database_url)
    with progress_bars() as progress:
        faq = _entry(entry, settings, progress)
        gap = _choose(id_, _find(settings, None, progress))
    wordings = tuple(gap.wordings[:MOST_WORDINGS])
    path = teach(settings.pack, Lesson(faq=faq.id, questions=wordings, by=by or _user(), at=SystemClock().now()))
    typer.echo(f"faq:{faq.id} “{faq.questions[0]}” is now also found by, in {path}:")
    for wording in wordings:
        typer.echo(f"  {_example(wording)}")


def export_gaps(file: Path, *, since: str | None, limit: int, pack: Path | None, database_url: str | None) -> None:
    """Write a draft `faq.yaml`.

    Raises:
        ConfigurationError: the file is there already, or cannot be written.
    """
    settings = log_settings(pack, database_url)
    with progress_bars() as progress:
        gaps = _find(settings, read_since(since), progress)[:limit]
        taken = _faq(settings, progress)
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(draft_faq(gaps, taken=taken))
    except FileExistsError as error:
        raise ConfigurationError(f"{file} is there already: name a new file") from error
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}") from error
    typer.echo(f"{len(gaps)} entries to fill in: {file}")


def gaps_service() -> GapsService:
    """Compare texts by the lemmas that the index has, too."""
    return GapsService(lambda text: phrase_of(text) or phrasing_of(text) or (text,))


def _find(settings: Settings, since: datetime | None, progress: Progress) -> list[Gap]:
    lessons = lessons_of(settings.pack)

    async def find() -> list[Gap]:
        async with open_log(settings) as database, database.unit_of_work(is_reading=True) as uow:
            return await gaps_service().find(
                uow, lessons=lessons, since=since, tell=lambda count: progress("log", count, None)
            )

    return asyncio.run(find())


async def _ignore(settings: Settings, gap: Gap) -> None:
    async with open_log(settings) as database, database.unit_of_work() as uow:
        await gaps_service().ignore(uow, gap, now=SystemClock().now())
        await uow.commit()


def _choose(id_: str, gaps: Sequence[Gap]) -> Gap:
    found = [gap for gap in gaps if id_ and gap.id.startswith(id_.lower())]
    if len(found) == 1:
        return found[0]
    reason = f"begins {len(found)} gaps; write more of it" if found else "is no gap; `klubok gaps` shows their ids"
    raise ConfigurationError(f"{id_!r} {reason}")


def _entry(written: str, settings: Settings, progress: Progress) -> FaqEntry:
    source = parse_source(written)
    if source is None or source.kind is not SourceKind.FAQ:
        raise ConfigurationError(f"{written!r} is no entry of the FAQ: write faq: and its id")
    faq = _faq(settings, progress)
    if source.id not in faq:
        raise ConfigurationError(f"{settings.pack} has no entry {written}{hint(source.id, faq)}")
    return faq[source.id]


def _faq(settings: Settings, progress: Progress) -> Mapping[str, FaqEntry]:
    loaded = read_pack(settings, settings.pack, progress=progress)
    if loaded.pack is None:
        raise ConfigurationError(f"the pack {settings.pack} cannot be used: see `klubok pack check {settings.pack}`")
    return loaded.pack.faq


def _ask_again(gaps: Sequence[Gap], settings: Settings, progress: Progress) -> list[AnswerMeta]:
    answers = open_knowledge(settings, progress=progress).answers

    async def ask() -> list[AnswerMeta]:
        metas = []
        for gap in gaps:
            text = gap.wordings[0]
            language = detect(text) or answers.brand.languages[0]
            metas.append((await answers.answer(Question(text=text, language=language))).meta)
        return metas

    return asyncio.run(ask())


def _lines(gap: Gap, now: AnswerMeta) -> Iterator[str]:
    """Write a gap for a person: what it is known by, how people asked, what the pack answers to it by now."""
    why = ", ".join(f"{trouble} {count}" for trouble, count in gap.troubles.most_common())
    yield f"{gap.id}  {gap.count}×  last {gap.last_at:%Y-%m-%d}  {why}"
    for text in gap.wordings[:EXAMPLES]:
        yield f"    “{_example(text)}”"
    if len(gap.texts) > EXAMPLES:
        yield f"    … in {len(gap.texts) - EXAMPLES} more wordings"
    confidence = "" if now.confidence is None else f" {now.confidence:.2f}"
    yield f"    now: {now.kind}{confidence} {', '.join(now.sources[:EXAMPLES])}".rstrip()


def _as_object(gap: Gap, now: AnswerMeta) -> Mapping[str, object]:
    return {
        "id": gap.id,
        "count": gap.count,
        "troubles": {str(trouble): count for trouble, count in gap.troubles.most_common()},
        "first_at": gap.first_at.isoformat(),
        "last_at": gap.last_at.isoformat(),
        "questions": [{"text": text, "count": count} for text, count in gap.texts.most_common()],
        "now": {"kind": str(now.kind), "confidence": now.confidence, "sources": list(now.sources)},
    }


def _example(text: str) -> str:
    return shorten(" ".join(text.split()), _LONGEST_EXAMPLE)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under a number without a name
        return ""
