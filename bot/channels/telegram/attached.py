"""What people attach: fetched from Telegram in two steps."""

from bot.channels.telegram.api import Api, CallError
from bot.domain.errors import TryLaterError
from bot.services.club.pictures import PictureFault
from bot.services.purchases.reading import PictureGoneError

MOST_BYTES = 20_000_000
"""What Telegram lets a bot download: https://core.telegram.org/bots/api#getfile."""
_BAD_REQUEST, _TOO_MANY, _SERVER_ERRORS = 400, 429, 500


async def fetch(api: Api, file_id: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        PictureGoneError: Telegram does not have it any more, or does not give out so much.
        TryLaterError: Telegram does not answer now.
    """
    try:
        found = await api.call("getFile", {"file_id": file_id})
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str):
            raise PictureGoneError(PictureFault.FAILED)
        content = await api.download(path, most_bytes=MOST_BYTES)
    except CallError as error:
        raise _meaning(error) from error
    if content is None:
        raise PictureGoneError(PictureFault.TOO_BIG)
    return content


def _meaning(error: CallError) -> Exception:
    if error.status in {0, _TOO_MANY} or error.status >= _SERVER_ERRORS:
        return TryLaterError(str(error))
    is_big = error.status == _BAD_REQUEST and "too big" in error.description
    return PictureGoneError(PictureFault.TOO_BIG if is_big else PictureFault.FAILED)
