"""Privacy: what is kept and why, consents taken back one by one, a file with everything, being forgotten."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.contact_data.birthday import shown_birthday
from bot.domain.contact_data.email import masked_email
from bot.domain.contact_data.phone import masked_phone
from bot.domain.job import DONE, Job
from bot.domain.loyalty.card import grouped
from bot.domain.members.consent import ConsentDocument, Standing, is_given_anywhere, stands
from bot.domain.members.terms import ClubTerms
from bot.domain.messages import AttachmentKind, Woke
from bot.domain.replies import Attachment, Button, Card, Line, Phrase, Reply, Text
from bot.services.club.privacy import MY_DATA, Demand, Dossier, Privacy, Things
from bot.skills.club.consents import give_button

_FORGET = Button(Phrase("privacy-forget-button"), Action("privacy.ask_forget"))
_MY_DATA = Button(Phrase("privacy-mydata-button"), Action("privacy.mydata"))
_NOTHING = "—"
_GAP = Text("")
_STANDS: Mapping[Standing, str] = {
    Standing.GIVEN: "privacy-consent-given",
    Standing.OLD: "privacy-consent-old",
    Standing.NONE: "privacy-consent-none",
}


class PrivacySkill:
    """Shows what is kept of the person, and does what they demand."""

    name = "privacy"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {
        "command-privacy": Action("privacy.show"),
        "command-mydata": Action("privacy.mydata"),
        "command-forget": Action("privacy.ask_forget"),
    }

    def __init__(self, privacy: Privacy, terms: Callable[[], ClubTerms]) -> None:
        self._privacy = privacy
        self._terms = terms

    def matches(self, turn: Turn) -> bool:
        """Only by a command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Do what was asked."""
        verbs = {
            "withdraw": self._withdraw,
            "mydata": self._make_file,
            "data_ready": self._give_file,
            "ask_forget": self._ask_forget,
            "forget": self._forget,
            "keep": self._keep,
        }
        return await verbs.get(turn.action.verb if turn.action else "", self._show)(turn)

    async def _show(self, turn: Turn) -> Sequence[Reply]:
        dossier = await self._privacy.dossier(turn.uow, turn.conversation.address, lines=0)
        things = await self._privacy.things(turn.uow, dossier.member) if dossier.member else Things()
        known, counts = Phrase("privacy-known", _known(dossier)), Phrase("privacy-things", asdict(things))
        lines: list[Line] = [_GAP, known, _GAP, counts, _GAP, Phrase("privacy-conversation"), _GAP]
        lines.append(Phrase("privacy-consents"))
        buttons: list[tuple[Button, ...]] = []
        for document in self._terms().consents:
            now = stands(dossier.consents, document, channel=turn.conversation.address.channel)
            lines.append(Phrase(_STANDS[now], {"consent": self._title(turn, document)}))
            if dossier.member is not None and now is not Standing.GIVEN:
                buttons.append((give_button(document, turn.language, is_new=now is Standing.OLD),))
            if is_given_anywhere(dossier.consents, document.id):
                buttons.append((self._withdraw_button(turn, document),))
        card = Card(title=Phrase("privacy-shown"), lines=tuple(lines))
        how = Reply(text=Phrase("privacy-how"), buttons=(*buttons, (_MY_DATA,), (_FORGET,)))
        return [Reply(text=card, is_private=True), how]  # buttons of what is not kept could not be shown in pages

    async def _withdraw(self, turn: Turn) -> Sequence[Reply]:
        wanted = turn.action.argument(0) if turn.action else ""
        document = next((each for each in self._terms().consents if each.id == wanted), None)
        if document is not None and document.is_required:
            return await self._ask_forget(turn)
        was_given = await self._privacy.withdraw(
            turn.uow,
            wanted,
            by=turn.conversation.address,
            demand=_demand(turn),
            now=turn.now,
        )
        said = Phrase("privacy-withdrawn" if was_given else "privacy-not-given")
        return [Reply(text=said, replaces=True)]

    async def _make_file(self, turn: Turn) -> Sequence[Reply]:
        job = Job(kind=MY_DATA, address=turn.conversation.address, then=Action("privacy.data_ready"))
        await turn.uow.jobs.add(job, at=turn.now)
        return [Reply(text=Phrase("privacy-mydata-begun"))]

    async def _give_file(self, turn: Turn) -> Sequence[Reply]:
        if turn.action is None or not isinstance(turn.event, Woke):
            return []  # a path that anybody could have sent
        if turn.action.argument(0) != DONE:
            return [Reply(text=Phrase("privacy-mydata-failed"), buttons=((_MY_DATA,),))]
        path = turn.action.argument(1)
        await self._privacy.drop_later(turn.uow, path, by=turn.conversation.address, now=turn.now)
        file = Attachment(kind=AttachmentKind.FILE, name=PurePath(path).name, source=path)
        return [Reply(text=Phrase("privacy-mydata-ready"), attachments=(file,))]

    async def _ask_forget(self, turn: Turn) -> Sequence[Reply]:
        yes = Button(Phrase("privacy-forget-yes-button"), Action("privacy.forget"))
        no = Button(Phrase("privacy-forget-no-button"), Action("privacy.keep"))
        return [Reply(text=Phrase("privacy-forget-prompt"), buttons=((no,), (yes,)))]

    async def _forget(self, turn: Turn) -> Sequence[Reply]:
        turn.conversation.flow = None
        await self._privacy.ask_to_forget(turn.uow, turn.conversation.address, demand=_demand(turn), now=turn.now)
        return [Reply(text=Phrase("privacy-forgotten"), replaces=True)]

    async def _keep(self, turn: Turn) -> Sequence[Reply]:
        return [Reply(text=Phrase("privacy-kept"), replaces=True)]

    def _withdraw_button(self, turn: Turn, document: ConsentDocument) -> Button:
        label = Phrase("privacy-withdraw-button", {"consent": self._title(turn, document)})
        return Button(label, Action("privacy.withdraw", (document.id,)))

    def _title(self, turn: Turn, document: ConsentDocument) -> str:
        return document.text(turn.language)[1].title


def _demand(turn: Turn) -> Demand:
    return Demand(event_id=turn.event.id, shown_ref=turn.event.ref)


def _known(dossier: Dossier) -> Mapping[str, str]:
    profile = dossier.profile
    return {
        "name": profile.name or _NOTHING,
        "phone": masked_phone(profile.phone) if profile.phone else _NOTHING,
        "email": masked_email(profile.email) if profile.email else _NOTHING,
        "birthday": shown_birthday(profile.birthday) or _NOTHING,
        "card": grouped(dossier.member.card) if dossier.member else _NOTHING,
        "channels": ", ".join(sorted({str(address.channel) for address in dossier.addresses})),
    }
