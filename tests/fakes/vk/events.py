"""Events of the community: numbering, settings, the log that long poll reads, and listeners."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.vk.wire import JsonObject

COMMENTS = ("wall_reply", "board_post", "photo_comment", "video_comment", "market_comment")
TYPES = (
    *(f"message_{what}" for what in ("new", "reply", "edit", "allow", "deny", "event", "read", "typing_state")),
    *(f"{comment}_{what}" for comment in COMMENTS for what in ("new", "edit", "delete", "restore")),
    *(f"donut_subscription_{what}" for what in ("create", "prolonged", "cancelled", "price_changed", "expired")),
    *(f"group_{what}" for what in ("join", "leave", "change_settings", "change_photo", "officers_edit")),
    *("message_reaction_event", "photo_new", "audio_new", "video_new", "wall_post_new", "wall_repost"),
    *("wall_schedule_post_new", "wall_schedule_post_delete"),
    *("market_order_new", "market_order_edit", "poll_vote_new", "user_block", "user_unblock", "like_add"),
    *("like_remove", "lead_forms_new", "donut_money_withdraw", "donut_money_withdraw_error"),
)
FLAT_BEFORE = (5, 103)  # older versions put the message itself into message_new


@dataclass(slots=True, kw_only=True)
class EventSettings:
    """Which events are on, and in which version they come."""

    api_version: str = "5.199"
    is_enabled: bool = True
    events: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(TYPES, True))

    def wire(self) -> JsonObject:
        """Form the settings as VK answers them."""
        events = {name: int(is_on) for name, is_on in self.events.items()}
        return {"api_version": self.api_version, "events": events}

    def change(self, params: JsonObject) -> None:
        """Take over what a set…Settings call says."""
        self.api_version = params.get("api_version", self.api_version)
        if "enabled" in params:
            self.is_enabled = params["enabled"] == "1"
        self.events |= {name: value == "1" for name, value in params.items() if name in TYPES}

    def dress(self, event: JsonObject) -> JsonObject | None:
        """Give the event the form of these settings; None when it is switched off."""
        if not self.is_enabled or not self.events.get(event["type"], event["type"] not in TYPES):
            return None
        version = tuple(int(part) for part in self.api_version.split("."))
        dressed = event | {"v": self.api_version}
        if event["type"] == "message_new" and version < FLAT_BEFORE:
            dressed["object"] = event["object"]["message"]
        return dressed


@dataclass(slots=True)
class EventLog:
    """Publishes events: a fresh `event_id` each, then to every listener in order."""

    group_id: int
    listeners: list[Callable[[JsonObject], None]] = field(default_factory=list)
    published: list[JsonObject] = field(default_factory=list)

    def publish(self, type_: str, value: JsonObject) -> JsonObject:
        """Let an event happen; returns it without a version, which depends on who listens."""
        number = len(self.published) + 1
        event = {"type": type_, "object": value, "group_id": self.group_id, "event_id": f"{number:08x}{'e' * 32}"}
        self.published.append(event)
        for listener in self.listeners:
            listener(event)
        return event
