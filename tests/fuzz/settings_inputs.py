"""The file of settings: an operator's own, and often written in haste."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from unittest import mock

from bot.settings import Settings, SettingsError
from tests.fuzz.target import Target

_KEY = "q7Zr2Lm9Pv4TnB6Yd1Hs8Gc3"


def read_settings(data: bytes) -> None:
    """Reads bytes as `.env`.

    Raises:
        Exception: something else comes of it than settings, or lines that quote no key.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, mock.patch.dict(os.environ, clear=True):
        file = Path(folder, ".env")
        file.write_bytes(data)
        try:
            settings = Settings.load(file)
        except SettingsError as error:
            _check_words(str(error))
            return
    for secret in settings.secrets():
        assert len(secret) < len(_KEY) or secret not in repr(settings)
    settings.index_config()


def _check_words(told: str) -> None:
    assert told.strip()
    assert _KEY not in told


SETTINGS_TARGETS = {
    "settings": Target(
        (
            f"# my bot\nTELEGRAM_BOT_TOKEN=123456789:{_KEY}AAAAAAAAAAA\nexport TIMEZONE='Europe/Berlin'\n"
            f'OPENAI_API_KEY="{_KEY}"\nCHAT_MODEL=openai:gpt-5-mini, local:gemma-3-270m\n'
            "MODEL_PRICES=openai:gpt-5-mini=0.25/2.00,gemini:x=0/0\nDAILY_BUDGET_USD=2.5\n".encode(),
            f"DATABASE_URL=postgresql://askwire:{_KEY}@db:5432/askwire?sslmode=require\n"
            f"PRIVATE_HOSTS=wiki.corp, [::1]\nCHROMA_URL=https://chroma.example/\nCHROMA_TOKEN={_KEY}\n"
            "ADMIN_USER_IDS=7, 8\nALLOWED_TELEGRAM_USER_IDS=*\nWEBHOOK_URL=https://bot.example/x\nWEBHOOK_LISTEN=0.0.0.0:8443\n".encode(),
        ),
        read_settings,
    )
}
