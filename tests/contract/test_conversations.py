"""What a conversation was is what it will be."""

from datetime import timedelta

from bot.domain.conversation import Conversation, FlowState, LanguageOrigin, Remembered
from bot.domain.wishes import Order, Relation, Shown, Wish, Wishes
from bot.services.ports import UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, NOON, accept, said

FLOW = FlowState(
    flow="feedback",
    step="comment",
    opened_by="1",
    touched_at=NOON + timedelta(microseconds=1),
    answers={"rating": "5", "комментарий": "да"},
    failures=2,
    aside="сколько стоит?",
    wording="3f2a",
    shown_by="2",
)

REMEMBERED = Remembered(
    Shown(
        offers=("k1", "k2"),
        focus=1,
        wishes=Wishes(
            kinds=("чайник|kettle",),
            categories=("1",),
            brands=("parovar",),
            names=("eco",),
            wishes=(
                Wish(param="", relation=Relation.AT_MOST, number=200_000.0, text="2 000", is_strict=True),
                Wish(param="Цвет", relation=Relation.IS_NOT, text="черный", shown="чёрный"),
            ),
            order=Order(param="Вес", is_ascending=True),
        ),
        seen=("k3",),
        asked=("Объём",),
        before="gh2",
    ),
    NOON,
)


async def _load(open_uow: UnitOfWorkFactory) -> Conversation:
    async with open_uow() as uow:
        return (await uow.conversations.load([ANN], language="ru"))[ANN]


async def test_a_stranger_has_a_new_conversation_in_the_language_asked_for(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    async with open_uow() as uow:
        loaded = await uow.conversations.load([ANN, BOB, ANN], language="en")
    assert loaded == {address: Conversation(address=address, language="en") for address in (ANN, BOB)}


async def test_a_saved_conversation_is_found_again(open_uow: UnitOfWorkFactory) -> None:
    saved = Conversation(address=ANN, language="en", language_origin=LanguageOrigin.CHOSEN, flow=FLOW)
    async with open_uow() as uow:
        await uow.conversations.save([saved, Conversation(address=BOB, language="ru")])
        await uow.commit()
    loaded = await _load(open_uow)
    assert (loaded.language, loaded.language_origin, loaded.flow) == ("en", LanguageOrigin.CHOSEN, FLOW)


async def test_what_was_shown_is_remembered_and_forgotten(open_uow: UnitOfWorkFactory) -> None:
    for remembered in (REMEMBERED, Remembered(Shown(offers=()), NOON), None):
        async with open_uow() as uow:
            loaded = await uow.conversations.load([ANN], language="ru")
            loaded[ANN].remembered = remembered
            await uow.conversations.save(list(loaded.values()))
            await uow.commit()
        assert (await _load(open_uow)).remembered == remembered


async def test_saving_again_changes_it(open_uow: UnitOfWorkFactory) -> None:
    for flow in (FLOW, None):
        async with open_uow() as uow:
            loaded = await uow.conversations.load([ANN], language="ru")
            loaded[ANN].flow = flow
            await uow.conversations.save(list(loaded.values()))
            await uow.commit()
    assert (await _load(open_uow)).flow is None


async def test_a_change_that_is_not_saved_is_lost(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.conversations.save([Conversation(address=ANN, language="ru")])
        await uow.commit()
    (await _load(open_uow)).language = "en"
    assert (await _load(open_uow)).language == "ru"


async def test_saving_without_commit_is_undone(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.conversations.save([Conversation(address=ANN, language="en")])
    assert await _load(open_uow) == Conversation(address=ANN, language="ru")


async def test_nothing_is_loaded_or_saved_for_nobody(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        assert await uow.conversations.load([], language="ru") == {}
        await uow.conversations.save([])
        await uow.commit()
