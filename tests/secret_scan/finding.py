"""Finds what looks like a secret in lines of text, by the detectors of detect-secrets and three of our own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.settings import default_settings

_SHORTEST = 6  # characters; no password worth the name is shorter, and examples are
_PASSWORDS = {"Basic Auth Credentials", "Secret Keyword"}
_NO_SECRETS = {"Public IP (ipv4)"}
# The keys of the providers here that the detectors do not know, or know in an older form.
_PATTERNS = {
    "Anthropic key": re.compile(r"\bsk-ant-[\w-]{20,}"),
    "Google key": re.compile(r"\bAIza[\w-]{35}"),
    "OpenAI key": re.compile(r"\bsk-(?:proj-|svcacct-)?\w[\w-]{30,}"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What looks like a secret: its kind, where it stands, and a fingerprint in place of its value."""

    kind: str
    place: str
    fingerprint: str


def findings(lines: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """What looks like a secret in lines, each with the place to name for it."""
    for place, line in lines:
        for kind, value in _values(line, place):
            if len(value) >= _SHORTEST:
                yield Finding(kind, place, fingerprint(value))
            elif kind not in _PASSWORDS:  # some detectors give the beginning alone
                yield Finding(kind, place, fingerprint(line))


def fingerprint(value: str) -> str:
    """Stands for a value: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(value.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _values(line: str, place: str) -> Iterator[tuple[str, str]]:
    for kind, pattern in _PATTERNS.items():
        yield from ((kind, value) for value in pattern.findall(line))
    for detector in _detectors():
        for secret in detector.analyze_line(filename=place, line=line, line_number=1):
            yield secret.type, secret.secret_value or ""


@cache
def _detectors() -> tuple[Any, ...]:
    with default_settings():
        kinds: dict[str, Any] = get_mapping_from_secret_type_to_class()
        return tuple(made() for kind, made in sorted(kinds.items()) if kind not in _NO_SECRETS)
