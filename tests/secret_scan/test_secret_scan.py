"""A secret that was ever committed is found; what is known to be none is let through, with a reason."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.secret_scan.__main__ import ALLOWED, _every_line, allowed, unknown
from tests.secret_scan.finding import findings

# Put together here, so that this file holds none.
PLANTED = {
    "Telegram Bot Token": "5550001234" + ":" + "AAq" + "Zr7wXk2Lm9Pv4TnB6Yd1Hs8Gc3Jf5Ke0",
    "Anthropic key": "sk-" + "ant-api03-" + "q7Zr2Lm9Pv4TnB6Yd1Hs8Gc3",
    "OpenAI key": "sk-" + "proj-" + "q7Zr2Lm9Pv4TnB6Yd1Hs8Gc3Jf5Ke0Wx",
    "Google key": "AI" + "za" + "Sy7Zr2Lm9Pv4TnB6Yd1Hs8Gc3Jf5Ke0WxQa",
    "GitHub Token": "gh" + "p_" + "q7Zr2Lm9Pv4TnB6Yd1Hs8Gc3Jf5Ke0WxQaBc",
    "AWS Access Key": "AK" + "IA" + "Q7ZR2LM9PV4TNB6Y",
    "Private Key": "-----BEGIN " + "RSA PRIVATE KEY" + "-----",
    "Basic Auth Credentials": "q7Zr2Lm9Pv4",
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_secret_is_found(kind: str) -> None:
    """Each kind that a deployment has is told, without its value."""
    value = PLANTED[kind]
    line = f"see postgresql://askwire:{value}@db/askwire" if kind.startswith("Basic") else f"see {value} here"
    found = {one.kind: one for one in findings([("notes.md:1", line)])}
    assert kind in found
    assert all(value not in f"{one}" for one in found.values())


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_what_was_taken_out_again_is_found(tmp_path: Path) -> None:
    """A secret that one commit had and the next one has not stands in the history, and is told."""
    secret, file = PLANTED["GitHub Token"], tmp_path / "notes.md"
    git(tmp_path, "init", "-q")
    for text in (f"one\n{secret}\n", "one\ntwo\n"):
        file.write_text(text)
        git(tmp_path, "add", "notes.md")
        git(tmp_path, "commit", "-qm", "notes")
    (found,) = unknown(_every_line(tmp_path), {})
    assert found.place.startswith("notes.md:2 in blob ")
    assert unknown(_every_line(tmp_path), {found.fingerprint}) == []
    file.write_text(f"one\n\n\n{secret}\n")
    (now,) = unknown(_every_line(tmp_path), {})
    assert now.place == "notes.md:4"


def test_every_exception_has_a_reason() -> None:
    """No fingerprint is let through twice, or without saying why."""
    assert all(reason.strip() for reason in allowed().values())
    assert len(allowed()) == len(ALLOWED.read_text("utf-8").splitlines()) - 1
