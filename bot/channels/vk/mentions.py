"""Texts as VK writes them: escaped signs, and mentions in brackets. Pure."""

import re

_ESCAPED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}
_ESCAPE = re.compile("|".join(_ESCAPED))
_MENTION = re.compile(r"\[(?P<kind>club|public|event|id)(?P<number>\d{1,18})\|(?P<shown>[^\]\n]{1,200})\]", re.ASCII)


def read_text(text: str, group_id: int) -> tuple[str, bool]:
    """Return `text` as people see it, mentions of ours left out, and whether there were any."""
    plain = _ESCAPE.sub(lambda found: _ESCAPED[found[0]], text)
    is_named = any(_is_ours(found, group_id) for found in _MENTION.finditer(plain))
    shown = _MENTION.sub(lambda found: "" if _is_ours(found, group_id) else found["shown"], plain)
    return (shown.strip().lstrip(",: ").strip() if is_named else shown), is_named


def _is_ours(found: "re.Match[str]", group_id: int) -> bool:
    return found["kind"] != "id" and int(found["number"]) == group_id
