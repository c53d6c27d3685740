"""Settings read from variables of the environment, as a test sets them."""

from __future__ import annotations

import pytest

from bot.settings import Settings, SettingsError


def load(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    """The settings with these variables."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return Settings.load()


def faults(monkeypatch: pytest.MonkeyPatch, **variables: str) -> list[str]:
    """The lines about what is wrong with these variables."""
    with pytest.raises(SettingsError) as caught:
        load(monkeypatch, **variables)
    return str(caught.value).splitlines()
