"""Sending: many messages in as few calls as VK allows."""

import asyncio
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.channels.vk.api import LONGEST_SCRIPT, MOST_CALLS, Api, Call, Value
from bot.channels.vk.carousel import has_carousel
from bot.channels.vk.errors import (
    BAD_KEYBOARD,
    BAD_PARAMETER,
    BOT_FEATURES_OFF,
    CAPTCHA,
    FLOOD,
    OLD_TO_EDIT,
    TOKEN_REFUSED,
    TOO_FAST,
    CallError,
    explain,
)
from bot.channels.vk.fields import Fields
from bot.channels.vk.labels import BOT_FEATURES, BOT_PAGE
from bot.channels.vk.options import VkOptions
from bot.channels.vk.render import write_message
from bot.channels.vk.signatures import Signatures
from bot.channels.vk.uploads import Uploads
from bot.domain.errors import StorageError
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.channel import SendResult

logger = logging.getLogger(__name__)

MOST_PEERS = 100
LEAST_ALIKE = MOST_CALLS + 1
"""So many messages of one content are worth a call of their own; fewer go in one `execute` as well."""

_OF_THE_REQUEST = TOKEN_REFUSED | FLOOD | {TOO_FAST, CAPTCHA}
_SCRIPT_REFUSED = frozenset({12, 13})
_TRIMMINGS = frozenset({"attachment", "keyboard", "format_data"})
"""What a text can do without."""

