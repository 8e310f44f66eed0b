"""Inviting friends: a code of one's own, a friend who follows it and joins, nobody else."""

import pytest

from bot.domain.errors import ConflictError
from bot.domain.loyalty.entry import Basis
from bot.domain.loyalty.member import Member
from bot.domain.members.terms import ClubTerms
from bot.domain.replies import Private
from bot.services.club.inviting import Inviting
from bot.services.club.joining import Joining, Newcomer
from bot.services.club.points import Points
from tests.contract.club_samples import Club, bought
from tests.fakes.chance import FakeChance
from tests.fakes.talk import Talk, keys, labels
from tests.unit.services.nights import PROGRAM, Nights

CODE = "00000007"


async def join(talk: Talk, phone: str = "+79120000001") -> Member:
    """Join as the form does in the end."""
    newcomer = Newcomer(address=talk.me, name="Анна", phone=phone, age_confirmed=18)
    async with talk.uow() as uow:
        chance = FakeChance([int(phone[1:])])
        member = await Joining(chance).join(uow, newcomer, ClubTerms(), now=talk.clock.now())
        await uow.commit()
    return member


async def test_the_invitation_is_a_message_to_pass_on_with_a_link_and_a_code() -> None:
    nights = Nights()
    ann = nights.talk("ann")
    await join(ann)
    own, forward = await ann.say("/invite")
    assert own.text.split("\n") == [
        "invite-title(club=A)",
        "invite-gain(points=300)",
        "invite-friend-gain(points=200)",
        "invite-cap(friends=1)",
        "invite-friends(friends=0)",
        "invite-how",
    ]
    assert keys([forward]) == ["invite-forward(club=A, code=0000-0007, points=200)"]
    assert [button.target for row in forward.buttons for button in row] == [Private(f"inv_{CODE}")]
    assert keys(await ann.say("/invite"))[1] == keys([forward])[0]


async def test_a_friend_who_follows_it_and_joins_has_been_brought_by_the_member() -> None:
    nights = Nights()
    ann, bob = nights.talk("ann"), nights.talk("bob")
    inviter = await join(ann)
    await ann.say("/invite")
    [welcome] = await bob.start(f"inv_{CODE}")
    assert keys([welcome]) == ["invite-welcome(club=A, points=200)"]
    assert labels(welcome) == ["club-join-button"]
    friend = await join(bob, "+79120000002")
    assert friend.invited_by == inviter.id
    own, _ = await ann.say("/invite")
    assert "invite-friends(friends=1)" in own.text


async def test_both_get_points_after_the_first_purchase_of_the_friend() -> None:
    nights = Nights()
    ann, bob = nights.talk("ann"), nights.talk("bob")
    inviter = await join(ann)
    await ann.say("/invite")
    await bob.say("/invite 0000 0007")
    friend = await join(bob, "+79120000002")
    club = Club(nights.database.unit_of_work, program=PROGRAM, now=nights.clock.now())
    await club.buy(friend, bought("1", 1000, at=nights.clock.now()))
    assert (await club.balance(inviter)).pending == 300
    assert (await club.balance(friend)).pending == 50 + 300 + 200


@pytest.mark.parametrize("typed", ["00000009", "kaboom", "0000-000", "inv_" + CODE])
async def test_a_code_that_nobody_invites_by_leaves_no_trace(typed: str) -> None:
    nights = Nights()
    ann, bob = nights.talk("ann"), nights.talk("bob")
    await join(ann)
    await ann.say("/invite")
    [said] = await bob.say(f"/invite {typed}")
    assert (keys([said]), labels(said)) == (["invite-unknown"], ["club-join-button"])
    assert (await join(bob, "+79120000002")).invited_by is None


async def test_nobody_invites_themselves_or_who_is_in_already() -> None:
    nights = Nights()
    ann, bob = nights.talk("ann"), nights.talk("bob")
    await join(ann)
    friend = await join(bob, "+79120000002")
    await ann.say("/invite")
    [own] = await ann.start(f"inv_{CODE}")
    assert (keys([own]), labels(own)) == (["invite-own"], ["invite-button"])
    assert keys(await bob.start(f"inv_{CODE}")) == ["invite-already-in"]
    async with nights.database.unit_of_work() as uow:
        await uow.club.members.leave(friend.id, at=nights.clock.now())
        await uow.commit()
    [said] = await bob.start(f"inv_{CODE}")
    assert (keys([said]), labels(said)) == (["invite-was-in"], ["club-join-button"])
    assert (await join(bob, "+79120000002")).invited_by is None


async def test_the_last_invitation_counts_and_one_of_who_left_does_not() -> None:
    nights = Nights()
    ann, bob, eve = nights.talk("ann"), nights.talk("bob"), nights.talk("eve")
    first, second = await join(ann), await join(bob, "+79120000002")
    codes = {}
    for talk, member in ((ann, first), (bob, second)):
        async with talk.uow() as uow:
            codes[talk] = await Inviting(FakeChance([member.id])).code(uow, member)
            await uow.commit()
    await eve.start(f"inv_{codes[ann]}")
    await eve.start(f"inv_{codes[bob]}")
    async with nights.database.unit_of_work() as uow:
        assert await uow.membership.invitations.inviter(eve.me) == second.id
        await uow.club.members.leave(second.id, at=nights.clock.now())
        await uow.commit()
    assert (await join(eve, "+79120000003")).invited_by is None
    async with nights.database.unit_of_work() as uow:
        assert await uow.membership.invitations.inviter(eve.me) is None


async def test_the_invitation_of_a_member_whose_accounts_were_linked_is_the_linked_one_s() -> None:
    nights = Nights()
    ann, other, eve = nights.talk("ann"), nights.talk("other"), nights.talk("eve")
    first, second = await join(ann), await join(other, "+79120000002")
    await ann.say("/invite")
    async with nights.database.unit_of_work() as uow:
        basis = Basis(source="link:1")
        await Points().merge(uow, first.account, second.account, key="link:1", basis=basis, now=nights.clock.now())
        await uow.club.members.link(ann.me, second.id, at=nights.clock.now())
        await uow.club.members.leave(first.id, at=nights.clock.now())
        await uow.commit()
    assert keys(await ann.start(f"inv_{CODE}")) == ["invite-own"]
    await eve.start(f"inv_{CODE}")
    assert (await join(eve, "+79120000003")).invited_by == second.id


async def test_a_code_that_is_taken_is_drawn_again() -> None:
    nights = Nights()
    phones = ("+79120000001", "+79120000002", "+79120000003")
    ann, bob, eve = [await join(nights.talk(phone), phone) for phone in phones]
    inviting = Inviting(FakeChance([7, 7, 8]))
    async with nights.database.unit_of_work() as uow:
        assert [await inviting.code(uow, member) for member in (ann, bob, ann)] == [CODE, "00000008", CODE]
        with pytest.raises(ConflictError):
            await Inviting(FakeChance([7] * 8)).code(uow, eve)


async def test_who_is_not_in_the_club_cannot_invite() -> None:
    assert keys(await Nights().talk("bob").say("/invite")) == ["club-not-in(club=A)"]
