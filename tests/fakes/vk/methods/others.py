"""users.*, wall.*, utils.*."""

from collections.abc import Callable

from tests.fakes.vk.context import Context
from tests.fakes.vk.params import Params
from tests.fakes.vk.wire import BadRequestError, JsonObject, VkError
from tests.fakes.vk.world import Comment


def get_users(context: Context, params: Params) -> list[JsonObject]:
    """Describe users; unknown ones are left out."""
    profiles = context.world.profiles
    wanted = [name.removeprefix("id") for name in params.words("user_ids")]
    return [profiles[int(name)].wire() for name in wanted if name.isdecimal() and int(name) in profiles]


def create_comment(context: Context, params: Params) -> JsonObject:
    """Comment a post in the community's name; the same `guid` gives the same comment."""
    world = context.world
    if params.number("owner_id") != -world.group_id or params.number("from_group", world.group_id) != world.group_id:
        raise VkError(15)
    if not (params.text("message").strip() or params.text("attachments")):
        raise BadRequestError("message is undefined")
    guid = params.text("guid")
    known = world.guids.get(guid) if guid else None
    if known is not None:
        return {"comment_id": known, "parents_stack": []}
    reply_to = params.number("reply_to_comment") or None
    comment = Comment(
        id=next(world.numbers),
        place="wall",
        post_id=params.number("post_id"),
        from_id=-world.group_id,
        text=params.text("message"),
        reply_to=reply_to,
    )
    world.add_comment(comment)
    if guid:
        world.guids[guid] = comment.id
    return {"comment_id": comment.id, "parents_stack": [reply_to] if reply_to else []}


def get_server_time(context: Context, _: Params) -> int:
    """Tell the time, Unix seconds."""
    return int(context.world.now())


METHODS: dict[str, Callable[[Context, Params], object]] = {
    "users.get": get_users,
    "wall.createComment": create_comment,
    "utils.getServerTime": get_server_time,
}
