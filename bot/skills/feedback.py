"""Feedback: a rating by buttons, a comment, thanks."""

from collections.abc import Mapping, Sequence

from bot.dialogue.flow.controls import IN_FLOW
from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.flow.form import Choice, Flow, InvalidAnswerError, Step
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.conversation import FlowState
from bot.domain.replies import Button, Phrase, Reply
from bot.services.feedback import FeedbackService

LONGEST_COMMENT = 2000
_PLEASED = 4
_RATINGS = (  # from 1 up, so that a terminal numbers the buttons as the ratings
    Choice(value="1", label=Phrase("feedback-rating-1-button"), words="words-rating-1"),
    Choice(value="2", label=Phrase("feedback-rating-2-button"), words="words-rating-2"),
    Choice(value="3", label=Phrase("feedback-rating-3-button"), words="words-rating-3"),
    Choice(value="4", label=Phrase("feedback-rating-4-button"), words="words-rating-4"),
    Choice(value="5", label=Phrase("feedback-rating-5-button"), words="words-rating-5"),
)


def feedback_flow(service: FeedbackService) -> Flow:
    """Describe the form. A rating alone is worth keeping, so it is stored even when the comment never comes."""

    async def finish(turn: Turn, state: FlowState) -> Sequence[Reply]:
        rating = int(state.answers["rating"])
        await service.give(
            turn.uow,
            sender=turn.conversation.address,
            rating=rating,
            comment=state.answers.get("comment", ""),
            begun_by=state.opened_by,
            now=turn.now,
        )
        return [_thanks(rating)]

    async def abandon(turn: Turn, state: FlowState) -> Sequence[Reply]:
        return await finish(turn, state) if "rating" in state.answers else []

    rating = Step(
        name="rating",
        prompt="feedback-rating-prompt",
        hint="feedback-rating-hint",
        choices=_RATINGS,
    )
    comment = Step(
        name="comment",
        prompt="feedback-comment-prompt",
        hint="feedback-comment-hint",
        is_optional=True,
        check=_check_comment,
    )
    return Flow(name="feedback", title="feedback-title", steps=(rating, comment), finish=finish, abandon=abandon)


class FeedbackSkill:
    """Opens the form."""

    name = "feedback"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-feedback": Action("feedback.start")}

    def __init__(self, flows: FlowEngine) -> None:
        self._flows = flows

    def matches(self, turn: Turn) -> bool:
        """Only by its command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Open the form, or go on with it."""
        return await self._flows.start(turn, "feedback")


def _check_comment(text: str) -> str:
    comment = text.strip()
    if len(comment) > LONGEST_COMMENT:
        raise InvalidAnswerError(Phrase("feedback-comment-too-long", {"limit": LONGEST_COMMENT}))
    return comment


def _thanks(rating: int) -> Reply:
    if rating >= _PLEASED:
        return Reply(text=Phrase("feedback-thanks"), answer=IN_FLOW)
    person = Button(Phrase("button-person"), Action("people.contacts"))
    return Reply(text=Phrase("feedback-thanks-sorry"), buttons=((person,),), answer=IN_FLOW)
