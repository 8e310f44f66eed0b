"""Receipts in chat: sent, read, checked, judged; every way out of trouble is kind, and nothing is half done."""

from datetime import timedelta

import pytest

from bot.domain.messages import Attached, AttachmentKind
from bot.domain.purchases.claim import Claim, ClaimState, Refusal
from bot.domain.purchases.verification import Verdict
from bot.domain.replies import OutgoingMessage
from bot.domain.staff import Role, StaffMember
from bot.services.club.points import STOPPED
from tests.fakes.talk import keys, labels
from tests.unit.services.purchases.world import make_order
from tests.unit.skills.club_talk import CODE, Place, to

LINE = "receipts-line(day=20.11.2026, kopecks=00, roubles=4850)"
ACCEPTED = "receipt-accepted(from=05.12.2026, points=444)"


async def claims(place: Place) -> list[Claim]:
    async with place.world.database.unit_of_work() as uow:
        member = await uow.club.members.who(place.ann.me)
        return list(await uow.purchases.claims.of(member.id, limit=9)) if member else []


def mine(messages: list[OutgoingMessage], place: Place) -> list[str]:
    return to(messages, place.ann.me)


async def test_a_picture_of_a_receipt_that_is_known_becomes_points() -> None:
    place = await Place().open()
    place.registry.verdicts = [Verdict.CONFIRMED]
    said = await place.ann.attach(CODE)
    assert keys(said) == ["receipt-reading", LINE, LINE]
    assert mine(said, place)[1:] == [f"{LINE}\nreceipt-stands-checking", f"{LINE}\n{ACCEPTED}"]
    assert [claim.state for claim in await claims(place)] == [ClaimState.ACCEPTED]


async def test_the_store_confirms_its_own_receipts_and_nobody_else_is_asked() -> None:
    place = await Place().open()
    await place.world.take(make_order())
    said = await place.ann.attach(CODE)
    assert mine(said, place)[-1] == f"{LINE}\nreceipt-accepted(from=05.12.2026, points=580)"
    assert place.registry.asked == 0


@pytest.mark.parametrize(
    ("picture", "key"),
    [
        ("no-code", "receipt-picture-no-code"),
        ("unclear", "receipt-picture-unclear"),
        ("foreign-code", "receipt-code-foreign"),
        ("several", "receipt-picture-several"),
        ("gone", "receipt-picture-failed"),
    ],
)
async def test_a_picture_that_gives_nothing_leads_to_the_form(picture: str, key: str) -> None:
    place = await Place().open()
    said = await place.ann.attach(picture)
    assert keys(said) == ["receipt-reading", key]
    assert labels(said[-1]) == ["receipt-type-button"]
    assert [claim.refusal for claim in await claims(place)] == [Refusal.UNREADABLE]


async def test_the_fields_can_be_typed_one_by_one() -> None:
    place = await Place().open()
    place.registry.verdicts = [Verdict.CONFIRMED]
    await place.ann.say("/receipt")
    said = await place.ann.press("receipt-type-button")
    for field, typed in (
        ("day", "20.11.2026 13:42"),
        ("total", "4 850,00"),
        ("drive", "ФН 9287440300634471"),
        ("document", "13571"),
        ("sign", "3730902192"),
    ):
        assert said[0].text.startswith(f"receipt-{field}-prompt")
        said = await place.ann.say(typed)
    assert mine(said, place)[-1] == f"{LINE}\n{ACCEPTED}"
    assert (await place.ann.conversation()).flow is None


async def test_a_wrong_field_is_asked_again_and_nothing_is_kept_of_a_form_left_in_the_middle() -> None:
    place = await Place().open()
    await place.ann.say("/receipt")
    await place.ann.press("receipt-type-button")
    assert keys(await place.ann.say("позавчера"))[0] == "receipt-day-refused"
    await place.ann.say("20.11.2026")
    await place.ann.say("123")
    assert keys(await place.ann.say("123"))[0] == "receipt-drive-refused(given=3)"
    assert keys(await place.ann.say("отмена")) == ["flow-cancelled"]
    assert await claims(place) == []


@pytest.mark.parametrize(
    ("day", "key"), [("20.11.2025", "receipt-too-old(days=30)"), ("20.12.2026", "receipt-day-ahead")]
)
async def test_of_a_day_that_is_not_taken_nothing_more_is_asked(day: str, key: str) -> None:
    place = await Place().open()
    await place.ann.press("receipts.type")
    assert keys(await place.ann.say(day))[0] == key
    assert keys(await place.ann.say("20.11.2026"))[0].startswith("receipt-total-prompt")


