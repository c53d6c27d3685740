"""The settings of a deployment: the only reader of the environment and of `.env`.

A variable of the environment wins over the same one in `.env`; an empty variable counts as unset. Every fault
is reported at once. Secrets are `SecretStr`: they show in no repr, and `SettingsError` never quotes one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import platformdirs
from dotenv.parser import parse_stream
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    FilePath,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import setting_values
from bot.prices import Price, known_prices, unpriced

if TYPE_CHECKING:
    from index.config import ChromaServer, IndexConfig

_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{30,64}")
_NUMBERS = {  # pydantic's kinds of errors
    "int_parsing": "write a whole number",
    "int_parsing_size": "write a whole number that is not so large",
    "int_from_float": "write a whole number",
    "float_parsing": "write a number",
    "finite_number": "write a number",
}
_NEAR_NAME = 0.85  # likeness of a mistyped name
_BOTFATHER = (
    "Open @BotFather in Telegram, send /newbot (or /token for a bot you have), "
    "and set TELEGRAM_BOT_TOKEN to what it gives you."
)


class SettingsError(Exception):
    """A setting is missing or wrong; the text says which and what to do, one line a fault and no secret."""


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(setting_values.ids)]
AllowedIds = Annotated[frozenset[int] | None, NoDecode, BeforeValidator(setting_values.ids_or_all)]
HostNames = Annotated[frozenset[str], NoDecode, BeforeValidator(setting_values.host_names)]
HttpUrl = Annotated[str, AfterValidator(setting_values.http_url)]
Prices = Annotated[Mapping[str, Price], NoDecode, BeforeValidator(setting_values.model_prices)]
LogLevel = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR"],
    BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value),
]

LogFormat = Annotated[
    Literal["text", "json"], BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value)
]


def _data_dir() -> Path:
    return platformdirs.user_data_path("askwire")


class Settings(BaseSettings):
    """What one deployment is set to; the variable of a field is its name in capitals.

    An allow-list that is None allows everybody (`*`); an empty one allows nobody.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        env_file_encoding="utf-8-sig",
        str_strip_whitespace=True,
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: HttpUrl = "https://api.telegram.org"

    askwire_data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = Field(default_factory=_data_dir)
    chat_model: Annotated[str, AfterValidator(setting_values.chat_model_names)] = "local:gemma-3-270m"
    embedding_model: Annotated[str, AfterValidator(setting_values.embedding_model_name)] = "local:all-minilm-l6-v2"
    rerank_model: Annotated[str, AfterValidator(setting_values.chat_model_names)] = "none"
    openai_api_key: SecretStr | None = None
    openai_base_url: HttpUrl | None = None
    anthropic_api_key: SecretStr | None = None
    gemini_api_key: SecretStr | None = None
    ollama_base_url: HttpUrl = "http://127.0.0.1:11434"

    admin_user_ids: Ids = frozenset()
    allowed_telegram_user_ids: AllowedIds = None
    allowed_telegram_group_ids: AllowedIds = None

    webhook_url: Annotated[str, AfterValidator(setting_values.https_url)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(setting_values.webhook_secret)] | None = None
    webhook_listen: Annotated[str, AfterValidator(setting_values.webhook_listen)] = "127.0.0.1:8443"

    chroma_url: HttpUrl | None = None
    chroma_token: SecretStr | None = None
    chroma_ca_file: FilePath | None = None
    chroma_tenant: str = "default_tenant"
    chroma_database: str = "default_database"
    database_url: Annotated[SecretStr, AfterValidator(setting_values.database_url)] | None = None

    daily_questions_per_user: Annotated[int, Field(ge=0)] | None = None
    daily_questions_per_chat: Annotated[int, Field(ge=0)] | None = None
    model_prices: Prices = Field(default_factory=dict)
    daily_budget_usd: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    message_retention_days: Annotated[int, Field(ge=0)] = 30
    article_retention_days: Annotated[int, Field(ge=1)] | None = None
    articles_per_collection: Annotated[int, Field(ge=1)] | None = None
    feeds_per_chat: Annotated[int, Field(ge=0)] = 20
    private_hosts: HostNames = frozenset()
    timezone: Annotated[str, AfterValidator(setting_values.timezone)] = "UTC"
    log_level: LogLevel = "INFO"
    log_format: LogFormat = "text"
    metrics_listen: Annotated[str, AfterValidator(setting_values.metrics_listen)] | None = None
    otel_exporter_otlp_endpoint: HttpUrl | None = None
    otel_exporter_otlp_headers: Annotated[SecretStr, AfterValidator(setting_values.otlp_headers)] | None = None
    otel_service_name: str = "askwire"

    @model_validator(mode="before")
    @classmethod
    def _drop_blanks(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if not (isinstance(value, str) and not value.strip())}

    @field_validator("daily_budget_usd")
    @classmethod
    def _check_prices(cls, budget: float | None, fields: ValidationInfo) -> float | None:
        """Without a price nothing would be counted, and the budget would be no limit."""
        given = fields.data
        if budget is None or not {"chat_model", "openai_base_url", "model_prices"} <= given.keys():
            return budget
        prices = known_prices(given["model_prices"], own_openai_server=given["openai_base_url"] is not None)
        models = [*given["chat_model"].split(","), *given.get("rerank_model", "none").split(",")]
        if unknown := unpriced(dict.fromkeys(models), prices):
            raise ValueError(
                f"the price of {' and '.join(unknown)} is not known; write it in MODEL_PRICES, in US dollars for a "
                f"million tokens: {', '.join(f'{model}=PROMPT/WRITTEN' for model in unknown)}"
            )
        return budget

    @classmethod
    def load(cls, env_file: str | Path | None = ".env") -> Self:
        """Reads the process's environment over `env_file`, which need not exist.

        Raises:
            SettingsError: with one line for each fault.
        """
        check_env_file(env_file)
        try:
            return cls(_env_file=env_file)  # type: ignore[call-arg]  # an argument that only exists at run time
        except ValidationError as error:
            faults = [_fault(detail) for detail in error.errors(include_input=False, include_url=False)]
            # Not `from error`: the text of a validation error quotes the values.
            raise SettingsError("\n".join(dict.fromkeys(faults))) from None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{env_file} cannot be read: save it as UTF-8, readable by this user.") from error

    def require_token(self) -> str:
        """The bot's token.

        Raises:
            SettingsError: when there is none, or it cannot be one.
        """
        if self.telegram_bot_token is None:
            raise SettingsError(
                f"TELEGRAM_BOT_TOKEN is not set, neither in the environment nor in a .env file here. {_BOTFATHER}"
            )
        token = self.telegram_bot_token.get_secret_value()
        if not _TOKEN.fullmatch(token):
            shape = "digits, a colon, then 35 letters, digits, - and _"
            raise SettingsError(f"TELEGRAM_BOT_TOKEN is no token ({shape}). {_BOTFATHER}")
        return token

    def secrets(self) -> list[str]:
        """What must stand in no log."""
        values = (getattr(self, name) for name in type(self).model_fields)
        found = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
        otlp = setting_values.header_values(self.otel_exporter_otlp_headers)
        return [*found, *setting_values.passwords(self.database_url), *otlp]

    def index_config(self) -> IndexConfig:
        """The part of these settings that the index needs."""
        from index.config import IndexConfig
        from index.providers.base import ProviderKeys

        return IndexConfig(
            data_dir=self.askwire_data_dir,
            cache_dir=platformdirs.user_cache_path("askwire"),
            chat_model=self.chat_model,
            embedding_model=self.embedding_model,
            keys=ProviderKeys(
                openai_api_key=_revealed(self.openai_api_key),
                openai_base_url=self.openai_base_url,
                anthropic_api_key=_revealed(self.anthropic_api_key),
                gemini_api_key=_revealed(self.gemini_api_key),
                ollama_base_url=self.ollama_base_url,
            ),
            timezone=self.timezone,
            chroma=self._chroma(),
            database_url=setting_values.database_address(self.database_url),
            rerank_model=self.rerank_model,
        )

    def _chroma(self) -> ChromaServer | None:
        from index.config import ChromaServer

        if self.chroma_url is None:
            return None
        ca_file = str(self.chroma_ca_file) if self.chroma_ca_file else None
        token = _revealed(self.chroma_token)
        return ChromaServer(self.chroma_url, token, ca_file, self.chroma_tenant, self.chroma_database)


