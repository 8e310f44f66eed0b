"""A receipt typed in: five fields copied from the paper, or the text of its code."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, time

from bot.dialogue.flow.form import Answered, Flow, InvalidAnswerError, Step
from bot.dialogue.turn import Turn
from bot.domain.conversation import FlowState
from bot.domain.errors import InputError
from bot.domain.loyalty.program import Program
from bot.domain.receipts.code import is_receipt_code, read_code
from bot.domain.receipts.receipt import Receipt, demand_fresh_day
from bot.domain.receipts.typed import read_document, read_drive, read_moment, read_sign, read_total
from bot.domain.replies import Reply

FORM = "receipt"
_CODE = "code "


def typed_receipt_flow(
    program: Callable[[], Program], finish: Callable[[Turn, Receipt], Awaitable[Sequence[Reply]]]
) -> Flow:
    """Describe the form; `finish` gets the receipt. Of a day that is not taken nothing more is asked."""

    async def read_day(turn: Turn, state: FlowState, value: str) -> str:
        if is_receipt_code(value):
            return _CODE + value.strip()
        zone, limit = program().zone, program().purchases.receipt_age
        try:
            moment = read_moment(value, today=turn.now.astimezone(zone).date())
            demand_fresh_day(moment.day, now=turn.now, zone=zone, limit=limit)
        except InputError as refused:
            raise InvalidAnswerError(refused.phrase) from refused
        return f"{moment.day.isoformat()} {moment.clock.isoformat() if moment.clock else ''}"

    async def end(turn: Turn, state: FlowState) -> Sequence[Reply]:
        return await finish(turn, receipt_of(state.answers))

    return Flow(
        name=FORM,
        title="receipt-typed-title",
        steps=(
            Step(name="day", prompt="receipt-day-prompt", hint="receipt-day-refused", settle=read_day),
            _field("total", "receipt-total-prompt", "receipt-total-refused", read_total),
            _field("drive", "receipt-drive-prompt", "receipt-drive-hint", read_drive),
            _field("document", "receipt-document-prompt", "receipt-document-refused", read_document),
            _field("sign", "receipt-sign-prompt", "receipt-sign-refused", read_sign),
        ),
        finish=end,
    )


def receipt_of(answers: Answered) -> Receipt:
    """Put the answers together."""
    if answers["day"].startswith(_CODE):
        return read_code(answers["day"].removeprefix(_CODE))
    day, _, clock = answers["day"].partition(" ")
    return Receipt(
        day=date.fromisoformat(day),
        clock=time.fromisoformat(clock) if clock else None,
        total_kopecks=int(answers["total"]),
        drive=answers["drive"],
        document=int(answers["document"]),
        sign=int(answers["sign"]),
    )


def _field(name: str, prompt: str, hint: str, read: Callable[[str], str | int]) -> Step:
    def check(value: str) -> str:
        try:
            return str(read(value))
        except InputError as refused:
            raise InvalidAnswerError(refused.phrase) from refused

    return Step(
        name=name,
        prompt=prompt,
        hint=hint,
        check=check,
        is_asked=lambda answers: not answers.get("day", "").startswith(_CODE),
    )
