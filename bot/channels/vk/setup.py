"""Setting a community up: what its key may switch on, and what is left to click."""

from collections.abc import AsyncIterator, Mapping

from bot.channels.vk.api import Api, Value
from bot.channels.vk.check import API_PAGE, check, find_server
from bot.channels.vk.errors import TOKEN_REFUSED, CallError
from bot.channels.vk.events import WANTED
from bot.channels.vk.fields import Fields
from bot.channels.vk.options import VkOptions
from bot.domain.errors import ConfigurationError

TITLE = "Klubok"
BOT_PAGE = "«Управление → Сообщения → Настройки для бота»"
_BY_HAND = f"By hand: switch on «Возможности ботов» under {BOT_PAGE}, where «Добавление в беседы» is too"


async def set_up(api: Api, options: VkOptions) -> AsyncIterator[str]:
    """Switch on what can be, telling each step in a line; at the end, what is left to do by hand.

    Raises:
        ConfigurationError: VK does not take the token, or a setting is missing.
    """
    if options.callback_url and not options.secret:
        raise ConfigurationError("KLUBOK_VK__SECRET: set up to 50 letters and digits that nobody can guess")
    events: Mapping[str, Value] = {"api_version": options.api_version} | dict.fromkeys(WANTED, 1)
    group = options.group_id
    try:
        if options.callback_url:
            yield await _bring_here(api, options, events)
        else:
            await api.call("groups.setLongPollSettings", group_id=group, enabled=1, **events)
            yield f"Long Poll is on, in version {options.api_version}, with {len(WANTED)} kinds of events."
    except CallError as error:
        if error.code in TOKEN_REFUSED:
            raise ConfigurationError(f"KLUBOK_VK__TOKEN: VK does not take it ({error})") from error
        yield f"By hand: {_page(options)} ({error})"
    yield await _switch_on_bot(api, group)
    for line in await _left(api, options):
        yield line


async def _bring_here(api: Api, options: VkOptions, events: Mapping[str, Value]) -> str:
    """Tell VK our address, with its secret; an address that VK knows is asked for confirmation again."""
    where: Mapping[str, Value] = {
        "group_id": options.group_id,
        "url": options.callback_url,
        "title": TITLE,
        "secret_key": options.secret,
    }
    servers = Fields.of(await api.call("groups.getCallbackServers", group_id=options.group_id))
    known = find_server(servers, options)
    if known is None:
        added = Fields.of(await api.call("groups.addCallbackServer", **where))
        number = added.integer("server_id") or 0
    else:
        number = known.integer("id") or 0
        if known.text("status") != "ok" or known.text("secret_key") != options.secret:
            await api.call("groups.editCallbackServer", server_id=number, **where)
    await api.call("groups.setCallbackSettings", group_id=options.group_id, server_id=number, **events)
    return f"VK brings {len(WANTED)} kinds of events to {options.callback_url}, in version {options.api_version}."


async def _switch_on_bot(api: Api, group_id: int) -> str:
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
        return f"{_BY_HAND} ({error})"
    return "Messages, the bot's abilities, the start button and invitations to chats are on."


async def _left(api: Api, options: VkOptions) -> list[str]:
    try:
        findings = await check(api, options)
    except CallError as error:
        return [f"Not checked: {error}"]
    return [f"By hand: {finding.says}" for finding in findings] or ["Nothing is left to do by hand."]


def _page(options: VkOptions) -> str:
    tab = "Callback API" if options.callback_url else "Long Poll API"
    return f"set it up under {API_PAGE}, tab «{tab}»"
