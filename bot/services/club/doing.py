"""The club's jobs: what is too slow for a turn, or has to wait for what the turn said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.domain.errors import ChannelError, RefusedError, TryLaterError, UnknownOutcomeError
from bot.domain.job import Job
from bot.domain.replies import Phrase
from bot.services.club.codes import CodeSender, code_message
from bot.services.club.pictures import CardPictures
from bot.services.club.privacy import Dossier, Privacy
from bot.services.ports import Clock, UnitOfWorkFactory


class MyDataWriter(Protocol):
    """Writes everything about somebody into a file."""

    async def write(self, dossier: Dossier, *, owner: str, language: str) -> Path:
        """Return where it is; `owner` is a pseudonym, of whom only the latest file is kept; `language` is theirs."""
        ...

    async def drop(self, path: Path) -> None:
        """Remove one file that was written, if it still is there.

        Raises:
            OSError: it is there and stays.
        """
        ...

    async def remove(self, *, owner: str) -> None:
        """Remove the file of `owner`, if there is one.

        Raises:
            OSError: it is there and stays.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SendCode:
    """Sends a code to a phone; both come sealed, with the language."""

    sender: CodeSender
    unseal: Callable[[str], str]
    say: Callable[[Phrase, str], str]
    brand: Callable[[], str]

    async def __call__(self, job: Job) -> Sequence[str]:
        """Send it once; a code that may have gone out counts as sent: another one costs a press.

        Raises:
            TryLaterError: the gateway is away.
            RefusedError: it never takes this one.
        """
        phone, code, language = job.args
        text = self.say(code_message(self.unseal(code), brand=self.brand()), language)
        try:
            await self.sender.send(self.unseal(phone), text)
        except UnknownOutcomeError:
            pass
        except RefusedError:
            raise
        except ChannelError as error:
            raise TryLaterError(str(error)) from error
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteMyData:
    """Writes a file with everything that is kept of whoever asked."""

    uow: UnitOfWorkFactory
    privacy: Privacy
    files: MyDataWriter
    default_language: Callable[[], str]

    async def __call__(self, job: Job) -> Sequence[str]:
        """Return the path of the file."""
        async with self.uow() as uow:
            dossier = await self.privacy.dossier(uow, job.address)
            owner = uow.membership.pseudonym(job.address)
            loaded = await uow.conversations.load([job.address], language=self.default_language())
        return [str(await self.files.write(dossier, owner=owner, language=loaded[job.address].language))]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropMyData:
    """Removes a file that was given out: it is not encrypted, and everything about somebody is in it."""

    files: MyDataWriter

    async def __call__(self, job: Job) -> Sequence[str]:
        """Remove it.

        Raises:
            TryLaterError: it stays.
        """
        try:
            for path in job.args:
                await self.files.drop(Path(path))
        except OSError as error:
            raise TryLaterError(str(error)) from error
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Forgets whoever asked for it, once they have heard that it comes."""

    uow: UnitOfWorkFactory
    privacy: Privacy
    files: MyDataWriter
    cards: CardPictures
    operator: Callable[[], str]
    clock: Clock

    async def __call__(self, job: Job) -> Sequence[str]:
        """Forget them and write the act; files with their data go before the commit: then nobody knows whose they were.

        Raises:
            TryLaterError: something is still on its way to them, or a file stays.
        """
        async with self.uow() as uow:
            dossier = await self.privacy.dossier(uow, job.address, lines=0)
            owners = [uow.membership.pseudonym(address) for address in dossier.addresses]
            await self.privacy.forget(uow, job.address, operator=self.operator(), now=self.clock.now())
            try:
                for owner in owners:
                    await self.files.remove(owner=owner)
                if dossier.member is not None:
                    await self.cards.forget(dossier.member.card)
            except OSError as error:
                raise TryLaterError(str(error)) from error
            await uow.commit()
        return ()
