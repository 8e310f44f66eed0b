"""Options that several commands take."""

from pathlib import Path
from typing import Annotated, Optional

import typer

PackOption = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads it at run time
    typer.Option("--pack", help="The brand pack: a folder. Default: KLUBOK_PACK, else the demonstration."),
]
LogOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--db", help="URL of the database that has the log. Default: KLUBOK_DATABASE_URL."),
]
SinceOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--since", help="Only what came since then: a date, a time, or a period such as P7D before now."),
]
