"""Teaching: an operator's answer becomes one of the bot's own, once it is approved."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.staff import HANDOFF, Job, say
from bot.domain.actions import Action
from bot.domain.answer import Question
from bot.domain.desk.ticket import same_account
from bot.domain.errors import ConfigurationError
from bot.domain.masking import masked
from bot.domain.replies import Button, Card, Phrase, Reply
from bot.services.desk.more_books import Proposal, ProposalId, ProposalState
from bot.services.desk.workers import LEADERS, leads
from bot.services.staff import those_who
from bot.skills.desk.drafts import told_by
from bot.skills.desk.parts import DeskParts, is_question
from bot.skills.desk.taking import Taking

LONGEST = 2000
_PARTED = "|"


class Teaching:
    """`/teach`, and the buttons that approve or dismiss what was proposed."""

    def __init__(self, parts: DeskParts, taking: Taking) -> None:
        self._parts = parts
        self._taking = taking

    async def teach(self, job: Job) -> Sequence[Reply]:
        """Propose the last answer to what the customer asked: ``/teach``, or ``/teach question | answer``."""
        if self._parts.teach is None:
            return say("desk-teach-nowhere")
        number, _, rest = job.order.rest.partition(" ")
        digits = number.removeprefix("#")
        if digits != number and digits.isascii() and digits.isdecimal() and _PARTED in rest:
            return await self._edit(job, ProposalId(int(digits[:_LONGEST_NUMBER])), rest)
        ticket = job.ticket if job.ticket is not None and not job.order.number else await self._taking.own(job)
        question, answer = _parts_of(job.order.rest)
        if not job.order.rest or job.order.number:
            asked, answer = await job.turn.uow.desk.relays.last_exchange(ticket.id, ticket.customer)
            question = next((each for each in (asked, ticket.topic) if is_question(each, self._parts.translator)), "")
        if not question or not answer:
            return say("desk-teach-how")
        wanted = Proposal(
            id=ProposalId(0),
            ticket=ticket.id,
            question=masked(question)[:LONGEST],
            answer=masked(answer)[:LONGEST],
            by=job.own,
            at=job.turn.now,
        )
        book = job.turn.uow.desk.proposals
        same = (each for each in await book.open() if replace(each, id=wanted.id, by=job.own, at=wanted.at) == wanted)
        return await self._ask(job, next(same, None) or await book.add(wanted))

    async def approve(self, job: Job) -> Sequence[Reply]:
        """Give the bot a proposed answer; it counts within seconds."""
        proposal = await self._open(job)
        if proposal is None:
            return say("desk-teach-decided")
        if not await self._may_decide(job):
            return say("desk-teach-leader")
        if self._parts.teach is None:
            return say("desk-teach-nowhere")
        try:
            self._parts.teach(proposal.question, proposal.answer, f"{proposal.by.channel}:{proposal.by.user_id}")
        except ConfigurationError:
            return say("desk-teach-failed")
        await job.turn.uow.desk.proposals.keep(replace(proposal, state=ProposalState.APPROVED))
        return say("desk-taught", question=proposal.question)

    async def dismiss(self, job: Job) -> Sequence[Reply]:
        """Leave it to people."""
        proposal = await self._open(job)
        if proposal is None:
            return say("desk-teach-decided")
        if not await self._may_change(job, proposal):
            return say("desk-teach-leader")
        await job.turn.uow.desk.proposals.keep(replace(proposal, state=ProposalState.DISMISSED))
        return say("desk-teach-dismissed")

    async def proposals(self, job: Job) -> Sequence[Reply]:
        """Show what waits for a decision."""
        waiting = await job.turn.uow.desk.proposals.open()
        return [await self._shown(job, each) for each in waiting[:_MOST_SHOWN]] or say("desk-teach-none")

    async def _edit(self, job: Job, number: ProposalId, text: str) -> Sequence[Reply]:
        """Put other words in the place of a proposal, under a number of their own: what was shown before is decided, so
        that nobody approves what they have not seen."""
        book = job.turn.uow.desk.proposals
        proposal = await book.get(number)
        question, answer = _parts_of(text)
        if proposal is None or proposal.state is not ProposalState.OPEN:
            return say("desk-teach-decided")
        if not await self._may_change(job, proposal):
            return say("desk-teach-leader")
        if not question or not answer:
            return say("desk-teach-how")
        await book.keep(replace(proposal, state=ProposalState.DISMISSED))
        anew = replace(proposal, question=question[:LONGEST], answer=answer[:LONGEST], by=job.own, at=job.turn.now)
        return await self._ask(job, await book.add(anew))

    async def _ask(self, job: Job, proposal: Proposal) -> Sequence[Reply]:
        """Show it to who may decide: the proposer, where they may, else those who lead."""
        if await self._may_decide(job):
            return [await self._shown(job, proposal)]
        language = job.turn.brand.languages[0]
        leaders = await those_who(job.turn.uow, LEADERS)
        shown = await self._shown(job, proposal)
        asked = [replace(shown, to=each, language=language) for each in leaders]
        return [*say("desk-teach-asked"), *asked]

    async def _shown(self, job: Job, proposal: Proposal) -> Reply:
        """Show it beside what the bot says to that question now, which it would contradict."""
        number, language = str(proposal.id), job.turn.brand.languages[0]
        lines = [
            Phrase("desk-proposal-question", {"text": proposal.question}),
            Phrase("desk-proposal-answer", {"text": proposal.answer}),
            Phrase("desk-proposal-edit", {"number": proposal.id}),
        ]
        if self._parts.answers is not None:
            now = await self._parts.answers.answer(Question(text=proposal.question, language=language))
            if len(now.hits) == 1:
                lines.insert(2, Phrase("desk-proposal-now", {"text": told_by(now.hits[0], language)}))
        yes = Button(Phrase("desk-approve-button"), Action("desk.approve", (number,)))
        no = Button(Phrase("desk-dismiss-button"), Action("desk.dismiss", (number,)))
        title = Phrase("desk-proposal", {"number": proposal.id})
        return Reply(text=Card(title=title, lines=tuple(lines)), buttons=((yes, no),), answer=HANDOFF)

    async def _open(self, job: Job) -> Proposal | None:
        number = job.order.number or job.order.rest.lstrip("#")
        is_number = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER
        proposal = await job.turn.uow.desk.proposals.get(ProposalId(int(number))) if is_number else None
        return proposal if proposal is not None and proposal.state is ProposalState.OPEN else None

    async def _may_change(self, job: Job, proposal: Proposal) -> bool:
        """Whether it is theirs to decide, or to take back."""
        return same_account(proposal.by, job.own) or await self._may_decide(job)

    async def _may_decide(self, job: Job) -> bool:
        return await leads(job.turn.uow, job.own) or not await those_who(job.turn.uow, LEADERS)


_LONGEST_NUMBER = 12
_MOST_SHOWN = 5


def _parts_of(text: str) -> tuple[str, str]:
    question, _, answer = text.partition(_PARTED)
    return question.strip(), answer.strip()


def teach_button(ticket: int) -> Button:
    """Offer to propose the last answer of a ticket."""
    return Button(Phrase("desk-teach-button"), Action("desk.teach", (str(ticket),)))
