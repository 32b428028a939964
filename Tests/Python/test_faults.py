"""What becomes of the host when something ends: the process, the disk, its room."""

import contextlib
import hashlib
import hmac
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from conftest import BOTHOST, ROOT, Process

SECRET = "webhook-secret-of-the-tests"


def serving(folder, *before, data="data"):
    """A host on its own: nobody to talk to, and webhooks to take in. `before` is a command to run it under."""
    (folder / "plugins.json").write_text(json.dumps({"plugins": {"help": {}, "incidents": {}}}))
    env = {
        "PATH": os.environ["PATH"],
        "PORT": "0",
        "CONSOLE_PORT": "0",
        "DATABASE_URL": f"sqlite:{data}/bothost.sqlite",
        "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99baac85a5ff",
        "PAGERDUTY_WEBHOOK_SECRET": SECRET,
        "LOG_LEVEL": "info",
        "LOG_FORMAT": "json",
    }
    host = Process(*before, BOTHOST, "serve", cwd=folder, env=env)
    host.url = host.wait_for(r"Listening for Slack on (http://127\.0\.0\.1:\d+)").group(1)
    return host


def deliver(host, event, padding=0):
    """Sends a webhook as PagerDuty does; the status, or 0 where there was no answer."""
    body = json.dumps(
        {
            "event": {
                "id": event,
                "event_type": "incident.annotated",
                "resource_type": "incident",
                "occurred_at": "2026-01-05T15:00:00.000Z",
                "agent": None,
                "client": None,
                "data": {
                    "type": "incident_note",
                    "incident": {"id": "PINC001", "type": "incident_reference", "summary": "Checkout"},
                    "content": "x" * padding,
                },
            }
        }
    ).encode()
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    request = urllib.request.Request(
        f"{host.url}/pagerduty/webhooks/v3",
        body,
        {"Content-Type": "application/json", "X-PagerDuty-Signature": f"v1={signature}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def stored(database):
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return {name for (name,) in connection.execute("SELECT id FROM inbox")}


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "data"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", place], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be made here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=False)


def test_a_full_disk_is_answered_with_503_and_loses_nothing(tmp_path, small_disk):
    (small_disk / "filler").write_bytes(b"\0" * 3_000_000)
    host = serving(tmp_path)
    acknowledged, statuses = set(), []
    for number in range(200):
        status = deliver(host, f"FULL{number}", padding=100_000)
        statuses.append(status)
        if status == 202:
            acknowledged.add(f"FULL{number}")
        elif status == 503:
            break
    assert statuses[-1] == 503, "8 MB cannot hold 20 MB"
    assert set(statuses) == {202, 503}
    assert host.process.poll() is None
    (small_disk / "filler").unlink()
    end = time.monotonic() + 30
    while deliver(host, "AFTERWARDS") != 202:
        assert time.monotonic() < end, f"there is room again, and it does not go on:\n{host.output}"
        time.sleep(0.2)
    acknowledged.add("AFTERWARDS")
    end = time.monotonic() + 30
    # What was kept when there was no room to read it is read by itself.
    while missing := acknowledged - stored(small_disk / "bothost.sqlite"):
        assert time.monotonic() < end, f"acknowledged, and not there: {sorted(missing)}\n{host.output[-3000:]}"
        time.sleep(0.5)
    assert host.stop() == 0


def test_after_a_failed_fsync_nothing_is_acknowledged_and_the_process_ends(tmp_path):
    if not shutil.which("strace"):
        pytest.skip("strace is not here")
    # The first ones are those of the start.
    strace = ["strace", "-f", "-q", "-o", "/dev/null", "-e", "trace=fdatasync,fsync",
              "-e", "inject=fdatasync:error=EIO:when=40+"]
    try:
        host = serving(tmp_path, *strace)
    except AssertionError as error:
        pytest.skip(f"strace may not trace here: {error}")
    acknowledged = set()
    for number in range(500):
        status = deliver(host, f"SYNC{number}")
        if status == 202:
            acknowledged.add(f"SYNC{number}")
        else:
            break
    assert 0 < len(acknowledged) < 500
    assert host.process.wait(timeout=30) == 1
    host.reader.join(timeout=5)
    host.process.stdout.close()
    assert "disk" in host.output
    again = serving(tmp_path)
    end = time.monotonic() + 30
    while missing := acknowledged - stored(tmp_path / "data" / "bothost.sqlite"):
        assert time.monotonic() < end, f"acknowledged, and not there: {sorted(missing)}"
        time.sleep(0.5)
    assert again.stop() == 0


def test_fifty_thousand_jobs_fit_into_300_megabytes(tmp_path):
    host = serving(tmp_path)
    assert host.stop() == 0
    now = int(time.time() * 1000)
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "bothost.sqlite")) as connection, connection:
        connection.executemany(
            "INSERT INTO jobs (state, kind, plugin, workspace, payload, lane, order_key, order_at, run_at, max_attempts, "
            "created_at) VALUES ('available', 'incidents.look-into', 'incidents', 'T0NOWHERE', ?, 1, ?, ?, ?, 10, ?)",
            [(b'{"incident":"PINC001","reason":"x"}' + b" " * 500, f"key/{n % 5_000}", now, now, now) for n in range(50_000)],
        )
    host = serving(tmp_path)
    time.sleep(5)
    resident = int(re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{host.process.pid}/status").read_text()).group(1)) / 1024
    assert deliver(host, "MEANWHILE") == 202
    assert host.stop() == 0
    assert resident < 300


@pytest.mark.kills
def test_nothing_is_lost_while_the_host_is_killed(tmp_path):
    run = subprocess.run(
        [sys.executable, ROOT / "Tests" / "Faults" / "faults.py", "--deliveries", "500", "--kills", "20", "--each", "10",
         "--at-once", "50", "--rate", "12", "--patience", "240", "--may-be-twice"],
        capture_output=True, text=True, timeout=600, env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    print(run.stdout[-6000:], run.stderr[-2000:])
    assert run.returncode == 0
