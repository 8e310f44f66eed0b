"""What VK's own interface calls things, for people who look for them there."""

API_PAGE = "«Управление → Настройки → Работа с API»"
BOT_PAGE = "«Управление → Сообщения → Настройки для бота»"
KEYS_TAB = "«Ключи доступа»"
LONG_POLL_ON = "«Long Poll API: Включено»"
EVENT_TYPES = "«Типы событий»"
API_VERSION = "«Версия API: {version}»"
CONFIRM = "«Подтвердить»"
BOT_FEATURES = "«Возможности ботов»"
CHATS_ALLOWED = "«Добавление в беседы»"
RIGHTS = {
    "messages": "«сообщения сообщества»",
    "manage": "«управление сообществом»",
    "photos": "«фотографии»",
    "docs": "«файлы»",
}
START = frozenset({"начать", "start"})
"""The button of an empty dialogue, as older apps write it for the person."""
