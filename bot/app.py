"""Composition root: from settings to a running app; the only file that knows all others."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.phrases import Translator
from bot.dialogue.router import Router
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Event
from bot.domain.replies import QueuedMessage
from bot.runtime.courier import Courier, everything
from bot.runtime.inbox import Inbox
from bot.runtime.pump import Pump
from bot.runtime.scheduler import Scheduler
from bot.services.feedback import FeedbackService
from bot.services.ports import Answers, Clock, UnitOfWorkFactory
from bot.skills.fallback import FallbackSkill
from bot.skills.feedback import FeedbackSkill, feedback_flow
from bot.skills.help import HelpSkill
from bot.skills.language import LanguageSkill
from bot.skills.people import PeopleSkill
from bot.skills.questions import QuestionsSkill
from bot.skills.smalltalk import SmalltalkSkill
from bot.skills.welcome import WelcomeSkill

logger = logging.getLogger(__name__)

MOST_LOOKED_AT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A running core. Nothing runs by itself: whoever holds it lets it work."""

    uow: UnitOfWorkFactory
    inbox: Inbox
    pump: Pump
    courier: Courier
    scheduler: Scheduler
    clock: Clock

    async def settle(self) -> None:
        """Answer everything that waits."""
        while await self.pump.work():
            pass

    async def deliver(self, wanted: Callable[[QueuedMessage], bool] = everything) -> None:
        """Send everything queued that is `wanted`."""
        while await self.courier.deliver(wanted):
            pass

    async def queued(self, channels: Sequence[ChannelName]) -> Sequence[QueuedMessage]:
        """Look at what is to be sent now, without sending it."""
        async with self.uow() as uow:
            return await uow.transcript.unsent(channels, now=self.clock.now(), limit=MOST_LOOKED_AT)

    async def find(self, event: Event) -> TranscriptId | None:
        """Find the row of an event that came before."""
        async with self.uow() as uow:
            return await uow.transcript.find(event.sender.channel, event.id)


def make_dialogue(answers: Answers, translator: Translator, clock: Clock) -> Dialogue:
    """Connect the skills, in the order in which they are asked."""
    feedback = feedback_flow(FeedbackService())
    flows = FlowEngine([feedback], translator)
    skills = (
        WelcomeSkill(),
        HelpSkill(),
        LanguageSkill(),
        FeedbackSkill(flows),
        PeopleSkill(translator),
        SmalltalkSkill(translator),
        QuestionsSkill(answers),
        FallbackSkill(),
    )
    router = Router(skills, translator)
    return Dialogue(router=router, flows=flows, answers=answers, translator=translator, clock=clock)
