"""`bothost jobs` and `bothost keys`, beside a running host and without one."""

import contextlib
import json
import os
import sqlite3
import subprocess
import time

import pytest

from conftest import BOTHOST
from test_faults import SECRET, deliver, serving, stored


def bothost(folder, *arguments):
    return subprocess.run(
        [BOTHOST, *arguments], capture_output=True, text=True, timeout=60, cwd=folder, env={"PATH": os.environ["PATH"]}
    )


def add_dead_jobs(database, count):
    now = int(time.time() * 1000)
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        for number in range(count):
            connection.execute(
                "INSERT INTO jobs (state, kind, plugin, workspace, payload, lane, order_at, run_at, attempt, max_attempts, "
                "failures, created_at, finished_at) VALUES ('discarded', 'coffee.brew', 'coffee', 'T0ACME001', x'7b7d', 1, "
                "?, ?, 10, 10, ?, ?, ?)",
                (now, now, json.dumps([{"at": 0, "attempt": 10, "message": f"No beans ({number})."}]).encode(), now, now),
            )


@pytest.fixture
def folder(tmp_path):
    """A folder with a database in which there are two dead letters."""
    host = serving(tmp_path)
    assert host.stop() == 0
    add_dead_jobs(tmp_path / "data" / "bothost.sqlite", 2)
    return tmp_path


def dead(folder):
    return json.loads(bothost(folder, "jobs", "--json").stdout)["dead"]


def look_and_act(folder):
    answer = bothost(folder, "jobs")
    assert answer.returncode == 0, answer.stderr
    assert "discarded   2" in answer.stdout
    assert "coffee.brew" in answer.stdout and "No beans (1)." in answer.stdout
    first, second = sorted(job["id"] for job in dead(folder))
    assert bothost(folder, "jobs", "retry", str(first)).returncode == 0
    assert bothost(folder, "jobs", "discard", str(second)).returncode == 0
    again = bothost(folder, "jobs", "retry", "4711")
    assert again.returncode == 1
    assert "no dead job 4711" in again.stderr
    assert second not in [job["id"] for job in dead(folder)]


def test_jobs_beside_a_running_host(folder):
    host = serving(folder)
    look_and_act(folder)
    assert (folder / "data" / "bothost.sqlite.sock").stat().st_mode & 0o077 == 0
    assert host.stop() == 0
    assert not (folder / "data" / "bothost.sqlite.sock").exists()


def test_jobs_without_a_host(folder):
    look_and_act(folder)


def test_a_socket_that_a_killed_host_left_is_in_nobodys_way(folder):
    host = serving(folder)
    host.process.kill()
    host.process.wait()
    look_and_act(folder)
    again = serving(folder)
    assert bothost(folder, "jobs").returncode == 0
    assert again.stop() == 0


def keys(folder):
    lines = (folder / "data" / "bothost.sqlite.keys").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def headers(folder):
    """The ids of the keys that seal what is stored."""
    with contextlib.closing(sqlite3.connect(f"file:{folder}/data/bothost.sqlite?mode=ro", uri=True)) as connection:
        return {sealed[2 : 2 + sealed[1]].decode() for (sealed,) in connection.execute("SELECT sealed FROM secrets")}


@pytest.mark.parametrize("is_running", [True, False])
def test_keys_are_changed_while_everything_runs(tmp_path, is_running):
    host = serving(tmp_path)
    # The secret in the address of V2 webhooks is made at the start.
    end = time.monotonic() + 20
    while not headers(tmp_path):
        assert time.monotonic() < end
        time.sleep(0.05)
    [old] = keys(tmp_path)
    if not is_running:
        assert host.stop() == 0
    answer = bothost(tmp_path, "keys", "rotate")
    assert answer.returncode == 0, answer.stderr
    new, kept = keys(tmp_path)
    assert kept == old
    assert headers(tmp_path) == {new.split(":")[0]}
    assert new.split(":")[1] not in answer.stdout + answer.stderr
    assert (tmp_path / "data" / "bothost.sqlite.keys").stat().st_mode & 0o077 == 0
    if is_running:
        assert deliver(host, "AFTER-ROTATION") == 202
        assert host.stop() == 0
    again = serving(tmp_path)
    assert again.stop() == 0
    assert SECRET not in answer.stdout
    assert stored(tmp_path / "data" / "bothost.sqlite") == ({"AFTER-ROTATION"} if is_running else set())