async def test_the_text_of_a_code_does_as_well_in_the_form_and_outside_of_it() -> None:
    place = await Place().open()
    place.registry.verdicts = [Verdict.CONFIRMED]
    assert mine(await place.ann.say(CODE), place)[-1] == f"{LINE}\n{ACCEPTED}"
    await place.ann.say("/receipt")
    await place.ann.press("receipt-type-button")
    assert keys(await place.ann.say(CODE)) == ["receipt-known"]


async def test_words_under_a_picture_tell_whether_it_is_of_a_receipt() -> None:
    place = await Place().open()
    assert keys(await place.ann.attach(CODE, caption="Вот мой чек!"))[0] == "receipt-reading"
    assert keys(await place.ann.attach(CODE, caption="сколько стоит доставка?"))[0] != "receipt-reading"


async def test_a_picture_in_the_middle_of_the_form_is_read_and_the_form_goes_on() -> None:
    place = await Place().open()
    await place.ann.press("receipts.type")
    said = await place.ann.attach("unclear")
    assert keys(said) == ["receipt-reading", "receipt-day-prompt", "receipt-picture-unclear"]
    assert (await place.ann.conversation()).flow is not None


async def test_who_is_no_member_is_invited() -> None:
    place = await Place().open()
    for said in (
        await place.second.say("/receipt"),
        await place.second.attach(CODE),
        await place.second.say(CODE),
    ):
        assert labels(said[0]) == ["club-join-button"]


async def test_a_receipt_of_somebody_else_is_refused_without_a_name() -> None:
    place = await Place().open()
    await place.ann.attach(CODE)
    said = await place.bob.attach(CODE)
    assert to(said, place.bob.me) == ["receipt-reading", "receipt-registered"]


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (CODE.replace("n=1", "n=2"), "receipt-of-return"),
        (CODE.replace("t=2026", "t=2025"), "receipt-too-old(days=30)"),
        (CODE.replace("t=20261120", "t=20261220"), "receipt-day-ahead"),
    ],
)
async def test_what_earns_nothing_is_refused_kindly(code: str, key: str) -> None:
    place = await Place().open()
    said = await place.ann.attach(code)
    assert keys(said) == ["receipt-reading", key]
    assert [claim.refusal for claim in await claims(place)] == [Refusal.UNSUITABLE]


async def test_what_nobody_knows_goes_to_all_who_may_judge_it() -> None:
    place = await Place().open()
    said = await place.ann.attach(CODE)
    assert mine(said, place)[-1] == f"{LINE}\nreceipt-stands-review"
    for talk in (place.operator, place.second):
        [question] = [message for message in said if message.to == talk.me]
        assert question.text.startswith("review-asked(checks=orders: not-found, registry: unsupported, claim=1")
        assert labels(question)[0] == "review-accept-button"


async def test_the_first_press_decides_the_member_hears_and_the_second_is_told() -> None:
    place = await Place().open()
    await place.ann.attach(CODE)
    said = await place.operator.press("review-accept-button")
    assert to(said, place.operator.me) == ["review-done(claim=1, points=444, state=accepted)"]
    assert mine(said, place) == [f"{LINE}\n{ACCEPTED}"]
    for _ in range(10):
        late = await place.second.press("reviews.refuse:1:not-ours")
        assert keys(late) == ["review-decided(state=accepted)"]
    assert [claim.state for claim in await claims(place)] == [ClaimState.ACCEPTED]


async def test_a_refusal_says_why() -> None:
    place = await Place().open()
    await place.ann.attach(CODE)
    said = await place.operator.press("review-not-ours-button")
    assert mine(said, place) == [f"{LINE}\nreceipt-refused-not-ours"]


async def test_a_button_for_people_of_the_brand_does_nothing_for_others() -> None:
    place = await Place().open()
    await place.ann.attach(CODE)
    assert keys(await place.ann.press("reviews.accept:1")) == ["review-not-yours"]
    assert [claim.state for claim in await claims(place)] == [ClaimState.REVIEW]


async def test_what_only_a_job_may_say_cannot_be_pressed() -> None:
    place = await Place().open()
    await place.ann.attach(CODE)
    for action in ("receipts.checked:1:0:done:confirmed", "receipts.read:1:done:code:x", "receipts.notice:1"):
        assert keys(await place.ann.press(action)) == ["receipt-send"]
    assert [claim.state for claim in await claims(place)] == [ClaimState.REVIEW]


