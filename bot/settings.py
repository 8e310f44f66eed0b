"""Settings: what an integrator sets, in the environment or in `.env`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from bot.domain.desk.ticket import Priority
from bot.domain.errors import ConfigurationError
from bot.storage.vault.keys import read_keys

PREFIX = "KLUBOK_"
DEMO_PACK = Path(__file__).parent / "demo"
MEGABYTE = 1_000_000
_SHORTEST_SECRET = 16


class FeedSettings(BaseModel):
    """How feeds named in `brand.toml` are downloaded: ``KLUBOK_FEEDS__…``."""

    cache: Path = Path(".klubok/feeds")
    timeout_seconds: Annotated[float, Field(gt=0, le=3600)] = 60.0
    # Webmaster takes service feeds up to 200 MB; twice that is surely a mistake
    max_megabytes: Annotated[int, Field(gt=0, le=10_000)] = 400
    allow_private: bool = False
    refresh_minutes: Annotated[int, Field(gt=0, le=60 * 24 * 7)] = 60


class TelegramSettings(BaseModel):
    """The bot in Telegram: ``KLUBOK_TELEGRAM__…``. Without a token there is none."""

    token: SecretStr = SecretStr("")
    api_url: str = "https://api.telegram.org"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    # Telegram takes about 30 a second, 1 a second in a chat, 20 a minute in a group: core.telegram.org/bots/faq
    per_second: Annotated[float, Field(gt=0, le=10_000)] = 29.0
    chat_seconds: Annotated[float, Field(ge=0, le=60)] = 1.0
    group_per_minute: Annotated[int, Field(gt=0, le=10_000)] = 20
    repeat_unknown: bool = True
    # Telegram holds a request for updates up to 50 seconds; proxies on the way may cut it sooner
    poll_seconds: Annotated[int, Field(ge=1, le=50)] = 30
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    conflict_seconds: Annotated[float, Field(gt=0, le=3600)] = 30.0


class VkSettings(BaseModel):
    """The community in VK: ``KLUBOK_VK__…``. Without a token there is none."""

    token: SecretStr = SecretStr("")
    group_id: Annotated[int, Field(ge=0)] = 0
    api_url: str = "https://api.vk.ru/"
    api_version: Annotated[str, Field(pattern=r"^\d+\.\d+$")] = "5.199"
    callback_url: str = ""
    secret: SecretStr = SecretStr("")
    confirmation: SecretStr = SecretStr("")
    # VK takes 20 requests a second from a community; the rest is a margin
    requests_per_second: Annotated[float, Field(gt=0, le=10_000)] = 18.0
    # VK recommends 25 and takes 90 at most
    poll_seconds: Annotated[int, Field(ge=1, le=90)] = 25
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 20.0
    pause_seconds: Annotated[float, Field(gt=0, le=3600)] = 60.0


class WebSettings(BaseModel):
    """Where health, metrics and webhooks are answered: ``KLUBOK_WEB__…``. Port 0 switches it off."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080


class SearchSettings(BaseModel):
    """How answers are found: ``KLUBOK_SEARCH__…``."""

    cache: Path = Path(".klubok/index")
    # how likely an answer must be right to be given, and one of the first few to be offered
    answer_from: Annotated[float, Field(ge=0, le=1)] = 0.65
    clarify_from: Annotated[float, Field(ge=0, le=1)] = 0.12
    # a folder with model.onnx and tokenizer.json, or an installed package that carries one
    encoder: str = ""


class CodesSettings(BaseModel):
    """How codes get to phones: ``KLUBOK_CODES__…``. Without an address they go to the operators' log, for trials."""

    url: SecretStr = SecretStr("")
    method: Literal["GET", "POST", "PUT"] = "POST"
    headers: dict[str, SecretStr] = {}
    body: SecretStr = SecretStr("")
    success: str = ""
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 10.0


