"""Topics of a forum, by the Bot API's own calls."""

from bot.channels.telegram.api import Api, CallError
from bot.channels.telegram.render import place
from bot.domain.errors import RefusedError, TryLaterError
from bot.services.desk.topics import NoTopicsError

LONGEST_TITLE = 128
"""https://core.telegram.org/bots/api#createforumtopic."""
_TOO_MANY, _SERVER_ERRORS = 429, 500


async def open_topic(api: Api, chat_id: str, title: str) -> str:
    """Open a topic; return the chat that it is.

    Raises:
        NoTopicsError: the group is no forum.
        RefusedError: we may not: the bot is no administrator, or has no right to manage topics.
        TryLaterError: Telegram does not answer now.
    """
    try:
        made = await api.call("createForumTopic", {"chat_id": place(chat_id)["chat_id"], "name": title[:LONGEST_TITLE]})
    except CallError as error:
        raise _meaning(error) from error
    thread = made.get("message_thread_id") if isinstance(made, dict) else None
    if not isinstance(thread, int):
        raise RefusedError("no topic came back")
    return f"{chat_id.partition('/')[0]}/{thread}"


async def rename_topic(api: Api, chat_id: str, title: str) -> None:
    """Change the title of a topic.

    Raises:
        RefusedError: it is gone, or we may not.
        TryLaterError: Telegram does not answer now.
    """
    try:
        await api.call("editForumTopic", {**place(chat_id), "name": title[:LONGEST_TITLE]})
    except CallError as error:
        if "TOPIC_NOT_MODIFIED" not in error.description:
            raise _meaning(error) from error


def _meaning(error: CallError) -> Exception:
    if error.status in {0, _TOO_MANY} or error.status >= _SERVER_ERRORS:
        return TryLaterError(str(error))
    is_plain = "not a forum" in error.description or "not a supergroup" in error.description
    return NoTopicsError(str(error)) if is_plain else RefusedError(str(error))
