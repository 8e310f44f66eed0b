"""Trying again, more and more slowly."""

import pytest

from bot.channels.telegram.api import CallError
from bot.channels.telegram.options import Pauses
from bot.channels.telegram.patience import Patience
from bot.domain.errors import ConfigurationError
from bot.services.channel import Trouble

NONE = Pauses(first=0.0, longest=0.0, conflict=0.0)


async def test_one_refusal_of_the_token_may_be_an_accident() -> None:
    statuses = iter([401, 500, 404, 0])

    async def call() -> str:
        status = next(statuses, None)
        if status is not None:
            raise CallError(status, "no")
        return "done"

    assert await Patience(NONE, Trouble()).call(call) == "done"


@pytest.mark.parametrize("status", [401, 404])
async def test_second_refusal_in_a_row_is_none(status: int) -> None:
    patience = Patience(NONE, Trouble())
    await patience.suffer(CallError(status, "no"))
    with pytest.raises(ConfigurationError, match="KLUBOK_TELEGRAM__TOKEN"):
        await patience.suffer(CallError(401, "no"))


async def test_trouble_is_said_once_and_its_end_too(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    trouble = Trouble()
    patience = Patience(NONE, trouble)
    for status in (500, 502, 0, 409, 409):
        await patience.suffer(CallError(status, "no"))
    assert trouble.text == "another program takes the updates"
    patience.succeed()
    patience.succeed()
    assert trouble.text == ""
    assert [record.message.split()[0] for record in caplog.records] == [
        "telegram.failed",
        "telegram.conflict",
        "telegram.recovered",
    ]