class ReceiptsSettings(BaseModel):
    """Who is asked about receipts: ``KLUBOK_RECEIPTS__…``. Without an address only our own orders, then people.

    The last five are regular expressions: what an answer has in it that says so.
    """

    name: str = "http"
    url: SecretStr = SecretStr("")
    method: Literal["GET", "POST"] = "GET"
    headers: dict[str, SecretStr] = {}
    body: SecretStr = SecretStr("")
    timeout_seconds: Annotated[float, Field(gt=0, le=30)] = 10.0
    confirmed: str = ""
    pending: str = ""
    not_found: str = ""
    mismatch: str = ""
    not_ours: str = ""


class DeskSettings(BaseModel):
    """Where and how people answer: ``KLUBOK_DESK__…``.

    `rooms` are chats of the staff, as ``telegram:-1001234567890`` or ``vk:2000000001``; without any, tickets are shown
    in the private chats of the staff. `answer_minutes` are what customers are promised, by priority: low, normal, high
    and urgent; `resolve_hours` are after how long a ticket should be over; those that are not named are as usual.
    """

    rooms: tuple[Annotated[str, Field(pattern=r"^(telegram|vk|console):\S+$")], ...] = ()
    lease_minutes: Annotated[int, Field(gt=0, le=24 * 60)] = 15
    answer_minutes: Mapping[Priority, Annotated[int, Field(gt=0, le=7 * 24 * 60)]] = Field(default_factory=dict)
    resolve_hours: Mapping[Priority, Annotated[int, Field(gt=0, le=90 * 24)]] = Field(default_factory=dict)
    reopen_hours: Annotated[int, Field(ge=0, le=24 * 90)] = 72
    quiet_hours: Annotated[int, Field(gt=0, le=24 * 90)] = 24
    asks_score: bool = True
    # messages of one person within a minute; more are a flood, 0 bounds nothing
    flood_per_minute: Annotated[int, Field(ge=0)] = 60
    only_replies: bool = False


class OrdersSettings(BaseModel):
    """How the store tells of orders: ``KLUBOK_ORDERS__…``. Without a secret it cannot by HTTP."""

    secret: SecretStr = SecretStr("")

    @field_validator("secret")
    @classmethod
    def _demand_length(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < _SHORTEST_SECRET:
            raise ValueError(f"expected at least {_SHORTEST_SECRET} characters that nobody can guess")
        return value


class Settings(BaseSettings):
    """Every variable has the prefix ``KLUBOK_``; parts of a group are joined by two underscores."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
    )

    pack: Path = DEMO_PACK
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///klubok.db")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    batch: Annotated[int, Field(gt=0, le=10_000)] = 128
    feeds: FeedSettings = FeedSettings()
    telegram: TelegramSettings = TelegramSettings()
    vk: VkSettings = VkSettings()
    web: WebSettings = WebSettings()
    # people send a question in several lines: this long we wait for the next one
    merge_seconds: Annotated[float, Field(ge=0, le=30)] = 1.2
    drain_seconds: Annotated[float, Field(ge=0, le=300)] = 8.0
    search: SearchSettings = SearchSettings()
    # cards, and for a day files with people's own data
    files: Path = Path(".klubok/files")
    codes: CodesSettings = CodesSettings()
    receipts: ReceiptsSettings = ReceiptsSettings()
    orders: OrdersSettings = OrdersSettings()
    desk: DeskSettings = DeskSettings()
    # days that the words of conversations are kept; 0 for ever
    retention_days: Annotated[int, Field(ge=0, le=36_500)] = 0
    # encrypts what tells who a member is; without it that is stored as it is
    vault_key: SecretStr = SecretStr("")

    @field_validator("vault_key")
    @classmethod
    def _demand_keys(cls, value: SecretStr) -> SecretStr:
        read_keys(value.get_secret_value())
        return value


def load_settings() -> Settings:
    """Read the environment and `.env`.

    Raises:
        ConfigurationError: a value is wrong; the message names the variable and what is expected, never the value.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        variable = PREFIX + "__".join(str(part) for part in first["loc"]).upper()
        raise ConfigurationError(f"{variable}: {first['msg']}") from None
    except SettingsError as error:
        raise ConfigurationError(f"set the parts of a group, such as KLUBOK_FEEDS__CACHE: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f".env cannot be read: {error}") from error
