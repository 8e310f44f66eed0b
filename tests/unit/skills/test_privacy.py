"""What is kept of somebody: shown, taken back, forgotten."""

from bot.domain.members.consent import ConsentChange
from tests.fakes.talk import keys
from tests.unit.skills.test_joining import consents, in_telegram, up_to_phone


async def test_who_wants_to_be_forgotten_takes_every_consent_back_at_once() -> None:
    talk = await up_to_phone(in_telegram())
    await talk.share("79123456789")
    await talk.say("/forget")
    assert [event.document for event in await consents(talk)] == ["data", "ads"]
    assert keys(await talk.press("privacy-forget-yes-button")) == ["privacy-forgotten"]
    assert [(event.document, event.change) for event in await consents(talk)][2:] == [("data", ConsentChange.WITHDRAWN)]
    await talk.press("privacy-forget-yes-button")
    assert len(await consents(talk)) == 3
