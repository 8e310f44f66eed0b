"""Members, the identity vault and the consent log."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import ConflictError
from bot.domain.loyalty.card import CardNumber, card_number
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.tiers import Standing
from bot.domain.members.consent import ConsentChange, ConsentEvent, ConsentText
from bot.domain.members.linking import Brought
from bot.domain.members.profile import Profile, ProfileField
from bot.domain.messages import Address
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, NOON, enrol

CARD, OTHER_CARD = card_number("27", 1), card_number("27", 2)
PHONE, NAME, EMAIL = ProfileField.PHONE, ProfileField.NAME, ProfileField.EMAIL
TEXT = ConsentText(title="Согласие", text="Я согласен")


async def _join(open_uow: UnitOfWorkFactory, address: Address = ANN, card: CardNumber = CARD) -> Member:
    async with open_uow() as uow:
        member = await enrol(uow, address, card=card)
        await uow.commit()
        return member


def _event(change: ConsentChange, *, by: Address = ANN) -> ConsentEvent:
    return ConsentEvent(
        document="ads",
        version="1",
        digest=TEXT.digest,
        language="ru",
        change=change,
        by=by,
        shown_ref="17",
        event_id="e1",
        at=NOON,
    )


async def test_a_member_is_found_by_address_number_and_card(open_uow: UnitOfWorkFactory) -> None:
    member = await _join(open_uow)
    async with open_uow() as uow:
        members = uow.club.members
        assert await members.who(ANN) == member
        assert await members.get(member.id) == member
        assert await members.by_card(CARD) == member
        assert await members.who(BOB) is None
        assert await members.get(MemberId(99)) is None
        assert await members.by_card(OTHER_CARD) is None


async def test_no_card_is_given_twice(open_uow: UnitOfWorkFactory) -> None:
    await _join(open_uow)
    with pytest.raises(ConflictError):
        await _join(open_uow, BOB, CARD)
    async with open_uow() as uow:
        assert await uow.club.members.who(BOB) is None


async def test_an_address_that_is_linked_belongs_to_the_member(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _join(open_uow), await _join(open_uow, BOB, OTHER_CARD)
    async with open_uow() as uow:
        await uow.club.members.link(BOB, ann.id, at=NOON + timedelta(hours=1))
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.club.members.who(BOB) == ann
        assert await uow.club.members.addresses(ann.id) == [BOB, ANN]
        assert await uow.club.members.addresses(bob.id) == []


async def test_who_left_is_still_known_and_may_come_back(open_uow: UnitOfWorkFactory) -> None:
    member = await _join(open_uow)
    for at in (NOON + timedelta(days=1), None):
        async with open_uow() as uow:
            await uow.club.members.leave(member.id, at=at)
            await uow.commit()
        async with open_uow() as uow:
            found = await uow.club.members.who(ANN)
            assert found is not None
            assert (found.left_at, found.is_active) == (at, at is None)


async def test_what_a_member_told_is_kept_changed_and_removed(open_uow: UnitOfWorkFactory) -> None:
    member = await _join(open_uow)
    told: list[dict[ProfileField, str]] = [{NAME: "Анна-Мария", PHONE: "+79123456789"}, {NAME: "Анна", PHONE: ""}]
    for values in told:
        async with open_uow() as uow:
            await uow.membership.profiles.put(member.id, values)
            await uow.commit()
    async with open_uow() as uow:
        assert await uow.membership.profiles.get(member.id) == Profile(name="Анна")
        assert await uow.membership.profiles.whose(PHONE, "+79123456789") is None


async def test_a_phone_and_an_address_belong_to_one_member(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _join(open_uow), await _join(open_uow, BOB, OTHER_CARD)
    async with open_uow() as uow:
        await uow.membership.profiles.put(ann.id, {PHONE: "+79123456789", EMAIL: "Ann@example.org"})
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.membership.profiles.whose(PHONE, "+79123456789") == ann.id
        assert await uow.membership.profiles.whose(EMAIL, "ann@EXAMPLE.org") == ann.id
        assert await uow.membership.profiles.whose(EMAIL, "+79123456789") is None
    with pytest.raises(ConflictError):
        await _put_and_keep(open_uow, bob.id, {PHONE: "+79123456789"})


async def _put_and_keep(open_uow: UnitOfWorkFactory, member: MemberId, values: dict[ProfileField, str]) -> None:
    async with open_uow() as uow:
        await uow.membership.profiles.put(member, values)
        await uow.commit()


async def test_the_vault_forgets_a_member_whole(open_uow: UnitOfWorkFactory) -> None:
    member = await _join(open_uow)
    await _put_and_keep(open_uow, member.id, {NAME: "Анна", EMAIL: "ann@example.org"})
    async with open_uow() as uow:
        await uow.membership.profiles.erase(member.id)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.membership.profiles.get(member.id) == Profile()
        assert await uow.club.members.get(member.id) == member


async def test_the_consent_log_tells_what_was_done_in_order(open_uow: UnitOfWorkFactory) -> None:
    done = [_event(ConsentChange.DECLINED), _event(ConsentChange.GIVEN), _event(ConsentChange.WITHDRAWN)]
    async with open_uow() as uow:
        for _ in range(2):  # the same words may be shown again
            await uow.membership.consents.keep_text("ads", "1", "ru", TEXT)
        for event in [*done, _event(ConsentChange.GIVEN, by=BOB)]:
            await uow.membership.consents.add(event)
        await uow.commit()
    async with open_uow() as uow:
        assert list(await uow.membership.consents.of([ANN])) == done
        assert len(await uow.membership.consents.of([BOB, ANN])) == 4
        assert await uow.membership.consents.of([]) == []


async def test_codes_are_counted_and_the_last_one_is_judged(open_uow: UnitOfWorkFactory) -> None:
    later = NOON + timedelta(minutes=2)
    async with open_uow() as uow:
        codes = uow.membership.codes
        await codes.add("+79123456789", "111111", ANN, at=NOON)
        await codes.add("+79123456789", "222222", ANN, at=later)
        await codes.add("+79120000000", "333333", BOB, at=later)
        await uow.commit()
    async with open_uow() as uow:
        codes = uow.membership.codes
        before = await codes.sent_before("+79123456789", BOB, since=NOON - timedelta(days=1))
        assert (list(before.to_phone), list(before.by_account), before.by_programme) == ([NOON, later], [later], 3)
        assert (await codes.sent_before("+7", ANN, since=NOON)).by_account == [later]
        sent = await codes.latest("+79123456789", ANN)
        assert sent is not None
        assert (sent.digest, sent.sent_at) == (codes.digest("+79123456789", "222222"), later)
        assert await codes.latest("+79123456789", BOB) is None
        await codes.keep("+79123456789", ANN, replace(sent, failures=2, is_used=True))
        await uow.commit()
    async with open_uow() as uow:
        kept = await uow.membership.codes.latest("+79123456789", ANN)
        assert kept is not None
        assert (kept.failures, kept.is_used) == (2, True)


async def test_a_link_is_claimed_by_the_first_and_confirmed(open_uow: UnitOfWorkFactory) -> None:
    member = await _join(open_uow)
    async with open_uow() as uow:
        await uow.membership.links.begin(member.id, "00000000", at=NOON)
        await uow.membership.links.begin(member.id, "11111111", at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        links = uow.membership.links
        assert await links.claim("00000000", BOB) is None
        claim = await links.claim("11111111", BOB)
        assert claim is not None
        assert (claim.member, claim.by, claim.is_open(NOON)) == (member.id, BOB, True)
        assert await links.claim("11111111", ANN) == claim
        brought = Brought(
            member=member.id,
            fields=frozenset({ProfileField.NAME}),
            belongings={"devices": (1, 2), "orders": (7,)},
            standing=Standing(tier="t", since=NOON.date(), until=NOON.date()),
        )
        assert await links.merged_at(member.id) is None
        await links.confirm(claim.id, at=NOON, brought=brought)
        await uow.commit()
    async with open_uow() as uow:
        confirmed = await uow.membership.links.get(claim.id)
        assert confirmed is not None
        assert (confirmed.confirmed_at, confirmed.brought) == (NOON, brought)
        assert await uow.membership.links.merged_at(member.id) == NOON
        await uow.membership.links.begin(member.id, "22222222", at=NOON)
        assert await uow.membership.links.get(claim.id) == confirmed
        await uow.membership.links.undo(claim.id, at=NOON)
        undone = await uow.membership.links.get(claim.id)
        assert undone is not None
        assert not undone.may_be_undone(NOON)
        assert await uow.membership.links.merged_at(member.id) is None


async def test_what_is_sealed_is_read_again(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        sealed = uow.membership.seal("Анна")
        assert sealed != "Анна"
        assert uow.membership.unseal(sealed) == "Анна"


async def _spoil_a_turn(uow: UnitOfWork) -> None:
    async with uow.turn():
        await enrol(uow, ANN, card=CARD)
        await uow.membership.consents.keep_text("ads", "1", "ru", TEXT)
        await uow.membership.consents.add(_event(ConsentChange.GIVEN))
        raise ZeroDivisionError


async def test_nothing_is_kept_of_a_turn_that_failed(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        with pytest.raises(ZeroDivisionError):
            await _spoil_a_turn(uow)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.club.members.who(ANN) is None
        assert await uow.membership.consents.of([ANN]) == []
