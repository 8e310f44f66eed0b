"""Links: what is an address on the web. Pure."""

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Return the host that an http or https address names; empty when it is no such address."""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        return ""
    return (parts.hostname or "") if is_web else ""