Outcome: TypeAlias = str | CallError


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message ready to be sent; `number` is its place among those to be answered for. `edits` is 0 for a new one."""

    number: int
    item: QueuedMessage
    content: Mapping[str, Value]
    edits: int = 0
    random_id: int = 0

    @property
    def peer(self) -> str:
        """Where it goes."""
        return self.item.message.to.chat_id

    @property
    def call(self) -> Call:
        """The one call that delivers it. `peer_ids` for a single peer too: only so VK tells the number in the chat."""
        if self.edits:
            params = {"peer_id": self.peer, "conversation_message_id": self.edits, **self.content}
            return Call(method="messages.edit", params=params)
        params = {"peer_ids": self.peer, "random_id": self.random_id, **self.content}
        return Call(method="messages.send", params=params)

    def read(self, answer: object) -> Outcome:
        """Read what the call gave."""
        if isinstance(answer, CallError):
            return answer
        if self.edits:
            return str(self.edits)
        return _read_sent(Fields({"sent": answer}).parts("sent"), self.peer)


class Sender:
    """Sends what fits together; each message gets its own result."""

    def __init__(self, api: Api, uploads: Uploads, signatures: Signatures, options: VkOptions, *, club: str) -> None:
        self._api = api
        self._uploads = uploads
        self._signatures = signatures
        self._options = options
        self._club = club
        self._is_warned = False

    async def send(self, items: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        """Send; return a result for each, in order. What is refused for its looks is tried again in plainer ones."""
        drafts = await asyncio.gather(*(self._draft(number, item) for number, item in enumerate(items)))
        results: dict[int, SendResult] = {}
        while drafts:  # each round is plainer than the one before, until nothing is left to leave out
            again: list[Draft] = []
            for draft, outcome in await self._perform(drafts):
                plainer = _plainer(draft, outcome)
                self._warn(outcome)
                if plainer is None:
                    results[draft.number] = self._result(outcome)
                else:
                    again.append(plainer)
            drafts = again
        return [results[number] for number in range(len(items))]

    def _warn(self, outcome: Outcome) -> None:
        """Say once where buttons are switched on."""
        is_off = isinstance(outcome, CallError) and outcome.code == BOT_FEATURES_OFF
        if is_off and not self._is_warned:
            logger.error("vk.buttons_refused: switch on %s under %s, or run `klubok vk setup`", BOT_FEATURES, BOT_PAGE)
        self._is_warned = self._is_warned or is_off

    def _result(self, outcome: Outcome) -> SendResult:
        if isinstance(outcome, str):
            return outcome
        options = self._options
        return explain(outcome, flood_seconds=options.flood_seconds, slow_seconds=options.slow_seconds)

    async def _draft(self, number: int, item: QueuedMessage) -> Draft:
        message = item.message
        names = await asyncio.gather(
            *(self._uploads.name(each, peer_id=message.to.chat_id) for each in message.attachments)
        )
        content = write_message(
            message,
            club=self._club,
            attachments=[name for name in names if name is not None],
            pictures=await self._pictures(message),
        )
        edits = int(message.replaces) if message.replaces.isdecimal() else 0
        return Draft(number=number, item=item, content=content, edits=edits)

    async def _pictures(self, message: OutgoingMessage) -> Sequence[str]:
        """Bring the pictures of a carousel; none unless there is one for each item."""
        sources = [item.picture for item in message.shelf if item.picture]
        if not has_carousel(message) or len(sources) < len(message.shelf):
            return ()
        names = await asyncio.gather(*(self._uploads.photo(source) for source in sources))
        found = [name.removeprefix("photo") for name in names if name is not None]
        return ["_".join(name.split("_")[:2]) for name in found] if len(found) == len(names) else ()

    async def _perform(self, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Outcome]]:
        """Deliver all; each once."""
        single: list[Draft] = []
        mass: list[Sequence[Draft]] = []
        for group in self._alike(drafts):
            crowds = list(_chunks(group)) if len(group) >= LEAST_ALIKE else []
            for crowd in crowds:
                (mass.append if await self._note(crowd) else single.extend)(crowd)
            single += [] if crowds else group
        signed = [self._sign(draft) for draft in single]
        jobs = [self._send_mass([self._sign(draft) for draft in crowd]) for crowd in mass]
        jobs += [self._send_script(script) for script in _scripts(signed)]
        done = await asyncio.gather(*jobs)
        return ((draft, outcome) for pairs in done for draft, outcome in pairs)

    def _alike(self, drafts: Iterable[Draft]) -> Iterable[list[Draft]]:
        """Group new messages of one content; those that went out together before stay together."""
        groups: dict[str, list[Draft]] = {}
        for draft in drafts:
            leader = self._signatures.leader(draft.item.id)
            same = [draft.number] if draft.edits else [leader, draft.content]
            groups.setdefault(json.dumps(same, sort_keys=True), []).append(draft)
        return groups.values()

    async def _note(self, crowd: Sequence[Draft]) -> bool:
        """Whether these may go out in one call: it was noted that they do, or was before."""
        leaders = {self._signatures.leader(draft.item.id) for draft in crowd}
        if leaders == {None}:
            try:
                await self._signatures.note_group([draft.item.id for draft in crowd])
            except StorageError:
                return False
        return len(leaders) == 1

    def _sign(self, draft: Draft) -> Draft:
        return replace(draft, random_id=self._signatures.sign(draft.item.id, draft.item.message.to))

    async def _send_mass(self, crowd: Sequence[Draft]) -> Sequence[tuple[Draft, Outcome]]:
        peers = [int(draft.peer) for draft in crowd]
        params = {**crowd[0].content, "peer_ids": peers, "random_id": crowd[0].random_id}
        try:
            answer = await self._api.perform(Call(method="messages.send", params=params))
        except CallError as error:
            return [(draft, error) for draft in crowd]
        sent = list(Fields({"sent": answer}).parts("sent"))
        return [(draft, _read_sent(iter(sent), draft.peer)) for draft in crowd]

    async def _send_script(self, script: Sequence[Draft]) -> Sequence[tuple[Draft, Outcome]]:
        if len(script) == 1:
            return [(script[0], await self._send_one(script[0]))]
        try:
            answers = await self._api.execute([draft.call for draft in script])
        except CallError as error:
            if error.code in _SCRIPT_REFUSED:
                return [(draft, await self._send_one(draft)) for draft in script]
            shown = error if error.code in _OF_THE_REQUEST else CallError(f"execute: {error}")
            return [(draft, shown) for draft in script]
        return [(draft, draft.read(answer)) for draft, answer in zip(script, answers, strict=True)]

    async def _send_one(self, draft: Draft) -> Outcome:
        try:
            return draft.read(await self._api.perform(draft.call))
        except CallError as error:
            return error


def _plainer(draft: Draft, outcome: Outcome) -> Draft | None:
    """Return what to try instead of what was refused: a new message for an old one, a text without its trimmings."""
    if isinstance(outcome, str):
        return None
    if draft.edits and outcome.code in OLD_TO_EDIT:
        return replace(draft, edits=0)
    if "template" in draft.content and outcome.code in {BAD_PARAMETER, BAD_KEYBOARD}:
        return _without(draft, {"template"})
    if outcome.code == BOT_FEATURES_OFF and {"template", "keyboard"} & set(draft.content):
        return _without(draft, {"template", "keyboard"})
    if outcome.code in {BAD_PARAMETER, BAD_KEYBOARD} and _TRIMMINGS & set(draft.content) and _has_words(draft):
        return _without(draft, _TRIMMINGS)
    return None


def _has_words(draft: Draft) -> bool:
    return bool(str(draft.content["message"]).strip())


def _without(draft: Draft, names: Set[str]) -> Draft:
    return replace(draft, content={name: value for name, value in draft.content.items() if name not in names})


def _read_sent(sent: Iterator[Fields], peer: str) -> Outcome:
    """Find what became of the message to `peer` among those sent in one call."""
    found = next((each for each in sent if str(each.integer("peer_id")) == peer), Fields())
    error = found.part("error")
    if error:
        return CallError(error.text("description"), error.integer("code") or 0)
    number = found.integer("conversation_message_id")
    return CallError("messages.send: no number of the message") if number is None else str(number)


def _chunks(group: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    for start in range(0, len(group), MOST_PEERS):
        yield group[start : start + MOST_PEERS]


def _scripts(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    """Divide what goes in scripts: so many calls, so many characters."""
    script: list[Draft] = []
    length = 0
    for draft in drafts:
        size = len(draft.call.script)
        if script and (len(script) == MOST_CALLS or length + size > LONGEST_SCRIPT):
            yield script
            script, length = [], 0
        script.append(draft)
        length += size
    if script:
        yield script