async def test_people_of_the_brand_see_what_waits_and_members_their_own() -> None:
    place = await Place().open()
    assert keys(await place.operator.say("/receipts")) == ["review-none"]
    assert keys(await place.ann.say("/receipts")) == ["receipts-none"]
    await place.ann.attach(CODE)
    assert [text.partition("(")[0] for text in keys(await place.operator.say("/receipts"))] == ["review-asked"]
    [shown] = await place.ann.say("/receipts")
    assert shown.text.split("\n") == ["receipts-title", LINE, "receipt-stands-review"]
    assert await place.bob.say("/receipts")


async def test_a_receipt_that_is_not_in_the_registry_yet_is_asked_for_again() -> None:
    place = await Place().open()
    place.registry.verdicts = [Verdict.PENDING, Verdict.RETRY_LATER, Verdict.CONFIRMED]
    said = await place.ann.attach(CODE)
    assert mine(said, place)[-1] == "receipt-waits"
    assert await place.ann.wait(timedelta(minutes=6)) == []
    said = await place.ann.wait(timedelta(hours=2))
    assert mine(said, place) == [f"{LINE}\n{ACCEPTED}"]


async def test_what_is_never_known_goes_to_people_in_the_end() -> None:
    place = await Place().open()
    place.registry.verdicts = [Verdict.PENDING]
    await place.ann.attach(CODE)
    said: list[OutgoingMessage] = []
    for hours in (1, 2, 7, 25):
        said += await place.ann.wait(timedelta(hours=hours))
    assert mine(said, place) == [f"{LINE}\nreceipt-stands-review"]
    assert [claim.state for claim in await claims(place)] == [ClaimState.REVIEW]


async def test_an_order_that_comes_later_tells_the_member_by_itself() -> None:
    place = await Place().open()
    await place.ann.attach(CODE)
    await place.world.take(make_order())
    said = await place.ann.settle()
    assert mine(said, place) == [f"{LINE}\nreceipt-accepted(from=05.12.2026, points=580)"]
    assert keys(await place.operator.press("review-accept-button")) == ["review-decided(state=accepted)"]


async def test_what_is_decided_by_night_is_told_in_the_morning() -> None:
    place = await Place().open()
    await place.ann.attach(CODE)
    place.world.clock.advance(timedelta(hours=11))  # it is eleven in the evening where the brand is
    said = await place.operator.press("review-accept-button")
    assert mine(said, place) == []
    assert mine(await place.ann.wait(timedelta(hours=12)), place) == [f"{LINE}\n{ACCEPTED}"]


async def test_every_picture_of_an_album_is_a_receipt_of_its_own() -> None:
    place = await Place().open()
    photos = [
        Attached(
            id=f"a{number}",
            sender=place.ann.me,
            at=place.world.now,
            kind=AttachmentKind.PHOTO,
            reference=code,
            album="7",
        )
        for number, code in enumerate([CODE, CODE.replace("i=13571&fp=3730902192", "i=13572&fp=5")])
    ]
    conversation = await place.ann.conversation()
    assert not any(place.ann.dialogue.may_merge(photo, conversation) for photo in photos)
    for photo in photos:
        await place.ann.happen(photo)
    assert [claim.receipt.document for claim in await claims(place) if claim.receipt] == [13572, 13571]


async def test_nobody_says_yes_to_a_receipt_of_their_own() -> None:
    place = await Place().open()
    async with place.world.database.unit_of_work() as uow:
        await uow.staff.add(StaffMember(address=place.ann.me, role=Role.ADMIN), at=place.world.now)
        await uow.commit()
    await place.ann.attach(CODE)
    assert keys(await place.ann.press("reviews.accept:1")) == ["review-own"]
    assert [claim.state for claim in await claims(place)] == [ClaimState.REVIEW]


async def test_people_of_the_brand_hear_why_nobody_may_spend_while_it_is_so() -> None:
    place = await Place().open()
    alarm = "reviews.alarm"
    assert await place.operator.press(alarm) == []
    async with place.world.database.unit_of_work() as uow:
        await uow.bookmarks.write(STOPPED, "account 1")
        await uow.commit()
    assert keys(await place.operator.press(alarm)) == ["review-books-differ(reason=account 1)"]
    assert keys(await place.ann.press(alarm)) == ["review-not-yours"]
