"""Setting a community up: what its key may switch on, and what is left to click."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from bot.channels.vk.api import Api, Value
from bot.channels.vk.check import check, find_server
from bot.channels.vk.errors import TOKEN_REFUSED, CallError
from bot.channels.vk.events import WANTED
from bot.channels.vk.fields import Fields
from bot.channels.vk.labels import API_PAGE, BOT_FEATURES, BOT_PAGE, CHATS_ALLOWED
from bot.channels.vk.options import VkOptions
from bot.domain.errors import ConfigurationError

TITLE = "Klubok"
_BY_HAND = f"switch on {BOT_FEATURES} under {BOT_PAGE}, where {CHATS_ALLOWED} is too"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of what was done, or of what is left to do by hand."""

    says: str
    is_left: bool = False

    def __str__(self) -> str:
        return f"By hand: {self.says}" if self.is_left else self.says


async def set_up(api: Api, options: VkOptions) -> AsyncIterator[Step]:
    """Switch on what can be; at the end, tell what is left.

    Raises:
        ConfigurationError: VK does not take the token.
    """
    events: Mapping[str, Value] = {"api_version": options.api_version} | dict.fromkeys(WANTED, 1)
    try:
        yield await (_bring_here if options.callback_url else _let_us_ask)(api, options, events)
    except CallError as error:
        if error.code in TOKEN_REFUSED:
            raise ConfigurationError(f"KLUBOK_VK__TOKEN: VK does not take it ({error})") from error
        tab = "Callback API" if options.callback_url else "Long Poll API"
        yield Step(f"set it up under {API_PAGE}, tab «{tab}» ({error})", is_left=True)
    yield await _switch_on_bot(api, options.group_id)
    for step in await _left(api, options):
        yield step


async def _let_us_ask(api: Api, options: VkOptions, events: Mapping[str, Value]) -> Step:
    await api.call("groups.setLongPollSettings", group_id=options.group_id, enabled=1, **events)
    return Step(f"Long Poll is on, in version {options.api_version}, with {len(WANTED)} kinds of events.")


async def _bring_here(api: Api, options: VkOptions, events: Mapping[str, Value]) -> Step:
    """Tell VK our address, with its secret; an address that VK knows is asked for confirmation again."""
    where: Mapping[str, Value] = {
        "group_id": options.group_id,
        "url": options.callback_url,
        "title": TITLE,
        "secret_key": options.secret_key,
    }
    servers = Fields.of(await api.call("groups.getCallbackServers", group_id=options.group_id))
    known = find_server(servers, options)
    if known is None:
        added = Fields.of(await api.call("groups.addCallbackServer", **where))
        number = added.integer("server_id") or 0
    else:
        number = known.integer("id") or 0
        if known.text("status") != "ok" or known.text("secret_key") != options.secret_key:
            await api.call("groups.editCallbackServer", server_id=number, **where)
    await api.call("groups.setCallbackSettings", group_id=options.group_id, server_id=number, **events)
    return Step(f"VK brings {len(WANTED)} kinds of events to {options.callback_url}, in version {options.api_version}.")


async def _switch_on_bot(api: Api, group_id: int) -> Step:
    try:
        await api.call(
            "groups.setSettings",
            group_id=group_id,
            messages=1,
            bots_capabilities=1,
            bots_start_button=1,
            bots_add_to_chat=1,
        )
    except CallError as error:
        return Step(f"{_BY_HAND} ({error})", is_left=True)
    return Step("Messages, the bot's abilities, the start button and invitations to chats are on.")


async def _left(api: Api, options: VkOptions) -> list[Step]:
    try:
        findings = await check(api, options)
    except CallError as error:
        return [Step(f"run this again: VK did not say what is left ({error})", is_left=True)]
    return [Step(finding.says, is_left=True) for finding in findings] or [Step("Nothing is left to do by hand.")]
