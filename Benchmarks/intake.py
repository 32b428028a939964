"""Measures durable intake: signed webhooks stored and acknowledged, a second, while Slack and PagerDuty are unreachable.

Beside it, in the same run and on the same disk, a bare loop inserts the same bytes one commit each. Only ratios inside one
run mean anything. Goal at 64 connections: ten times the loop, all but one in a hundred acknowledged within 50 ms.
"""

import argparse
import hashlib
import hmac
import json
import os
import re
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from measure import RELEASE, ROOT, TEAM, Server, access_to

sys.path.insert(0, str(ROOT / "Tests" / "Faults"))
from postgres import Postgres  # noqa: E402

THREADS = 2
GOAL = 10


def webhook(secret, number):
    """A V3 webhook about an incident, with an id of its own: its signature and its body."""
    incident = f"Q{number:013d}"
    event = {
        "event": {
            "id": f"01BENCH{secrets.token_hex(9).upper()}",
            "event_type": "incident.triggered",
            "resource_type": "incident",
            "occurred_at": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
            "agent": {"id": "PSVCHK1", "type": "service_reference", "summary": "Checkout"},
            "client": None,
            "data": {
                "id": incident,
                "type": "incident",
                "self": f"https://api.pagerduty.com/incidents/{incident}",
                "html_url": f"https://acme.pagerduty.com/incidents/{incident}",
                "number": number,
                "status": "triggered",
                "incident_key": secrets.token_hex(16),
                "created_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "title": f"Checkout answers slowly ({number})",
                "service": {"id": "PSVCHK1", "type": "service_reference", "summary": "Checkout"},
                "assignees": [{"id": "PADAM01", "type": "user_reference", "summary": "Ada Martin"}],
                "escalation_policy": {"id": "PEPPAY1", "type": "escalation_policy_reference", "summary": "Payments"},
                "teams": [{"id": "PTPAY01", "type": "team_reference", "summary": "Payments"}],
                "priority": None,
                "urgency": "high",
                "conference_bridge": None,
                "resolve_reason": None,
            },
        }
    }
    body = json.dumps(event, separators=(",", ":"))
    return "v1=" + hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest(), body


class SQLite:
    name = "SQLite, synchronous=FULL"

    def __init__(self, folder):
        self.folder = folder
        self.environment = {"DATABASE_URL": f"sqlite:{folder}/bench.sqlite"}

    def bare_loop(self, body, seconds):
        """The same bytes, one commit each: how many a second."""
        path = f"{self.folder}/bare-{secrets.token_hex(4)}.sqlite"
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE inbox (id TEXT PRIMARY KEY, body BLOB NOT NULL)")
        begin, count = time.monotonic(), 0
        while time.monotonic() - begin < seconds:
            connection.execute("INSERT INTO inbox VALUES (?, ?)", (secrets.token_hex(16), body))
            count += 1
        rate = count / (time.monotonic() - begin)
        connection.close()
        return rate

    def close(self):
        pass


class PostgreSQL:
    name = "PostgreSQL"

    def __init__(self, folder):
        self.server = Postgres()
        self.environment = {"DATABASE_URL": self.server.start(), "BOTHOST_KEYS": "k1:" + "q" * 42 + "8="}
        self.server.rows("CREATE TABLE bare (id TEXT PRIMARY KEY, body BYTEA NOT NULL)")

    def bare_loop(self, body, seconds):
        count = int(500 * seconds)
        text = body.replace(b"'", b"''").decode()
        script = "".join(f"INSERT INTO bare VALUES ('{secrets.token_hex(16)}', '{text}');\n" for _ in range(count))
        begin = time.monotonic()
        subprocess.run(
            [f"{self.server.programs}/psql", "-h", self.server.folder, "-U", "bothost", "-q", "postgres"],
            input=script, text=True, check=True, stdout=subprocess.DEVNULL,
        )
        return count / (time.monotonic() - begin)

    def close(self):
        self.server.stop()


