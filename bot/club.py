"""The club of a brand, connected: what joins people, what does its jobs. None where the brand has no club."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.contacts.emails import SyntaxEmailReader
from bot.contacts.phones import LibPhoneReader
from bot.domain.ids import ChannelName
from bot.domain.loyalty.program import Consent, Program, Words
from bot.domain.loyalty.voucher import CODE_BITS, voucher_code
from bot.domain.members.consent import ConsentDocument, ConsentText
from bot.domain.members.terms import ClubTerms
from bot.domain.purchases.naming import offers_named
from bot.domain.purchases.verification import Verdict
from bot.exports.mydata import MyDataFiles
from bot.gateways.desk import DeskCodeSender
from bot.knowing import Knowledge
from bot.pictures.card import DrawnCardPictures
from bot.pictures.receipts import ZxingReceiptPictures
from bot.pictures.workers import open_workers
from bot.purchases import categories_of, make_orders, program_of
from bot.runtime.chance import SystemChance
from bot.services.chance import Chance
from bot.services.club.accruals import Accruals
from bot.services.club.cards import DRAW_CARD, FORGET_CARD, Cards, DrawCard, ForgetCard
from bot.services.club.codes import CodeSender
from bot.services.club.confirming import SEND_CODE, PhoneConfirmation
from bot.services.club.doing import DropMyData, Forget, SendCode, WriteMyData
from bot.services.club.inviting import Inviting
from bot.services.club.joining import Joining
from bot.services.club.nightly import Digest, Nightly
from bot.services.club.notices import Notices
from bot.services.club.points import Points
from bot.services.club.privacy import DROP_MY_DATA, FORGET, MY_DATA, Privacy
from bot.services.club.profiles import Profiles
from bot.services.club.rewards import Rewards
from bot.services.jobs import DoJob
from bot.services.ports import Clock, UnitOfWorkFactory
from bot.services.purchases.attached import AttachedPictures
from bot.services.purchases.devices import Devices
from bot.services.purchases.reading import READ, ReadReceipt
from bot.services.purchases.receipts import Receipts
from bot.services.purchases.verifying import CHECK, CheckReceipt, OwnOrdersVerifier, ReceiptVerifier
from bot.settings import CodesSettings, ReceiptsSettings, Settings
from bot.skills.club.care import CareParts
from bot.skills.club.parts import ClubParts
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
    channels: Sequence[object] = (),
    sharing: frozenset[ChannelName] = frozenset(),
) -> AsyncIterator[Club | None]:
    """Have the club while the block lasts. `sharing` are channels that tell people's own phones.

    Pictures that people send are fetched from those of `channels` that give them out.

    Raises:
        ConfigurationError: the gateway for codes cannot be.
    """
    if knowledge.program is None:
        yield None
        return
    chance, privacy, files = (
        SystemChance(),
        Privacy(),
        MyDataFiles(settings.files / "mydata", knowledge.translator.text),
    )
    async with AsyncExitStack() as opened:
        sender = await _open_sender(settings.codes, opened)
        parts = _parts(knowledge, chance)
        verifiers: list[ReceiptVerifier] = [OwnOrdersVerifier(uow), *await _open_verifiers(settings.receipts, opened)]
        workers = await opened.enter_async_context(open_workers())
        cards = DrawnCardPictures(workers, settings.files / "cards")
        yield Club(
            joining=JoiningParts(
                club=parts,
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
                DRAW_CARD: DrawCard(
                    uow=uow,
                    cards=Cards(),
                    pictures=cards,
                    program=parts.program,
                    default_language=lambda: knowledge.answers.brand.languages[0],
                ),
                FORGET_CARD: ForgetCard(pictures=cards),
                READ: ReadReceipt(uow=uow, source=AttachedPictures(channels), pictures=ZxingReceiptPictures(workers)),
                CHECK: CheckReceipt(uow=uow, verifiers=verifiers, clock=clock),
                MY_DATA: WriteMyData(
                    uow=uow,
                    privacy=privacy,
                    files=files,
                    default_language=lambda: knowledge.answers.brand.languages[0],
                ),
                DROP_MY_DATA: DropMyData(files=files),
                FORGET: Forget(
                    uow=uow,
                    privacy=privacy,
                    files=files,
                    cards=cards,
                    operator=lambda: knowledge.answers.brand.name,
                    clock=clock,
                ),
            },
        )


def _parts(knowledge: Knowledge, chance: Chance) -> ClubParts:
    points = Points()
    return ClubParts(
        program=program_of(knowledge),
        points=points,
        accruals=Accruals(points),
        rewards=Rewards(points, new_code=lambda: voucher_code(chance.below(1 << CODE_BITS))),
        devices=Devices(Accruals(points), categories_of(knowledge), program_of(knowledge)),
        named=lambda text: offers_named(knowledge.catalogue, text),
        receipts=Receipts(make_orders(program_of(knowledge), categories_of(knowledge)), program_of(knowledge)),
    )


def make_nightly(settings: Settings, knowledge: Knowledge, digest: Digest | None = None) -> Nightly:
    """Connect the nightly work; a brand without a club has it too, for old texts."""
    return Nightly(
        program=lambda: knowledge.program,
        zone=lambda: knowledge.answers.brand.timezone,
        points=Points(),
        notices=Notices(),
        kept_for=timedelta(days=settings.retention_days) if settings.retention_days else None,
        digest=digest,
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


async def _open_verifiers(receipts: ReceiptsSettings, opened: AsyncExitStack) -> Sequence[ReceiptVerifier]:
    if not receipts.url.get_secret_value():
        return ()
    from bot.gateways.receipts import ReceiptService, open_receipt_verifier  # noqa: PLC0415 - as above

    service = ReceiptService(
        name=receipts.name,
        url=receipts.url.get_secret_value(),
        method=receipts.method,
        headers={name: value.get_secret_value() for name, value in receipts.headers.items()},
        body=receipts.body.get_secret_value(),
        answers={
            Verdict.CONFIRMED: receipts.confirmed,
            Verdict.PENDING: receipts.pending,
            Verdict.NOT_FOUND: receipts.not_found,
            Verdict.MISMATCH: receipts.mismatch,
            Verdict.NOT_OURS: receipts.not_ours,
        },
        timeout_seconds=receipts.timeout_seconds,
    )
    return (await opened.enter_async_context(open_receipt_verifier(service)),)


def _terms(knowledge: Knowledge) -> Callable[[], ClubTerms]:
    """Read the terms from the pack in force, again for each new loading of it."""
    kept: list[tuple[Program, ClubTerms]] = []

    def read() -> ClubTerms:
        program = knowledge.program
        if kept and (program is None or kept[0][0] is program):
            return kept[0][1]
        if program is None:
            return ClubTerms()
        kept[:] = [(program, terms_of(program, knowledge.answers.brand.languages))]
        return kept[0][1]

    return read


def terms_of(program: Program, languages: tuple[str, ...]) -> ClubTerms:
    """Take from a programme what joining needs."""
    return ClubTerms(
        minimum_age=program.minimum_age,
        consents=[_document(consent, languages) for consent in program.consents],
    )


def _document(consent: Consent, languages: tuple[str, ...]) -> ConsentDocument:
    texts = {
        language: ConsentText(title=consent.title.read(language), text=consent.text.read(language).strip())
        for language in languages
    }
    return ConsentDocument(id=consent.id, version=consent.version, is_required=consent.is_required, texts=texts)
