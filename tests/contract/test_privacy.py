"""Forgetting people, and lines that grow old."""

from datetime import timedelta

import pytest

from bot.domain.errors import TryLaterError
from bot.domain.loyalty.card import card_number
from bot.domain.loyalty.member import Member
from bot.domain.members.erasure import ErasureAct
from bot.domain.members.profile import Profile, ProfileField
from bot.services.club.keeping import Aged
from bot.services.club.membership import KnownBirthday
from bot.services.club.privacy import Privacy
from bot.services.ports import UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, NOON, accept, answer_all, enrol, said

LATER = NOON + timedelta(days=400)


async def _talk(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1", ANN, text="меня зовут Анна"), said("2", BOB, text="а меня Боб"))
    await answer_all(open_uow)


async def _deliver(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        queued = await uow.transcript.unsent([ANN.channel, BOB.channel], now=LATER, limit=99)
        await uow.transcript.mark_sent({item.id: "r" for item in queued}, at=NOON)
        await uow.commit()


async def _join(open_uow: UnitOfWorkFactory) -> Member:
    async with open_uow() as uow:
        member = await enrol(uow, ANN, card=card_number("27", 1))
        await uow.membership.profiles.put(member.id, {ProfileField.NAME: "Анна", ProfileField.PHONE: "+79123456789"})
        await uow.membership.birthdays.put("03-07", KnownBirthday(member=member.id, known_at=NOON))
        await uow.membership.invitations.follow(ANN, member.id, at=NOON)
        await uow.commit()
        return member


async def _forget(open_uow: UnitOfWorkFactory) -> ErasureAct:
    async with open_uow() as uow:
        act = await Privacy().forget(uow, ANN, operator="ООО «Пример»", now=NOON)
        await uow.commit()
        return act


async def test_who_is_forgotten_cannot_be_found_and_the_others_stay(open_uow: UnitOfWorkFactory) -> None:
    member = await _join(open_uow)
    await _talk(open_uow)
    await _deliver(open_uow)
    act = await _forget(open_uow)
    assert act.subject == f"member {member.id}"
    async with open_uow() as uow:
        membership = uow.membership
        assert await uow.club.members.who(ANN) is None
        assert await membership.profiles.get(member.id) == Profile()
        assert await membership.profiles.whose(ProfileField.PHONE, "+79123456789") is None
        assert await membership.birthdays.get(member.id) is None
        assert await membership.invitations.inviter(ANN) is None
        assert await membership.privacy.said([ANN], limit=99) == []
        assert [line.text for line in await membership.privacy.said([BOB], limit=99)] == ["а меня Боб", "hi 0"]
        left = await uow.club.members.get(member.id)
        assert left is not None
        assert left.left_at == NOON
        assert await membership.privacy.acts() == [act]


async def test_nobody_is_forgotten_before_they_heard_that_it_comes(open_uow: UnitOfWorkFactory) -> None:
    await _talk(open_uow)
    with pytest.raises(TryLaterError):
        await _forget(open_uow)
    async with open_uow() as uow:
        assert len(await uow.membership.privacy.said([ANN], limit=99)) == 2


async def test_who_comes_back_after_being_forgotten_is_somebody_new(open_uow: UnitOfWorkFactory) -> None:
    await _join(open_uow)
    await _forget(open_uow)
    await accept(open_uow, said("9", ANN, text="привет"))
    async with open_uow() as uow:
        assert await uow.club.members.who(ANN) is None
        assert [line.text for line in await uow.membership.privacy.said([ANN], limit=99)] == ["привет"]


async def test_lines_grow_old(open_uow: UnitOfWorkFactory) -> None:
    await _talk(open_uow)
    await _deliver(open_uow)
    async with open_uow() as uow:
        privacy = uow.membership.privacy
        assert await privacy.age(NOON - timedelta(days=1), after=0, limit=99) == Aged(lines=0)
        first = await privacy.age(LATER, after=0, limit=3)
        assert first.lines == 3
        assert first.last is not None
        assert await privacy.age(LATER, after=first.last, limit=3) == Aged(lines=1)
        assert await privacy.age(LATER, after=0, limit=99) == Aged(lines=0)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.membership.privacy.said([ANN, BOB], limit=99) == []


async def test_only_what_was_said_before_grows_old_and_nothing_that_waits(open_uow: UnitOfWorkFactory) -> None:
    await _talk(open_uow)
    await accept(open_uow, said("3", ANN, text="ещё вопрос"))
    async with open_uow() as uow:
        assert await uow.membership.privacy.age(NOON, after=0, limit=99) == Aged(lines=0)
        assert (await uow.membership.privacy.age(LATER, after=0, limit=99)).lines == 2
        left = [line.text for line in await uow.membership.privacy.said([ANN, BOB], limit=99)]
        assert left == ["hi 0", "hi 0", "ещё вопрос"]
