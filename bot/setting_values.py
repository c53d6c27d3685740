"""The values that settings may have: each function checks or reads one, and its error says what to write instead.

The errors quote no value: it may be a secret in the wrong variable.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.prices import Price

if TYPE_CHECKING:
    from sqlalchemy import URL

# Behind a lost line break stands the next setting, perhaps a secret: NAME=… or an address is in no model's name.
_MODEL = re.compile(r"[a-z]+:(?!\S*(?://|[A-Z_]{4,}=))\S+")
_URL = re.compile(r"https?://[^\s/?#@=]+(/[^\s?#]*)?")
_ZONE = re.compile(r"[\w+-]+(/[\w+-]+){0,3}", re.ASCII)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?|\[?[0-9a-f:.]+\]?")
_WRITTEN_PASSWORD = re.compile(r"://[^:/@]*:([^@]+)@")  # urlsplit refuses some that the database's library takes
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HEADER = r"\s*[!#$&'*+.^`|~\w-]+=[ -+\--~]+"  # visible ASCII but for the comma
_HEADERS = re.compile(rf"{_HEADER}(,{_HEADER})*", re.ASCII)
_PRICES = (
    "write each model once, with US dollars for a million tokens of the prompt and of what is written, and commas "
    "between them: openai:gpt-5-mini=0.25/2.00, gemini:gemini-2.5-flash=0.30/2.50"
)


def model_name(value: str, examples: str = "local:gemma-3-270m or openai:gpt-5-mini") -> str:
    """A model as `provider:model`."""
    if not _MODEL.fullmatch(value):
        raise ValueError(f"write provider:model, for example {examples}")
    return value


def embedding_model_name(value: str) -> str:
    """A model that compares texts, as `provider:model`."""
    return model_name(value, "local:all-minilm-l6-v2 or local:multilingual-e5-small")


def chat_model_names(value: str) -> str:
    """One model, or several with commas between them: each stands in for those before it."""
    if value == "none":
        return value
    return ",".join(model_name(name.strip()) for name in value.split(","))


def http_url(value: str) -> str:
    """An address of a server, without the slash at its end."""
    if not _URL.fullmatch(value):
        raise ValueError("write http:// or https:// and a host, without user name, query or fragment")
    return value.rstrip("/")


def https_url(value: str) -> str:
    """An address that Telegram delivers to."""
    if not value.startswith("https://"):
        raise ValueError("Telegram delivers only to an address that begins with https://")
    return http_url(value)


def webhook_listen(value: str) -> str:
    """The host and port where webhook calls arrive."""
    return _listen_address(value, "127.0.0.1:8443")


def metrics_listen(value: str) -> str:
    """The host and port where metrics are read."""
    return _listen_address(value, "127.0.0.1:9100")


def _listen_address(value: str, example: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:  # noqa: PLR2004 - the range of TCP ports
        raise ValueError(f"write host:port, for example {example}")
    return value


def timezone(value: str) -> str:
    """The name of a time zone."""
    try:
        if _ZONE.fullmatch(value):  # of "a/a/a/…" ZoneInfo imports each part until Python gives up
            ZoneInfo(value)
            return value
    except (ValueError, OSError, KeyError):  # all of them happen, by the kind of wrong name
        pass
    raise ValueError("no such time zone: write one like Europe/Berlin or Asia/Jakarta")


def webhook_secret(value: SecretStr) -> SecretStr:
    """A secret as Telegram takes it."""
    if not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("use 1 to 256 letters, digits, _ and -")
    return value


def database_url(value: SecretStr) -> SecretStr:
    """The address of a PostgreSQL database."""
    database_address(value)
    return value


def database_address(value: SecretStr | None) -> URL | None:
    """The same, taken apart."""
    from index.postgres import postgres_url

    return postgres_url(value.get_secret_value()) if value else None


def passwords(value: SecretStr | None) -> list[str]:
    """What an address of a database holds that must be seen nowhere, as it is written and as it is meant."""
    url = database_address(value)
    if value is None or url is None or not url.password:
        return []
    written = _WRITTEN_PASSWORD.search(value.get_secret_value())
    return sorted({str(url.password), *(written.groups() if written else ())})


def otlp_headers(value: SecretStr) -> SecretStr:
    """Headers as OpenTelemetry writes them."""
    if not _HEADERS.fullmatch(value.get_secret_value()):
        raise ValueError("write name=value, several with commas between them; a comma or % in a value as %2C or %25")
    return value


def header_values(value: SecretStr | None) -> list[str]:
    """What such headers hold that must be seen nowhere, as it is written and as it is sent."""
    pairs = value.get_secret_value().split(",") if value else []
    written = [pair.partition("=")[2].strip() for pair in pairs]
    return [part for one in written for part in dict.fromkeys((one, unquote(one)))]


def ids(value: object) -> object:
    """Turns `"1, 2"` into ids; a set passes as it is."""
    if not isinstance(value, str):
        return value
    try:
        return frozenset(int(part) for part in value.split(",") if part.strip())
    except ValueError as error:
        raise ValueError("write Telegram ids (whole numbers) with commas between them") from error


def ids_or_all(value: object) -> object:
    """The same, or None for `*`."""
    return None if isinstance(value, str) and value.strip() == "*" else ids(value)


def host_names(value: object) -> object:
    """Turns `"wiki.corp.example, intranet"` into names in lower case; a set passes as it is."""
    if not isinstance(value, str):
        return value
    names = frozenset(part.strip().lower().rstrip(".") for part in value.split(",") if part.strip())
    if not all(_HOST.fullmatch(name) for name in names):
        raise ValueError("write names of hosts, without http:// or a port, with commas between them")
    return names


def model_prices(value: object) -> object:
    """Turns `"openai:gpt-5-mini=0.25/2.00, …"` into prices by model; a mapping passes as it is."""
    if not isinstance(value, str):
        return value
    prices: dict[str, Price] = {}
    for part in value.split(","):
        if not part.strip():
            continue
        model, _, price = part.rpartition("=")
        name = model.strip()
        if not _MODEL.fullmatch(name) or name in prices:
            raise ValueError(_PRICES)
        prices[name] = _price(price)
    return prices


def _price(text: str) -> Price:
    try:
        prompt, written = (float(number) for number in text.split("/"))
    except ValueError as error:
        raise ValueError(_PRICES) from error
    if not all(math.isfinite(number) and number >= 0 for number in (prompt, written)):
        raise ValueError(_PRICES)
    return Price(prompt, written)
