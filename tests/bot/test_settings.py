"""Settings: defaults, precedence, faults, secrets."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import platformdirs
import pytest

from bot.settings import Settings, SettingsError
from index.config import ChromaServer, IndexConfig
from index.providers.base import ProviderKeys
from tests.bot.variables import faults, load

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake_-1"


def test_nothing_is_needed_to_load() -> None:
    """Without any variable all settings have their defaults."""
    settings = Settings.load()
    assert settings.askwire_data_dir == platformdirs.user_data_path("askwire")
    assert (settings.chat_model, settings.embedding_model) == ("local:gemma-3-270m", "local:all-minilm-l6-v2")
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.allowed_telegram_user_ids is None
    assert settings.timezone == "UTC"
    assert settings.message_retention_days == 30


def test_environment_wins_over_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable of the environment wins over `.env`, an empty one does not."""
    Path(".env").write_text("TIMEZONE=Europe/Berlin\nLOG_LEVEL=ERROR\nOTHER=1\n", encoding="utf-8")
    settings = load(monkeypatch, TIMEZONE="Asia/Jakarta", LOG_LEVEL="")
    assert (settings.timezone, settings.log_level) == ("Asia/Jakarta", "ERROR")


@pytest.mark.parametrize("blank", ["", "   "])
def test_blank_counts_as_unset(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    """A blank variable is the same as none, also for lists, numbers and secrets."""
    names = [name.upper() for name in Settings.model_fields]
    assert load(monkeypatch, **dict.fromkeys(names, blank)) == Settings()


def test_windows_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A `.env` with a byte-order mark and Windows line ends is read."""
    Path(".env").write_bytes("\ufeffTIMEZONE=Europe/Berlin\r\nADMIN_USER_IDS=7\r\n".encode())
    settings = Settings.load()
    assert (settings.timezone, settings.admin_user_ids) == ("Europe/Berlin", frozenset({7}))


def test_unreadable_file() -> None:
    """A `.env` that is no text is named in one line."""
    Path(".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"^\.env cannot be read"):
        Settings.load()


def test_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids are whole numbers with commas between them, and `*` is everybody."""
    settings = load(
        monkeypatch,
        ADMIN_USER_IDS="1, 2,",
        ALLOWED_TELEGRAM_USER_IDS="*",
        ALLOWED_TELEGRAM_GROUP_IDS="-1002000000001",
    )
    assert settings.admin_user_ids == {1, 2}
    assert settings.allowed_telegram_user_ids is None
    assert settings.allowed_telegram_group_ids == frozenset({-1002000000001})


def test_all_faults_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each wrong variable gets its own line that begins with its name."""
    wrong = {
        "CHAT_MODEL": "gemma",
        "EMBEDDING_MODEL": "none",
        "TELEGRAM_API_URL": "localhost:8081",
        "OPENAI_BASE_URL": "http://user:pass@host/v1",
        "OLLAMA_BASE_URL": "127.0.0.1:11434",
        "ADMIN_USER_IDS": "@alice",
        "ALLOWED_TELEGRAM_USER_IDS": "*,1",
        "WEBHOOK_URL": "http://example.org/hook",
        "WEBHOOK_SECRET": "no spaces please",
        "WEBHOOK_LISTEN": "8443",
        "METRICS_LISTEN": "127.0.0.1:99999",
        "DAILY_QUESTIONS_PER_USER": "-1",
        "DAILY_QUESTIONS_PER_CHAT": "many",
        "MODEL_PRICES": "openai:gpt-5-mini=0.25",
        "DAILY_BUDGET_USD": "nan",
        "MESSAGE_RETENTION_DAYS": "a month",
        "TIMEZONE": "Mars/Olympus",
        "LOG_LEVEL": "loud",
        "LOG_FORMAT": "xml",
    }
    lines = faults(monkeypatch, **wrong)
    assert sorted(line.partition(":")[0] for line in lines) == sorted(wrong)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("CHAT_MODEL", "gemma", "write provider:model, for example local:gemma-3-270m or openai:gpt-5-mini."),
        ("EMBEDDING_MODEL", "e5", "write provider:model, for example local:all-minilm-l6-v2 or "),
        ("WEBHOOK_LISTEN", "8443", "write host:port, for example 127.0.0.1:8443."),
        ("METRICS_LISTEN", "9100", "write host:port, for example 127.0.0.1:9100."),
        ("WEBHOOK_URL", "http://example.org/hook", "Telegram delivers only to an address that begins with https://."),
        ("MESSAGE_RETENTION_DAYS", "a month", "write a whole number."),
        ("MESSAGE_RETENTION_DAYS", "1.5", "write a whole number."),
        ("ARTICLE_RETENTION_DAYS", "0", "write 1 or more."),
        ("DAILY_BUDGET_USD", "much", "write a number."),
        ("DAILY_BUDGET_USD", "inf", "write a number."),
        ("DAILY_BUDGET_USD", "-1", "write 0 or more."),
        ("LOG_FORMAT", "xml", "write one of: text, json."),
        ("LOG_LEVEL", "loud", "write one of: DEBUG, INFO, WARNING, ERROR."),
        ("CHROMA_CA_FILE", "/nowhere", "path does not point to a file."),
    ],
)
def test_a_fault_says_what_to_write(monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str) -> None:
    """Each in askwire's own words, with an example that fits the setting."""
    (told,) = faults(monkeypatch, **{name: value})
    assert told.startswith(f"{name}: {line}")


@pytest.mark.parametrize("name", ["../etc/passwd", "/etc/passwd", "\x00", "Europe", "a/" * 2000 + "a"])
def test_time_zone_is_checked(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """No odd time-zone name gets past, whatever error the database raises for it."""
    settings = {"timezone": name}
    with pytest.raises(ValueError, match="no such time zone"):
        Settings.model_validate(settings)


@pytest.mark.parametrize("password", ["a[b", "a]b", "a%5Db", "p:q"])
def test_every_password_that_a_database_takes_is_kept_out_of_logs(password: str) -> None:
    """Also one that is no part of an ordinary web address: as it is written, and as it is meant."""
    settings = Settings.model_validate({"database_url": f"postgresql://askwire:{password}@127.0.0.1/askwire"})
    assert {password, unquote(password)} <= set(settings.secrets())


def test_faults_quote_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that is wrong or stands in the wrong variable is not repeated in the error."""
    lines = faults(monkeypatch, WEBHOOK_SECRET=f"{TOKEN} x", ADMIN_USER_IDS=TOKEN, WEBHOOK_LISTEN=TOKEN)
    assert len(lines) == 3
    assert "AAFake" not in " ".join(lines)


@pytest.mark.parametrize("name", ["CHROMA_URL", "OPENAI_BASE_URL", "CHAT_MODEL", "RERANK_MODEL"])
def test_a_secret_behind_a_lost_line_break_does_not_show(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What is pasted without it runs two settings into one: that is refused, and not repeated."""
    value = "https://chroma.example" if name.endswith("URL") else "openai:gpt-5-mini"
    (line,) = faults(monkeypatch, **{name: f"{value}OPENAI_API_KEY=sk-{TOKEN}", "DAILY_BUDGET_USD": "2"})
    assert line.startswith(name) and "AAFake" not in line


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret stands in the repr, and all of them are listed for the log to hide."""
    hidden = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "WEBHOOK_SECRET", "CHROMA_TOKEN")
    values = {name: f"hidden-{number}" for number, name in enumerate(hidden)} | {"TELEGRAM_BOT_TOKEN": TOKEN}
    settings = load(monkeypatch, **values)
    assert not any(value in repr(settings) + str(settings.model_dump()) for value in values.values())
    assert sorted(settings.secrets()) == sorted(values.values())


def test_a_databases_password_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in a repr, of the settings or of what the index is given, nor in a log, however it is spelled."""
    settings = load(monkeypatch, DATABASE_URL="postgresql://wire:ge%3Aheim@db.example:5432/news")
    config = settings.index_config()
    assert config.database_url is not None
    assert (config.database_url.drivername, config.database_url.password) == ("postgresql+psycopg", "ge:heim")
    assert not any(word in repr(settings) + repr(config) for word in ("ge:heim", "ge%3Aheim"))
    assert {"ge:heim", "ge%3Aheim"} <= set(settings.secrets())


@pytest.mark.parametrize("url", ["mysql://wire:geheim@db/news", "geheim", "postgresql://wire:geheim@db:port/news"])
def test_only_postgresql_can_be_named(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Another database, or no address at all, is one line that shows how it is written and quotes nothing."""
    (line,) = faults(monkeypatch, DATABASE_URL=url)
    assert "DATABASE_URL" in line and "postgresql://user:password@host:5432/name" in line
    assert "geheim" not in line


def test_a_chroma_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is goes to the index with the token, which shows in no repr."""
    server = load(monkeypatch, CHROMA_URL="https://chroma.example/", CHROMA_TOKEN="hush").index_config().chroma
    assert server == ChromaServer("https://chroma.example", "hush")
    assert "hush" not in repr(server)


def test_frozen() -> None:
    """Settings cannot be changed."""
    with pytest.raises(ValueError, match="frozen"):
        Settings().timezone = "Europe/Berlin"


def test_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """A good token is handed out."""
    assert load(monkeypatch, TELEGRAM_BOT_TOKEN=f" {TOKEN} ").require_token() == TOKEN


@pytest.mark.parametrize("token", [None, "my token", "123456789", "123456789:short", f"bot{TOKEN}", f"{TOKEN}\n/x"])
def test_no_token(monkeypatch: pytest.MonkeyPatch, token: str | None) -> None:
    """A missing or malformed token is one line that names the variable and @BotFather, not the token."""
    settings = load(monkeypatch, **({"TELEGRAM_BOT_TOKEN": token} if token else {}))
    with pytest.raises(SettingsError) as caught:
        settings.require_token()
    text = str(caught.value)
    assert "TELEGRAM_BOT_TOKEN" in text
    assert "@BotFather" in text
    assert "\n" not in text
    assert token is None or token not in text


def test_index_config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The index gets plain values, keys included, and shows no key."""
    settings = load(
        monkeypatch,
        ASKWIRE_DATA_DIR=str(tmp_path),
        CHAT_MODEL="none",
        OPENAI_API_KEY="hidden-key",
        OPENAI_BASE_URL="http://127.0.0.1:8080/v1/",
        ANTHROPIC_API_KEY="hidden-key-2",
        GEMINI_API_KEY="hidden-key-3",
        OLLAMA_BASE_URL="http://192.168.1.5:11434/",
        TIMEZONE="Europe/Berlin",
    )
    assert settings.index_config().rerank_model == "none"
    config = settings.model_copy(update={"rerank_model": "openai:gpt-5"}).index_config()
    assert config.rerank_model == "openai:gpt-5"
    assert isinstance(config, IndexConfig)
    assert (config.data_dir, config.chat_model, config.timezone) == (tmp_path, "none", "Europe/Berlin")
    assert config.keys.openai_api_key == "hidden-key"
    assert config.keys.openai_base_url == "http://127.0.0.1:8080/v1"
    assert (config.keys.anthropic_api_key, config.keys.gemini_api_key) == ("hidden-key-2", "hidden-key-3")
    assert config.keys.ollama_base_url == "http://192.168.1.5:11434"
    assert "hidden-key" not in repr(config)


def test_without_settings_the_index_has_its_own_defaults() -> None:
    """What is not set here is not set otherwise there."""
    assert Settings().index_config().keys == ProviderKeys()


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("none", "none"),
        ("openai:gpt-5-mini", "openai:gpt-5-mini"),
        ("openai:gpt-5-mini,local:gemma-3-270m", "openai:gpt-5-mini,local:gemma-3-270m"),
        (" anthropic:claude , ollama:qwen3:4b ", "anthropic:claude,ollama:qwen3:4b"),
    ],
)
def test_one_chat_model_or_several(monkeypatch: pytest.MonkeyPatch, given: str, read: str) -> None:
    """Several have commas between them, with spaces or without."""
    assert load(monkeypatch, CHAT_MODEL=given).chat_model == read


@pytest.mark.parametrize(
    "given", ["gpt-5", "openai:a,", ",openai:a", "openai:a,,ollama:b", "openai:a,none", "openai: a"]
)
def test_each_model_of_a_chain_is_checked(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """A name without its provider, an empty one, and none among others are faults of the one setting."""
    [line] = faults(monkeypatch, CHAT_MODEL=given)
    assert line.startswith("CHAT_MODEL: write provider:model")


def test_home_in_data_dir(monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder may begin with ~."""
    assert load(monkeypatch, ASKWIRE_DATA_DIR="~/news").askwire_data_dir == Path.home() / "news"


def test_example_file_lists_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env.example` names each setting once, explains it in the line above, and changes nothing when copied."""
    example = Path(__file__).parents[2] / ".env.example"
    lines = example.read_text(encoding="utf-8").splitlines()
    names = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)
    for above, line in pairwise(lines):
        if line and not line.startswith("#"):
            assert above.startswith("# ")
    assert Settings.load(example) == Settings()


def test_a_faulty_env_file_is_told_by_line_and_name(tmp_path: Path) -> None:
    """A line that sets nothing, and a mistyped name, are faults; foreign names and all values are let be."""
    path = tmp_path / "settings.env"
    path.write_text("TELEGRAM_BOT_TOKN=secret-1\nPOSTGRES_PASSWORD=secret-2\nnot a setting\n")
    with pytest.raises(SettingsError) as caught:
        Settings.load(path)
    mistyped = f"{path}: TELEGRAM_BOT_TOKN is no setting. Did you mean TELEGRAM_BOT_TOKEN?"
    assert str(caught.value).splitlines() == [f"{path}, line 3: write NAME=value.", mistyped]
