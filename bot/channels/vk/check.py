"""Checking a community's settings: what is wrong, and where to click in VK's own interface."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.vk.api import Api, Value
from bot.channels.vk.errors import ACCESS_DENIED, BAD_PARAMETER, TOKEN_REFUSED, CallError
from bot.channels.vk.events import ESSENTIAL, WANTED
from bot.channels.vk.fields import Fields
from bot.channels.vk.labels import API_PAGE, API_VERSION, CONFIRM, EVENT_TYPES, KEYS_TAB, LONG_POLL_ON, RIGHTS
from bot.channels.vk.options import VkOptions

logger = logging.getLogger(__name__)

TOKEN = "KLUBOK_VK__TOKEN"  # noqa: S105 - the name of the variable
_KEYS = f"under {API_PAGE}, tab {KEYS_TAB}"
_WRONG_TOKEN = f"{TOKEN} is not a key of a community that VK takes: make one {_KEYS}"
_NEEDS = {
    "messages": "without it the bot can neither read nor write",
    "manage": "without it events cannot be asked for",
    "photos": "without it products are shown without pictures",
    "docs": "without it no files are sent",
}
_FATAL_NEEDS = frozenset({"messages", "manage"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, in one line that says what to do. With a fatal one the channel cannot work."""

    says: str
    is_fatal: bool = False


async def check(api: Api, options: VkOptions) -> Sequence[Finding]:
    """Look through everything that a community's key may see.

    Raises:
        CallError: VK could not be asked whose key it is.
    """
    try:
        wrong = await _whose_key(api, options)
    except CallError as error:
        if error.code in TOKEN_REFUSED | {BAD_PARAMETER, ACCESS_DENIED}:
            return [Finding(f"{_WRONG_TOKEN} ({error})", is_fatal=True)]
        raise
    if wrong:
        return wrong
    missing = await _missing_rights(api, options)
    settings = await (_check_callback if options.callback_url else _check_long_poll)(api, options)
    return [*missing, *settings]


async def ask(api: Api, method: str, **params: Value) -> Fields | None:
    """Ask for settings; None where VK does not tell, which is no finding."""
    try:
        return Fields.of(await api.call(method, **params))
    except CallError as error:
        logger.info("vk.not_checked method=%s error=%s", method, error)
        return None


def events_off(settings: Fields) -> tuple[str, ...]:
    """List the events we want that are switched off."""
    events = settings.part("events")
    return tuple(name for name in WANTED if not events.flag(name))


async def _whose_key(api: Api, options: VkOptions) -> list[Finding]:
    groups = list(Fields.of(await api.call("groups.getById")).parts("groups"))
    if not groups:
        return [Finding(_WRONG_TOKEN, is_fatal=True)]
    group = groups[0]
    number = group.integer("id")
    if number == options.group_id:
        return []
    owner = f"{number} (vk.com/{group.text('screen_name')})"
    says = f"KLUBOK_VK__GROUP_ID is {options.group_id}, but the key belongs to {owner}: set the number of its community"
    return [Finding(says, is_fatal=True)]


async def _missing_rights(api: Api, options: VkOptions) -> list[Finding]:
    answer = await ask(api, "groups.getTokenPermissions")
    if answer is None:
        return []
    has = {right.text("name") for right in answer.parts("permissions")}
    fatal = {"messages"} if options.callback_url else _FATAL_NEEDS
    return [
        Finding(f"{TOKEN} lacks the right {RIGHTS[name]}, {says}: make a new key {_KEYS}", name in fatal)
        for name, says in _NEEDS.items()
        if name not in has
    ]


async def _check_long_poll(api: Api, options: VkOptions) -> list[Finding]:
    settings = await ask(api, "groups.getLongPollSettings", group_id=options.group_id)
    if settings is None:
        return []
    place = f"{API_PAGE}, tab «Long Poll API»"
    if not settings.flag("is_enabled"):
        says = f"Long Poll is switched off: set {LONG_POLL_ON} under {place}, or run `klubok vk setup`"
        return [Finding(says, is_fatal=True)]
    return _check_events(settings, options, place)


async def _check_callback(api: Api, options: VkOptions) -> list[Finding]:
    place = f"{API_PAGE}, tab «Callback API»"
    servers = await ask(api, "groups.getCallbackServers", group_id=options.group_id)
    if servers is None:
        return []
    server = find_server(servers, options)
    if server is None:
        says = f"VK does not know KLUBOK_VK__CALLBACK_URL: run `klubok vk setup`, or add it under {place}"
        return [Finding(says)]
    if server.text("secret_key") not in {"", options.secret_key}:
        return [Finding(f"VK has another secret key than ours: run `klubok vk setup`, or set it under {place}")]
    if server.text("status") != "ok":
        says = f"VK has not confirmed our address: press {CONFIRM} under {place} while the bot runs"
        return [Finding(says)]
    settings = await ask(
        api, "groups.getCallbackSettings", group_id=options.group_id, server_id=server.integer("id") or 0
    )
    return [] if settings is None else _check_events(settings, options, place)


def find_server(servers: Fields, options: VkOptions) -> Fields | None:
    """Find our address among those VK brings events to."""
    return next((server for server in servers.parts("items") if server.text("url") == options.callback_url), None)


def _check_events(settings: Fields, options: VkOptions, place: str) -> list[Finding]:
    findings = []
    version = settings.text("api_version")
    if version != options.api_version:
        wanted = API_VERSION.format(version=options.api_version)
        says = f"events come in version {version or '?'}: set {wanted} under {place}"
        findings.append(Finding(f"{says}, or run `klubok vk setup`"))
    off = events_off(settings)
    if off:
        says = f"events are switched off ({', '.join(off)}): tick them under {place} → {EVENT_TYPES}"
        is_fatal = bool(ESSENTIAL & set(off))
        findings.append(Finding(f"{says}, or run `klubok vk setup`", is_fatal=is_fatal))
    return findings
