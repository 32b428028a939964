"""The sandbox as other programs meet it: one process, started once, reached over loopback."""

import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BOTHOST = ROOT / ".build" / "debug" / "bothost"

ACME = "T0ACME001"
ADA, BEN, CHLOE, DAN, FRANK = "U0ADA0001", "U0BEN0001", "U0CHLOE01", "U0DAN0001", "U0FRANK01"
GENERAL, INCIDENTS, CHECKOUT, PRIVATE_WITHOUT_APP = "C0GENERAL", "C0INCIDNT", "C0CHECKOT", "G0SECRETS"


@dataclass
class Sandbox:
    """Addresses and secrets of a running sandbox."""

    url: str
    host_url: str
    signing_secret: str
    client_id: str
    client_secret: str
    app_token: str
    bot_tokens: dict
    pagerduty: dict
    console_url: str
    data: Path

    def sign_in(self, role="owner"):
        """An address that signs an administrator in to the host's console, once."""
        answer = subprocess.run(
            [BOTHOST, "console-login", "--role", role, "--name", "ada"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env={
                "PATH": "/usr/bin",
                "SLACK_SIGNING_SECRET": self.signing_secret,
                "DATABASE_URL": f"sqlite:{self.data}/bothost.sqlite",
                "CONSOLE_URL": self.console_url,
            },
            cwd=self.data,
        )
        return answer.stdout.strip()

    def control(self, path, body=None, method=None):
        """Calls the sandbox's interface for scripts."""
        request = urllib.request.Request(
            f"{self.url}/control/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method or ("GET" if body is None else "POST"),
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
            return json.loads(text) if text else {}

    def reset(self):
        self.control("reset", {})


class Process:
    """A program, the lines that it prints, and a clean end."""

    def __init__(self, *arguments, **keywords):
        self.lines = []
        self.process = subprocess.Popen(
            [str(argument) for argument in arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **keywords,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def output(self):
        return "\n".join(self.lines)

    def wait_for(self, pattern, patience=60):
        """The first match of a pattern in what the program printed."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = re.search(pattern, self.output)
            if found:
                return found
            assert self.process.poll() is None, f"it ended with {self.process.returncode}:\n{self.output}"
            time.sleep(0.02)
        raise AssertionError(f"no {pattern!r} within {patience} s in:\n{self.output}")

    def stop(self):
        """Asks it to stop, and returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"still running 15 s after SIGTERM:\n{self.output}") from None
        self.reader.join(timeout=5)
        self.process.stdout.close()
        return status


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory):
    yield from _running(tmp_path_factory.mktemp("sandbox"))


@pytest.fixture()
def own_sandbox(tmp_path):
    """One for a test that changes how Slack reaches the host."""
    yield from _running(tmp_path / "sandbox")


@pytest.fixture()
def socket_sandbox(tmp_path):
    """One whose host opens sockets, and is not called over HTTP."""
    yield from _running(tmp_path / "sandbox", "--socket-mode")


def _running(data, *options):
    assert BOTHOST.exists(), "not built yet: make test builds it"
    data.mkdir(exist_ok=True)
    command = (BOTHOST, "sandbox", "--port", "0", "--data", data, *options)
    process = Process(*command, cwd=ROOT, env={**os.environ, "LOG_LEVEL": "info"})
    try:
        url = process.wait_for(r"http://127\.0\.0\.1:\d+").group(0)
        console = process.wait_for(r"metrics on (http://127\.0\.0\.1:\d+)").group(1)
        yield Sandbox(**_access(url), console_url=console, data=data)
    finally:
        status = process.stop()
        log = data.parent / "sandbox.log"
        log.write_text(process.output)
    assert status == 0, f"SIGTERM must end it cleanly, not with {status}:\n{process.output[-4000:]}"


def _access(url):
    with urllib.request.urlopen(f"{url}/control/access", timeout=10) as answer:
        return {"url": url, **{key: value for key, value in json.load(answer).items() if key != "url"}}
