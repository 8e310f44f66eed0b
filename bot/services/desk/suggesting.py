"""Suggesting: canned answers for those of the staff who look for one, those without gaps to fill in."""

from collections.abc import Sequence

from bot.domain.desk.errors import NotStaffError
from bot.domain.messages import Address
from bot.domain.text import fold
from bot.services.desk.more_books import Canned
from bot.services.desk.workers import worker
from bot.services.ports import UnitOfWork

_GAP = "{"


async def suggested(uow: UnitOfWork, typed: str, *, by: Address) -> Sequence[Canned]:
    """Return what has `typed` in its name or its words, by name; nothing for who is no staff."""
    try:
        await worker(uow, by)
    except NotStaffError:
        return ()
    wanted = fold(typed.strip())
    known = await uow.desk.canned.all()
    whole = [each for each in known if _GAP not in each.text and not each.reference]
    return [each for each in whole if wanted in each.name or wanted in fold(each.text)]
