"""Shapes of the wire: JSON objects, and errors in VK's form."""

from collections.abc import Mapping
from typing import Any

JsonObject = dict[str, Any]  # what travels is untyped: the fake checks it against the specification instead

MESSAGES = {
    1: "Unknown error occurred",
    3: "Unknown method passed",
    5: "User authorization failed",
    6: "Too many requests per second",
    8: "Invalid request",
    9: "Flood control",
    10: "Internal server error",
    12: "Unable to compile code",
    13: "Runtime error occurred during code invocation",
    14: "Captcha needed",
    15: "Access denied",
    18: "User was deleted or banned",
    27: "Group authorization failed",
    29: "Rate limit reached",
    100: "One of the parameters specified was missing or invalid",
    104: "Not found",
    900: "Can't send messages for users from blacklist",
    901: "Can't send messages for users without permission",
    902: "Can't send messages to this user due to their privacy settings",
    909: "Can't edit this message, because it's too old",
    911: "Keyboard format is invalid",
    912: "This is a chat bot feature, change this status in settings",
    914: "Message is too long",
    917: "You don't have access to this chat",
    920: "Can't edit this kind of message",
    2000: "Servers number limit is reached",
}


class VkError(Exception):
    """A refusal in VK's form; `is_violation` when the request itself broke the contract."""

    def __init__(self, code: int, detail: str = "", *, is_violation: bool = False) -> None:
        self.code = code
        self.detail = detail
        self.is_violation = is_violation
        super().__init__(f"error {code}: {self.message}")

    @property
    def message(self) -> str:
        """The text VK would show."""
        message = MESSAGES.get(self.code, "Error")
        return f"{message}: {self.detail}" if self.detail else message


class BadRequestError(VkError):
    """A request outside the contract; recorded among the violations."""

    def __init__(self, detail: str, code: int = 100) -> None:
        super().__init__(code, detail, is_violation=True)


def error_body(error: VkError, method: str, params: Mapping[str, str]) -> JsonObject:
    """Form the answer to a refused request; the token is not repeated."""
    shown = {"method": method, "oauth": "1", **params}
    body: JsonObject = {
        "error_code": error.code,
        "error_msg": error.message,
        "request_params": [{"key": key, "value": value} for key, value in shown.items()],
    }
    if error.code == 14:
        body |= {"captcha_sid": "239633676097", "captcha_img": "https://api.vk.ru/captcha.php?sid=239633676097&s=1"}
    return {"error": body}
