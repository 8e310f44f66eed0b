"""Address: the URL of a feed as people may see it, without its secrets."""

from urllib.parse import unquote, urlsplit

BROKEN = "a broken address"


def shown(url: str) -> str:
    """Write a URL as it may be shown: without a login, a password or the query, where shops put keys.

    Where a password with a stray / or ? in it makes host and path uncertain, nothing but the scheme is shown.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return BROKEN
    if not parts.scheme or not host or "%" in host:
        return BROKEN
    if "@" in unquote(parts.path + parts.query + parts.fragment):
        return f"{parts.scheme}://…"
    return f"{parts.scheme}://{host}{port}{parts.path}" + ("?…" if parts.query else "")
