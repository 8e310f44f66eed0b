"""groups.*: settings of the community, long poll and callback servers."""

from collections.abc import Callable

from tests.fakes.vk.callback import CallbackServer
from tests.fakes.vk.context import Context
from tests.fakes.vk.params import Params
from tests.fakes.vk.wire import JsonObject, VkError
from tests.fakes.vk.world import PERMISSIONS


def get_by_id(context: Context, params: Params) -> JsonObject:
    """Describe the community; without ids, the one the token belongs to."""
    world = context.world
    wanted = params.words("group_ids") or params.words("group_id") or [str(world.group_id)]
    group = {
        "id": world.group_id,
        "name": world.group_name,
        "screen_name": f"club{world.group_id}",
        "is_closed": 0,
        "type": "group",
        "photo_50": world.url("/file/50.jpg"),
        "photo_100": world.url("/file/100.jpg"),
        "photo_200": world.url("/file/200.jpg"),
    }
    return {"groups": [group] if {str(world.group_id), group["screen_name"]} & set(wanted) else [], "profiles": []}


def get_long_poll_server(context: Context, params: Params) -> JsonObject:
    """Answer where to poll."""
    poll = context.long_poll
    if not poll.settings.is_enabled:
        raise VkError(100, "longpoll for this group is not enabled")
    return {"key": poll.key, "server": context.world.url(f"/lp/{params.number('group_id')}"), "ts": str(poll.ts)}


def get_long_poll_settings(context: Context, _: Params) -> JsonObject:
    """Answer the settings of long poll."""
    return context.long_poll.settings.wire() | {"is_enabled": context.long_poll.settings.is_enabled}


def set_long_poll_settings(context: Context, params: Params) -> int:
    """Change the settings of long poll."""
    context.long_poll.settings.change(params.values)
    return 1


def get_confirmation_code(context: Context, _: Params) -> JsonObject:
    """Answer what a callback server has to say when asked."""
    return {"code": context.callback.code}


def get_callback_servers(context: Context, params: Params) -> JsonObject:
    """List callback servers."""
    wanted = params.numbers("server_ids")
    items = [each.wire() for each in context.callback.servers.values() if not wanted or each.id in wanted]
    return {"count": len(items), "items": items}


def add_callback_server(context: Context, params: Params) -> JsonObject:
    """Add a callback server, which is asked for confirmation at once."""
    server = context.callback.add(
        url=params.text("url"), title=params.text("title"), secret_key=params.text("secret_key")
    )
    return {"server_id": server.id}


def edit_callback_server(context: Context, params: Params) -> int:
    """Change a callback server, which is asked for confirmation again."""
    server = _find_server(context, params)
    server.url, server.title = params.text("url"), params.text("title")
    server.secret_key = params.text("secret_key")
    context.callback.ask(server)
    return 1


def delete_callback_server(context: Context, params: Params) -> int:
    """Forget a callback server."""
    del context.callback.servers[_find_server(context, params).id]
    return 1


def get_callback_settings(context: Context, params: Params) -> JsonObject:
    """Answer the settings of a callback server."""
    return _find_server(context, params).settings.wire()


def set_callback_settings(context: Context, params: Params) -> int:
    """Change the settings of a callback server."""
    _find_server(context, params).settings.change(params.values)
    return 1


def _find_server(context: Context, params: Params) -> CallbackServer:
    server = context.callback.servers.get(params.number("server_id"))
    if server is None:
        raise VkError(100, "server_id is invalid")
    return server


def get_token_permissions(context: Context, _: Params) -> JsonObject:
    """List what the token may."""
    granted = [(name, bit) for name, bit in PERMISSIONS.items() if name in context.world.permissions]
    listed = [{"name": name, "setting": bit} for name, bit in granted]
    return {"mask": sum(bit for _, bit in granted), "permissions": listed}


def set_settings(context: Context, params: Params) -> int:
    """Switch the bot features on or off."""
    context.world.has_bot_features = params.flag("bots_capabilities", default=context.world.has_bot_features)
    return 1


METHODS: dict[str, Callable[[Context, Params], object]] = {
    "groups.getById": get_by_id,
    "groups.getLongPollServer": get_long_poll_server,
    "groups.getLongPollSettings": get_long_poll_settings,
    "groups.setLongPollSettings": set_long_poll_settings,
    "groups.getCallbackConfirmationCode": get_confirmation_code,
    "groups.getCallbackServers": get_callback_servers,
    "groups.addCallbackServer": add_callback_server,
    "groups.editCallbackServer": edit_callback_server,
    "groups.deleteCallbackServer": delete_callback_server,
    "groups.getCallbackSettings": get_callback_settings,
    "groups.setCallbackSettings": set_callback_settings,
    "groups.getTokenPermissions": get_token_permissions,
    "groups.setSettings": set_settings,
}
