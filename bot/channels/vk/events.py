"""Which events of a community we ask for, and which we know and leave alone."""

from bot.channels.vk.comments import COMMENT_TYPES

WANTED = (
    "message_new",
    "message_event",
    "message_reply",
    "message_edit",
    "message_allow",
    "message_deny",
    "message_reaction_event",
    "group_join",
    "group_leave",
    *COMMENT_TYPES,
)

ESSENTIAL = frozenset({"message_new", "message_event"})
"""Without them there is no conversation."""

LEFT_ALONE = frozenset(
    {
        *("message_read", "message_typing_state", "like_add", "like_remove", "wall_post_new", "wall_repost"),
        *("wall_schedule_post_new", "wall_schedule_post_delete", "photo_new", "audio_new", "video_new"),
        *("market_order_new", "market_order_edit", "poll_vote_new", "user_block", "user_unblock", "lead_forms_new"),
        *("group_change_settings", "group_change_photo", "group_officers_edit", "app_payload", "vkpay_transaction"),
        *(f"donut_subscription_{what}" for what in ("create", "prolonged", "cancelled", "price_changed", "expired")),
        *("donut_money_withdraw", "donut_money_withdraw_error"),
    }
)
