"""PhoneConfirmation: one-time codes that prove whose phone it is."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions import Action
from bot.domain.codes import (
    CODE_BOUND,
    DAY,
    CodePolicy,
    TryOutcome,
    code_of,
    demand_may_send,
    read_typed_code,
    refusal,
    try_code,
)
from bot.domain.errors import InputError
from bot.domain.job import Job
from bot.domain.messages import Address
from bot.domain.replies import Phrase
from bot.services.chance import Chance
from bot.services.ports import UnitOfWork

SEND_CODE = "code.send"
"""The job that sends a code: arguments are the sealed phone, the sealed code and the language."""

POLICY = CodePolicy()


@dataclass(frozen=True, slots=True)
class PhoneConfirmation:
    """Sends codes and judges what people type. Never commits."""

    chance: Chance
    policy: CodePolicy = POLICY

    async def send(
        self, uow: UnitOfWork, phone: str, *, by: Address, language: str, then: Action, now: datetime
    ) -> None:
        """Queue a code to `phone` (E.164) for whoever writes from `by`; `then` is told how the sending went.

        Raises:
            RuleViolationError: not now: too many codes, or too soon. Does not depend on whether the phone is known.
        """
        codes = uow.membership.codes
        demand_may_send(await codes.sent_before(phone, by, since=now - DAY), now=now, policy=self.policy)
        code = code_of(self.chance.below(CODE_BOUND))
        await codes.add(phone, code, by, at=now)
        sealed = (uow.membership.seal(phone), uow.membership.seal(code))
        await uow.jobs.add(Job(kind=SEND_CODE, address=by, then=then, args=(*sealed, language)), at=now)

    async def confirm(self, uow: UnitOfWork, phone: str, typed: str, *, by: Address, now: datetime) -> None:
        """Take what was typed as the code that was sent last to `phone` for `by`.

        Raises:
            InputError: of the field ``code``: it is none, or not this one; the try is counted.
        """
        code = read_typed_code(typed)
        codes = uow.membership.codes
        sent = await codes.latest(phone, by)
        if sent is None:
            raise InputError(Phrase("code-expired"), field="code")
        outcome, judged = try_code(sent, codes.digest(phone, code), now=now, policy=self.policy)
        await codes.keep(phone, by, judged)
        if outcome is not TryOutcome.ACCEPTED:
            said = refusal(outcome, judged, self.policy)
            raise InputError(said or Phrase("code-expired"), field="code")
