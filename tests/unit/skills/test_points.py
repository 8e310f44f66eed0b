"""What members see of their points and do with them."""

import pytest

from bot.domain.actions import LONGEST_PAYLOAD, Action
from bot.domain.loyalty.commands import Earn
from bot.domain.loyalty.entry import Basis
from bot.domain.messages import AttachmentKind
from bot.knowledge.pack.names import LONGEST_REWARD_ID
from bot.knowledge.pack.notation.fields import MOST_WHOLE
from bot.services.club.cards import DRAW_CARD
from bot.services.club.points import Points
from bot.services.club.purchases import FRIEND, INVITER
from tests.fakes.talk import Talk, keys, labels
from tests.fakes.uow import FakeDatabase
from tests.unit.skills.test_joining import in_telegram, up_to_phone


async def joined() -> Talk:
    talk = await up_to_phone(in_telegram(FakeDatabase().unit_of_work))
    await talk.share("79123456789")
    return talk


async def test_a_member_sees_points_tier_and_what_is_missing() -> None:
    [shown] = await (await joined()).say("/club")
    assert shown.text.split("\n") == [
        "club-title(club=A, name=Анна)",
        "club-available(points=1000)",
        "club-expiring(day=23.11.2027, points=1000)",
        "club-tier(tier=A)",
        "club-next-tier-points(missing=100, tier=A)",
    ]
    assert labels(shown) == [
        "club-rewards-button",
        "club-history-button",
        "club-card-button",
        "receipt-more-button",
        "devices-button",
        "promo-button",
    ]


async def test_who_is_not_in_the_club_is_invited() -> None:
    talk = in_telegram()
    for command in ("/club", "/history", "/rewards", "/card"):
        [shown] = await talk.say(command)
        assert keys([shown]) == ["club-not-in(club=A)"]
        assert labels(shown) == ["club-join-button"]


async def test_the_history_tells_what_came_and_went() -> None:
    talk = await joined()
    await talk.say("/rewards")
    await talk.press("rewards-reward-button(points=100, reward=A)")
    await talk.press("rewards-redeem-button(points=100)")
    [shown] = await talk.say("/history")
    assert shown.text.split("\n")[1:] == [
        "club-entry-burn(day=23.11.2026, points=100, sign=−)",
        "club-for-joining(day=23.11.2026, points=1000, sign=+)",
    ]


@pytest.mark.parametrize(
    ("basis", "shown"),
    [
        (Basis(rule="basic", source="order:1"), "club-for-order"),
        (Basis(rule=INVITER, source="order:1"), "club-for-friend"),
        (Basis(rule=FRIEND, source="order:1"), "club-for-invitation"),
        (Basis(source="order:1", campaign="spring", inputs={"code": "FIRST"}), "club-for-promo"),
    ],
)
async def test_the_history_tells_what_points_are_for(basis: Basis, shown: str) -> None:
    talk = await joined()
    async with talk.uow() as uow:
        member = await uow.club.members.who(talk.me)
        assert member is not None
        earn = Earn(account=member.account, key="k", points=70, basis=basis)
        await Points().post(uow, earn, now=talk.clock.now())
        await uow.commit()
    [history] = await talk.say("/history")
    assert f"{shown}(day=23.11.2026, points=70, sign=+)" in history.text


async def test_a_button_pressed_ten_times_redeems_once() -> None:
    talk = await joined()
    await talk.say("/rewards")
    await talk.press("rewards-reward-button(points=100, reward=A)")
    for _ in range(10):
        [redeemed] = await talk.press("rewards-redeem-button(points=100)")
        assert redeemed.text.startswith("rewards-redeemed(code=7KQ2-M0XA-93ZD")
    [club] = await talk.say("/club")
    assert "club-available(points=900)" in club.text


async def test_an_unused_code_gives_its_points_back_once() -> None:
    talk = await joined()
    await talk.say("/rewards")
    await talk.press("rewards-reward-button(points=100, reward=A)")
    await talk.press("rewards-redeem-button(points=100)")
    await talk.say("/rewards")
    [codes] = await talk.press("rewards-codes-button")
    assert codes.text.split("\n")[1] == "rewards-code-issued(code=7KQ2-M0XA-93ZD, reward=A)"
    refund = "rewards-refund-button(code=7KQ2-M0XA-93ZD, points=100)"
    assert keys(await talk.press(refund)) == ["rewards-refunded(points=100)"]
    assert keys(await talk.press(refund)) == ["club-voucher-closed"]
    assert keys(await talk.press("rewards-redeem-button(points=100)")) == ["club-voucher-closed"]
    [club] = await talk.say("/club")
    assert "club-available(points=1000)" in club.text


async def test_what_is_too_dear_or_for_a_higher_tier_takes_nothing() -> None:
    talk = await joined()
    assert keys(await talk.press("rewards.redeem:trip:k1")) == ["club-reward-other-tier"]
    assert keys(await talk.press("rewards.redeem:nothing:k2")) == ["club-reward-gone"]
    for number in range(2):
        await talk.press(f"rewards.redeem:coupon:{number}")
    assert keys(await talk.press("rewards.redeem:coupon:9")) == ["club-reward-limit(limit=2)"]
    assert "club-available(points=800)" in (await talk.say("/club"))[0].text


async def test_nobody_pays_another_price_than_the_question_named() -> None:
    talk = await joined()
    assert keys(await talk.press("rewards.redeem:coupon:0123abcd-63")) == ["club-reward-price(points=100)"]
    assert "club-available(points=1000)" in (await talk.say("/club"))[0].text
    assert keys(await talk.press("rewards.redeem:coupon:0123abcd-64"))[0].startswith("rewards-redeemed")


async def test_every_button_of_a_reward_fits_where_it_goes() -> None:
    longest = Action("rewards.redeem", ("w" * LONGEST_REWARD_ID, f"{'0' * 8}-{MOST_WHOLE:x}"))
    assert len(longest.encode()) == LONGEST_PAYLOAD


async def test_a_card_is_drawn_outside_of_the_turn_and_told_in_words_too() -> None:
    talk = await joined()
    assert await talk.say("/card") == []
    async with talk.uow() as uow:
        [taken] = await uow.jobs.take(talk.clock.now(), until=talk.clock.now(), limit=9)
    assert taken.job.kind == DRAW_CARD
    [shown] = await talk.wake(taken.job.ended("done", "/cards/a.png"))
    assert shown.text.startswith("card-described(club=A, name=Анна")
    assert [(item.kind, item.name) for item in shown.attachments] == [(AttachmentKind.PHOTO, "card.png")]
    [words] = await talk.wake(taken.job.ended("failed"))
    assert words.attachments == ()


async def test_nobody_gets_a_file_by_naming_it() -> None:
    talk = await joined()
    assert await talk.press("card.drawn:done:/etc/passwd") == []
    assert await talk.press("privacy.data_ready:done:/etc/passwd") == []
