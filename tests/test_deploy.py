"""The image, the compose file and the systemd unit are well-formed, fit the settings, and give the bot few rights."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SETTINGS = {name.upper() for name in Settings.model_fields}


def run(*command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, **options)


def test_the_dockerfile_is_sound() -> None:
    """The linter for Dockerfiles has nothing to say."""
    hadolint = shutil.which("hadolint") or shutil.which(str(Path(sys.executable).with_name("hadolint")))
    if hadolint is None:
        pytest.skip("hadolint is not installed: it comes with the extra dev on Linux")
    done = run(hadolint, "--no-color", str(ROOT / "Dockerfile"))
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_steps_that_there_are() -> None:
    """Each step of the Dockerfile is one of the script's, and each variable that it hands over is read there."""
    script = (ROOT / "scripts/image-steps").read_text()
    steps = re.findall(r'^RUN (\w+)="\$(\w+)" /src/scripts/image-steps (\w+)$', DOCKERFILE, re.MULTILINE)
    assert [step for _, _, step in steps] == ["install", "weights"]
    for name, given, step in steps:
        assert name == given
        assert f"ARG {name}=" in DOCKERFILE
        assert f"${{{name}" in script
        assert f"\n{step}() {{" in script
    assert run("bash", "-n", str(ROOT / "scripts/image-steps")).returncode == 0
    assert run(str(ROOT / "scripts/image-steps"), "nonsense").returncode == 2


def test_the_image_is_built_from_what_it_needs() -> None:
    """The build's context has the packages and the files that installing reads, and no `.env` or data."""
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = {project["project"]["readme"], *project["project"]["license-files"], "pyproject.toml"}
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert kept == {*named, *packages, "scripts/image-steps", "requirements.lock"}
    assert all((ROOT / path).exists() for path in kept)
    assert (ROOT / ".dockerignore").read_text().startswith("*\n")


def test_the_image_runs_as_nobody_in_particular() -> None:
    """By its number, so that also an engine that refuses root can check it; the data directory is a volume."""
    assert re.search(r"^USER (\d+):\1$", DOCKERFILE, re.MULTILINE)
    assert set(re.findall(r"^(?:ENV| {4})\s*(\w+)=", DOCKERFILE, re.MULTILINE)) - SETTINGS == {
        *("PATH", "XDG_CACHE_HOME", "PYTHONUNBUFFERED")
    }
    assert "VOLUME /data" in DOCKERFILE
    assert "ASKWIRE_DATA_DIR=/data" in DOCKERFILE


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server that answers /healthz with this status; its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_asks_the_bot(status: int, code: int) -> None:
    """It looks where METRICS_LISTEN says, on this machine, and fails when the bot is not well, or not there."""
    found = re.search(r"HEALTHCHECK [^\n]*\\\n\s*CMD (\[.*\])", DOCKERFILE)
    assert found
    program, *rest = json.loads(found[1])
    assert program == "python"
    with answering(status) as port:
        for listen in (f"127.0.0.1:{port}", f"0.0.0.0:{port}", f"[::]:{port}"):
            assert run(sys.executable, *rest, env={"METRICS_LISTEN": listen}).returncode == code
    assert run(sys.executable, *rest, env={"METRICS_LISTEN": f"127.0.0.1:{port}"}).returncode == 1


def test_the_compose_file_gives_few_rights() -> None:
    """It can be read, sets only what there is, and the bot may write to its data alone."""
    bot = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["bot"]
    assert set(bot["environment"]) <= SETTINGS
    assert (bot["read_only"], bot["cap_drop"], bot["volumes"]) == (True, ["ALL"], ["data:/data"])
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert set(bot["build"]["args"]) == set(re.findall(r"^ARG (\w+)", DOCKERFILE, re.MULTILINE))
    assert "ports" not in bot


def test_the_unit_is_sound(tmp_path: Path) -> None:
    """Systemd understands it, and finds it well shut in."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    text = (ROOT / "deploy/askwire.service").read_text()
    unit = tmp_path / "askwire.service"
    unit.write_text(text.replace("/opt/askwire/venv/bin/askwire", sys.executable))
    done = run("systemd-analyze", "verify", "--man=no", str(unit))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    safe = run("systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit))
    assert safe.returncode == 0, safe.stdout


def test_the_unit_fits_the_settings() -> None:
    """What it sets is a setting, and the folders it makes are those that it names."""
    text = (ROOT / "deploy/askwire.service").read_text()
    (environment,) = re.findall(r"^Environment=(.*)$", text, re.MULTILINE)
    given = dict(pair.split("=") for pair in environment.split())
    assert set(given) - SETTINGS == {"XDG_CACHE_HOME"}
    assert given["ASKWIRE_DATA_DIR"] == f"/var/lib/{re.search(r'^StateDirectory=(.*)$', text, re.MULTILINE)[1]}"  # type: ignore[index]  # it is there
    assert given["XDG_CACHE_HOME"] == "/var/cache/askwire"
