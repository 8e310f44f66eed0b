"""Logging: one line an occurrence, a machine name first, to standard error."""

import logging

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_QUIET = ("aiogram", "alembic", "aiosqlite", "pymorphy3", "sqlalchemy", "urllib3")


def configure_logging(level: str) -> None:
    """Send everything from `level` up to standard error; libraries only from WARNING up."""
    logging.basicConfig(level=level, format=_FORMAT, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
