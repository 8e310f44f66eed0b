"""After a ticket: how customers were helped, what the bot learns of it, and the figures."""

from tests.fakes.talk import keys, labels
from tests.unit.skills.desk.office import Office, taken, to


async def closed() -> Office:
    office = await taken()
    await office.op.say("Завтра привезём")
    await office.op.say("/close")
    return office


async def test_who_was_helped_is_asked_and_the_operator_hears_of_it() -> None:
    office = await taken()
    await office.op.say("Завтра привезём")
    said = await office.op.say("/close")
    assert to(said, office.ann) == ["desk-ended-score"]
    stars = next(labels(message) for message in said if message.to == office.ann.me)
    assert [len(each) for each in stars] == [1, 2, 3, 4, 5]
    scored = await office.ann.press("people.score:1:5")
    assert to(scored, office.ann) == ["desk-score-thanks"]
    assert to(scored, office.op) == ["desk-scored(comment=, stars=⭐⭐⭐⭐⭐, ticket=1)"]


async def test_who_was_not_pleased_may_say_why() -> None:
    office = await closed()
    assert to(await office.ann.press("people.score:1:2"), office.ann) == ["desk-score-why(ticket=1)"]
    said = await office.ann.say("Грубили мне")
    assert to(said, office.ann) == ["desk-score-thanks"]
    assert to(said, office.op) == ["desk-scored(comment=Грубили мне, stars=⭐⭐, ticket=1)"]


async def test_who_talks_to_a_person_again_is_not_asked_why() -> None:
    office = await closed()
    await office.ann.say("позовите человека")
    await office.op.say("/take 1")
    assert to(await office.ann.press("people.score:1:1"), office.ann) == ["desk-score-thanks"]
    assert to(await office.ann.say("и ещё вопрос"), office.op) == ["desk-said(name=Ann, ticket=1)"]


async def test_nobody_scores_what_is_not_theirs() -> None:
    office = await closed()
    for action in ("people.score:1:5", "people.score:99:5", "people.score:x:y"):
        assert keys(await office.bob.press(action)) == ["desk-score-late"]
    assert keys(await office.ann.press("people.score:1:9")) == ["desk-score-late"]


async def test_who_got_no_answer_is_not_asked() -> None:
    office = await taken()
    assert to(await office.op.say("/close"), office.ann) == ["desk-ended"]


async def test_an_answer_is_taught_once_who_leads_approves() -> None:
    office = await closed()
    said = await office.op.press("desk-teach-button")
    assert to(said, office.op) == ["desk-teach-asked"]
    assert to(said, office.chief) == ["desk-proposal(number=1)"]
    assert keys(await office.op.press("desk.approve:1")) == ["desk-teach-leader"]
    assert keys(await office.chief.press("desk.approve:1")) == ["desk-taught(question=что с заказом?)"]
    assert office.taught == [("что с заказом?", "Завтра привезём", "console:op")]
    assert keys(await office.chief.press("desk.approve:1")) == ["desk-teach-decided"]


async def test_a_proposal_is_edited_and_dismissed() -> None:
    office = await closed()
    await office.op.press("desk-teach-button")
    assert keys(await office.chief.say("/teach #1 Где заказ? | В пути")) == ["desk-proposal(number=2)"]
    assert keys(await office.chief.say("/proposals")) == ["desk-proposal(number=2)"]
    assert keys(await office.chief.press("desk.dismiss:2")) == ["desk-teach-dismissed"]
    assert keys(await office.chief.say("/proposals")) == ["desk-teach-none"]
    assert keys(await office.chief.say("/teach #2 а | б")) == ["desk-teach-decided"]
    assert office.taught == []


async def test_a_proposal_is_shown_beside_what_the_bot_says_now() -> None:
    office = await closed()
    await office.op.say("/reopen 1")
    said = await office.op.say("/teach Сколько стоит доставка? | Она бесплатна")
    card = next(each.text for each in said if each.to == office.chief.me)
    assert "desk-proposal-now(text=300 рублей)" in card.split("\n")
    said = await office.op.say("/teach Есть ли самовывоз? | Да")
    assert all("desk-proposal-now" not in each.text for each in said)


async def test_the_same_is_proposed_once() -> None:
    office = await closed()
    await office.op.press("desk-teach-button")
    assert to(await office.op.press("desk-teach-button"), office.chief) == ["desk-proposal(number=1)"]
    assert len(await office.chief.say("/proposals")) == 1


async def test_nobody_approves_words_that_they_were_not_shown() -> None:
    office = await closed()
    await office.op.press("desk-teach-button")
    assert to(await office.op.say("/teach #1 Где заказ? | Нигде"), office.chief) == ["desk-proposal(number=2)"]
    assert keys(await office.chief.press("desk.approve:1")) == ["desk-teach-decided"]
    assert office.taught == []


async def test_a_proposal_is_changed_by_who_made_it_or_who_leads() -> None:
    office = await closed()
    await office.op.press("desk-teach-button")
    assert keys(await office.other.say("/teach #1 а | б")) == ["desk-teach-leader"]
    assert keys(await office.other.press("desk.dismiss:1")) == ["desk-teach-leader"]
    assert keys(await office.op.press("desk.dismiss:1")) == ["desk-teach-dismissed"]


async def test_a_question_and_an_answer_may_be_typed() -> None:
    office = await taken()
    assert keys(await office.chief.say("/teach 1")) == ["desk-nothing-here"]
    await office.chief.say("/take 1")
    assert keys(await office.chief.say("/teach")) == ["desk-teach-how"]
    assert keys(await office.chief.say("/teach Есть самовывоз? | Да, +7 912 345-67-89")) == ["desk-proposal(number=1)"]
    await office.chief.press("desk.approve:1")
    assert office.taught == [("Есть самовывоз?", "Да, …", "console:chief")]


async def test_the_figures_count_what_happened() -> None:
    office = await closed()
    await office.ann.press("people.score:1:4")
    [shown] = await office.op.say("/stats 7")
    assert shown.text.split("\n") == [
        "desk-stats(days=7)",
        "desk-stats-opened(answered=1, opened=1, resolved=1)",
        "desk-stats-now(held=0, waiting=0)",
        "desk-stats-first(minutes=0)",
        "desk-stats-promises(kept=1, promised=1)",
        "desk-stats-stars(count=1, stars=4.0)",
    ]


async def test_what_is_taught_is_what_was_asked_before_the_answer() -> None:
    office = await Office().open()
    await office.ann.say("позовите человека")
    await office.chief.say("/take 1")
    await office.ann.say("фен можно в самолёт?")
    await office.chief.say("Да, в ручную кладь")
    [shown] = await office.chief.say("/teach")
    assert "desk-proposal-question(text=фен можно в самолёт?)" in shown.text
    assert keys(await office.chief.say("/teach что-то")) == ["desk-teach-how"]
    assert keys(await office.chief.say("/teach #99999999999999999999 а | б")) == ["desk-teach-decided"]


async def test_a_canned_answer_is_sent_by_its_button() -> None:
    office = await taken()
    await office.op.say("/canned + пока До свидания!")
    await office.op.say("/canned")
    assert to(await office.op.press("пока"), office.ann) == ["До свидания!"]
