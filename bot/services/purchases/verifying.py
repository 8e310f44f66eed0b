"""Verifying: those who may know of a receipt are asked one after another, until one is sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.job import Job
from bot.domain.purchases.claim import ClaimId, ClaimState
from bot.domain.purchases.order import agrees
from bot.domain.purchases.verification import CONCLUSIVE, WAITING, Verdict, Verification
from bot.domain.receipts.receipt import Receipt
from bot.services.ports import Clock, UnitOfWorkFactory

CHECK = "receipts.check"
"""The job that asks; its result is a `Verdict`."""
OWN_ORDERS = "orders"


class ReceiptVerifier(Protocol):
    """Somebody who may know of receipts."""

    @property
    def name(self) -> str: ...

    async def verify(self, receipt: Receipt) -> Verification:
        """Ask, within seconds. Never raises on purpose: who is away says so by its verdict."""
        ...


class OwnOrdersVerifier:
    """Knows the receipts of the brand's own store, as far as its orders were taken in."""

    name = OWN_ORDERS

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def verify(self, receipt: Receipt) -> Verification:
        """Look for the order."""
        async with self._uow() as uow:
            stored = await uow.purchases.orders.by_receipt(receipt.key)
        if stored is None:
            return Verification(provider=self.name, verdict=Verdict.NOT_FOUND)
        verdict = Verdict.CONFIRMED if agrees(stored.order, receipt) else Verdict.MISMATCH
        return Verification(provider=self.name, verdict=verdict)


async def ask_all(verifiers: Sequence[ReceiptVerifier], receipt: Receipt) -> Sequence[Verification]:
    """Ask in order, as far as the first who is sure."""
    said = []
    for verifier in verifiers:
        said.append(await verifier.verify(receipt))
        if said[-1].verdict in CONCLUSIVE:
            break
    return said


def summed_up(said: Sequence[Verification]) -> Verdict:
    """Tell what all of them together say: who is sure counts, then who wants to be asked later."""
    verdicts = [each.verdict for each in said]
    for wanted in (*(verdict for verdict in verdicts if verdict in CONCLUSIVE), Verdict.PENDING, Verdict.RETRY_LATER):
        if wanted in verdicts:
            return wanted
    return Verdict.NOT_FOUND if Verdict.NOT_FOUND in verdicts else Verdict.UNSUPPORTED


def is_to_be_asked_again(verdict: Verdict) -> bool:
    """Whether more may be known later."""
    return verdict in WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReceipt:
    """Does the job: asks, and writes down what was said."""

    uow: UnitOfWorkFactory
    verifiers: Sequence[ReceiptVerifier]
    clock: Clock

    async def __call__(self, job: Job) -> Sequence[str]:
        """Return the verdict."""
        number = ClaimId(int(job.args[0]))
        async with self.uow() as uow:
            claim = await uow.purchases.claims.get(number)
        if claim is None or claim.receipt is None or claim.state is not ClaimState.CHECKING:
            return (str(Verdict.UNSUPPORTED),)
        said = await ask_all(self.verifiers, claim.receipt)
        async with self.uow() as uow:
            for verification in said:
                await uow.purchases.claims.note_check(number, verification, at=self.clock.now())
            await uow.commit()
        return (str(summed_up(said)),)
