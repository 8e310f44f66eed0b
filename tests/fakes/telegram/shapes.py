"""What goes over the wire: JSON objects, a request, an uploaded file, a refusal."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class ApiError(Exception):
    """The Bot API's refusal. `is_violation`: no correct client ever sends such a request."""

    def __init__(self, status: int, description: str, *, is_violation: bool = False, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters
        self.is_violation = is_violation

    def body(self) -> Json:
        """Write the error as the Bot API does."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad_request(text: str) -> ApiError:
    """Refuse what may also happen to a correct client."""
    return ApiError(400, f"Bad Request: {text}")


def violation(text: str) -> ApiError:
    """Refuse what a correct client never sends."""
    return ApiError(400, f"Bad Request: {text}", is_violation=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file inside a multipart request."""

    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A call as the handlers see it: parameters decoded by their types."""

    method: str
    parameters: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def integer(self, name: str, default: int | None = None) -> int:
        """Take a number.

        Raises: ApiError when it is absent without a default, or not a number.
        """
        value = self.parameters.get(name, default)
        if value is None:
            raise violation(f"{name} is not specified")
        if not isinstance(value, int) or isinstance(value, bool):
            raise violation(f"{name} must be an Integer")
        return value

    def text(self, name: str) -> str:
        """Take a text; absent is empty."""
        value = self.parameters.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Take a Boolean; absent is false."""
        return bool(self.parameters.get(name, False))

    def thing(self, name: str) -> Json | None:
        """Take a JSON object; absent is None.

        Raises: ApiError when it is not an object.
        """
        value = self.parameters.get(name)
        if value is None or isinstance(value, dict):
            return value
        raise violation(f"object expected as {name}")

    def items(self, name: str) -> list[Any]:
        """Take a JSON array; absent is empty.

        Raises: ApiError when it is not an array.
        """
        value = self.parameters.get(name, [])
        if not isinstance(value, list):
            raise violation(f"array expected as {name}")
        return value