def start_host(binary, folder, database, simulators, access, secret):
    return Server(
        "host",
        [binary, "serve"],
        environment={
            "PATH": os.environ["PATH"],
            "PORT": "0",
            "CONSOLE_PORT": "0",
            "PLUGINS_FILE": str(ROOT / "plugins.json"),
            "SLACK_URL": simulators.urls[0],
            "SLACK_BOT_TOKEN": access["bot_tokens"][TEAM],
            "SLACK_SIGNING_SECRET": access["signing_secret"],
            "PAGERDUTY_API_URL": f"{simulators.urls[0]}/pd",
            "PAGERDUTY_API_TOKEN": access["pagerduty"]["account_key"],
            "PAGERDUTY_WEBHOOK_SECRET": secret,
            "LOG_LEVEL": "critical",
            **database.environment,
        },
        cwd=folder,
        addresses=2,
    )


def until_ready(host, patience=30):
    end = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(f"{host.urls[0]}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > end:
                sys.exit(f"the host does not get ready:\n{host.output()}")
            time.sleep(0.1)


def load(host, folder, secret, connections, seconds, distinct):
    requests = Path(folder) / "webhooks.tsv"
    with requests.open("w") as file:
        for number in range(distinct):
            file.write("\t".join(webhook(secret, number)) + "\n")
    threads = min(THREADS, connections)
    run = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s",
         ROOT / "Benchmarks/intake.lua", host.urls[0]],
        env={**os.environ, "REQUESTS": str(requests), "THREADS": str(threads)}, capture_output=True, text=True,
    )
    found = re.search(r"RESULT (\{.*\})", run.stdout)
    if not found:
        sys.exit(f"wrk gave no figures:\n{run.stdout}\n{run.stderr}")
    figures = json.loads(found.group(1))
    if figures["requests"] > distinct * 0.9:
        sys.exit(f"{distinct} different webhooks are not enough for {figures['requests']} requests: say --distinct")
    return figures


def measure(database, options):
    with tempfile.TemporaryDirectory(prefix="bothost-intake-", dir=options.folder) as folder:
        os.chmod(folder, 0o755)
        store = database(folder)
        servers = []
        try:
            secret = secrets.token_hex(16)
            simulators = Server(
                "services",
                [options.binary, "sandbox", "--services-only", "--port", "0", "--host-url", "http://127.0.0.1:9"],
                cwd=ROOT, addresses=1,
            )
            servers.append(simulators)
            host = start_host(options.binary, folder, store, simulators, access_to(simulators), secret)
            servers.append(host)
            until_ready(host)
            # From here on the host can reach nobody.
            servers.remove(simulators)
            simulators.stop()
            rows = []
            body = webhook(secret, 1)[1].encode()
            for connections in options.connections:
                before = store.bare_loop(body, 2)
                figures = load(host, folder, secret, connections, options.seconds, options.distinct)
                bare = (before + store.bare_loop(body, 2)) / 2
                rows.append((connections, figures, bare))
            return store.name, rows, host.memory_mb("VmHWM")
        finally:
            for server in reversed(servers):
                server.stop()
            store.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(RELEASE / "bothost"))
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--distinct", type=int, default=60_000, help="webhooks signed ahead for each round")
    parser.add_argument("--folder", help="where the databases are; the temporary folder otherwise")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    failed = 0
    for database in (SQLite, PostgreSQL):
        if options.only and database.__name__.lower() != options.only:
            continue
        name, rows, memory = measure(database, options)
        print(f"\nDurable intake on {name}, Slack and PagerDuty unreachable, {options.seconds} s each:\n")
        print("| connections | acknowledged a second | bare loop a second | ratio | p50, ms | p99, ms | longest, ms |")
        print("|---|---|---|---|---|---|---|")
        for connections, figures, bare in rows:
            rate = figures["requests"] / figures["seconds"]
            failed += figures["failed"]
            print(
                f"| {connections} | {rate:,.0f} | {bare:,.0f} | {rate / bare:.1f} | {figures['p50_ms']:.1f} | "
                f"{figures['p99_ms']:.1f} | {figures['max_ms']:.0f} |"
            )
        print(f"\npeak memory of the host: {memory:.0f} MB", flush=True)
    if failed:
        sys.exit(f"{failed} requests failed")


if __name__ == "__main__":
    main()
