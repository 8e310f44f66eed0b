"""Commands as they are typed."""

import pytest

from tests.fakes.talk import keys
from tests.unit.skills.desk.office import Office


@pytest.mark.parametrize("typed", ["/on duty", "/online", "/online@klubok_bot", "/online\nсейчас"])
async def test_a_command_is_known_by_all_of_its_words(typed: str) -> None:
    office = await Office().open()
    assert keys(await office.op.say(typed)) == ["desk-online(count=0)"]
