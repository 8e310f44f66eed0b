"""The club of a brand, connected: what joins people, what does its jobs. None where the brand has no club."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.contacts.emails import SyntaxEmailReader
from bot.contacts.phones import LibPhoneReader
from bot.domain.ids import ChannelName
from bot.domain.loyalty.program import Consent, Program, Words
from bot.domain.members.consent import ConsentDocument, ConsentText
from bot.domain.members.terms import ClubTerms
from bot.exports.mydata import MyDataFiles
from bot.gateways.desk import DeskCodeSender
from bot.knowing import Knowledge
from bot.runtime.chance import SystemChance
from bot.services.club.codes import CodeSender
from bot.services.club.confirming import SEND_CODE, PhoneConfirmation
from bot.services.club.doing import Forget, SendCode, WriteMyData
from bot.services.club.inviting import Inviting
from bot.services.club.joining import Joining
from bot.services.club.nightly import Nightly
from bot.services.club.notices import Notices
from bot.services.club.points import Points
from bot.services.club.privacy import FORGET, MY_DATA, Privacy
from bot.services.club.profiles import Profiles
from bot.services.jobs import DoJob
from bot.services.ports import Clock, UnitOfWorkFactory
from bot.settings import CodesSettings, Settings
from bot.skills.club.care import CareParts
from bot.skills.club.phone import JoiningParts
from bot.storage.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Club:
    """What the skills of the club are made of, and who does its jobs."""

    joining: JoiningParts
    care: CareParts
    doers: Mapping[str, DoJob]


@asynccontextmanager
async def open_club(
    settings: Settings,
    *,
    knowledge: Knowledge,
    vault: Vault,
    uow: UnitOfWorkFactory,
    clock: Clock,
    sharing: frozenset[ChannelName] = frozenset(),
) -> AsyncIterator[Club | None]:
    """Have the club while the block lasts. `sharing` are channels that tell people's own phones.

    Raises:
        ConfigurationError: the gateway for codes cannot be.
    """
    if knowledge.program is None:
        yield None
        return
    chance, privacy = SystemChance(), Privacy()
    async with AsyncExitStack() as opened:
        sender = await _open_sender(settings.codes, opened)
        yield Club(
            joining=JoiningParts(
                terms=_terms(knowledge),
                chance=chance,
                joining=Joining(chance),
                confirmation=PhoneConfirmation(chance),
                phones=LibPhoneReader(),
                sharing=sharing,
            ),
            care=CareParts(
                program=lambda: knowledge.program or Program(name=Words(default="")),
                points=Points(),
                notices=Notices(),
                inviting=Inviting(chance),
                profiles=Profiles(SyntaxEmailReader()),
            ),
            doers={
                SEND_CODE: SendCode(
                    sender=sender,
                    unseal=lambda sealed: vault.unseal(sealed, place="draft"),
                    say=knowledge.translator.text,
                    brand=lambda: knowledge.answers.brand.name,
                ),
                MY_DATA: WriteMyData(uow=uow, privacy=privacy, files=MyDataFiles(settings.files / "mydata")),
                FORGET: Forget(uow=uow, privacy=privacy, operator=lambda: knowledge.answers.brand.name, clock=clock),
            },
        )


def make_nightly(settings: Settings, knowledge: Knowledge) -> Nightly:
    """Connect the nightly work; a brand without a club has it too, for old texts."""
    return Nightly(
        program=lambda: knowledge.program,
        zone=lambda: knowledge.answers.brand.timezone,
        points=Points(),
        notices=Notices(),
        kept_for=timedelta(days=settings.retention_days) if settings.retention_days else None,
    )


async def _open_sender(codes: CodesSettings, opened: AsyncExitStack) -> CodeSender:
    if not codes.url.get_secret_value():
        return DeskCodeSender()
    # imported here: whoever sends no codes need not wait for it
    from bot.gateways.http import HttpGateway, open_http_sender  # noqa: PLC0415

    gateway = HttpGateway(
        url=codes.url.get_secret_value(),
        method=codes.method,
        headers={name: value.get_secret_value() for name, value in codes.headers.items()},
        body=codes.body.get_secret_value(),
        success=codes.success,
        timeout_seconds=codes.timeout_seconds,
    )
    return await opened.enter_async_context(open_http_sender(gateway))


def _terms(knowledge: Knowledge) -> Callable[[], ClubTerms]:
    """Read the terms from the pack in force, again for each new loading of it."""
    kept: list[tuple[Program, ClubTerms]] = []

    def read() -> ClubTerms:
        program = knowledge.program
        if kept and (program is None or kept[0][0] is program):
            return kept[0][1]
        if program is None:
            return ClubTerms(name="")
        kept[:] = [(program, terms_of(program, knowledge.answers.brand.languages))]
        return kept[0][1]

    return read


def terms_of(program: Program, languages: tuple[str, ...]) -> ClubTerms:
    """Take from a programme what joining needs."""
    first = program.tiers[0].perks if program.tiers else {}
    return ClubTerms(
        name=program.name.read(languages[0]),
        minimum_age=program.minimum_age,
        gifts=next(iter(first.values()), ()),
        consents=[_document(consent, languages) for consent in program.consents],
    )


def _document(consent: Consent, languages: tuple[str, ...]) -> ConsentDocument:
    texts = {
        language: ConsentText(title=consent.title.read(language), text=consent.text.read(language).strip())
        for language in languages
    }
    return ConsentDocument(id=consent.id, version=consent.version, is_required=consent.is_required, texts=texts)
