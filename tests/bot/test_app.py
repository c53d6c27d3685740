"""The application as it is built."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import build_application
from bot.settings import Settings, SettingsError
from bot.updates import DurableQueue
from index.sources.reader import open_reader
from tests.bot.harness import a_state

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake_-1"


@pytest.mark.parametrize("module", ["bot.app", "bot.run", "bot.settings", "bot.handlers.registry"])
def test_importing_is_cheap(module: str) -> None:
    """Importing the application loads neither the vector store nor the libraries around it."""
    code = f"import sys, {module}; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = done.stdout.split()
    assert "bot" in loaded
    assert not {"chromadb", "llama_index", "onnxruntime", "xllamacpp", "trafilatura"} & set(loaded)


async def test_building_needs_a_token_and_no_network() -> None:
    """The application is built without I/O for the configured server, and not without a token."""
    settings = Settings.model_validate({"telegram_bot_token": TOKEN, "telegram_api_url": "http://127.0.0.1:9/"})
    async with open_reader() as reader, a_state() as state:
        application = build_application(settings, None, reader, state)  # type: ignore[arg-type]  # unused
        assert application.bot.base_url == f"http://127.0.0.1:9/bot{TOKEN}"
        assert application.bot.base_file_url == f"http://127.0.0.1:9/file/bot{TOKEN}"
        assert isinstance(application.update_queue, DurableQueue)
        assert application.bot_data.settings is settings
        with pytest.raises(SettingsError, match="@BotFather"):
            build_application(Settings(), None, reader, state)  # type: ignore[arg-type]  # unused