def check_env_file(env_file: str | Path | None) -> None:
    """Refuses lines that set nothing, and names that are nearly a setting's.

    Raises:
        SettingsError: with one line for each fault; values are not quoted.
    """
    if env_file is None or not Path(env_file).is_file():
        return
    try:
        with Path(env_file).open(encoding="utf-8-sig") as file:
            lines = list(parse_stream(file))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file} cannot be read: save it as UTF-8, readable by this user.") from error
    known = [name.upper() for name in Settings.model_fields]
    faults = [f"{env_file}, line {line.original.line}: write NAME=value." for line in lines if line.error]
    for line in lines:
        name = (line.key or "").upper()
        near = difflib.get_close_matches(name, known, 1, _NEAR_NAME) if name and name not in known else []
        faults += [f"{env_file}: {name} is no setting. Did you mean {right}?" for right in near]
    if faults:
        raise SettingsError("\n".join(faults))


def _revealed(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


def _fault(detail: ErrorDetails) -> str:
    return f"{str(detail['loc'][0]).upper()}: {_what(detail)}."


def _what(detail: ErrorDetails) -> str:
    """What to write instead: pydantic's own kinds of errors tell only what was not liked."""
    kind, given = detail["type"], detail.get("ctx", {})
    if kind == "value_error":  # ours
        return detail["msg"].removeprefix("Value error, ")
    if kind == "literal_error":
        return "write one of: " + ", ".join(re.findall(r"'([^']*)'", given["expected"]))
    if kind == "greater_than_equal":
        return f"write {given['ge']:g} or more"
    if kind in _NUMBERS:
        return _NUMBERS[kind]
    return f"{detail['msg'][:1].lower()}{detail['msg'][1:]}"
