"""Measures a signed `/pd help` over loopback: the host against a bare Hummingbird handler.

Both servers run at once and are loaded in turns, so that whatever else the machine does falls on both.
Only ratios inside one run mean anything; nothing here fails because a machine is slow.
"""

import argparse
import hashlib
import hmac
import json
import os
import re
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = ROOT / ".build" / "release"
TEAM, CHANNEL, USER = "T0ACME001", "C0GENERAL", "U0ADA0001"
SIGNED_AHEAD = 20_000
"""How many different requests a round goes through; their timestamps are good for 300 seconds."""


class Server:
    """A process under measurement, which prints its address once it listens."""

    def __init__(self, name, arguments, environment=None, cwd=None, addresses=1):
        self.name = name
        self.log = tempfile.NamedTemporaryFile("w+", prefix=f"bench-{name}-", suffix=".log")
        self.process = subprocess.Popen(
            arguments, stdout=self.log, stderr=subprocess.STDOUT, env=environment, cwd=cwd
        )
        self.urls = self._addresses(addresses)

    def _addresses(self, count, patience=30):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = re.findall(r"http://127\.0\.0\.1:\d+", self.output())
            found = list(dict.fromkeys(found))
            if len(found) >= count:
                return found
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        sys.exit(f"{self.name} did not start:\n{self.output()}")

    def output(self):
        return Path(self.log.name).read_text(errors="replace")

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self, field):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+) kB", status).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def slash_command(signing_secret):
    """A `/pd help` as Slack sends it: timestamp, signature, body."""
    body = urllib.parse.urlencode(
        {
            "token": "gIkuvaNzQIHg97ATvDxqgjtO",
            "team_id": TEAM,
            "team_domain": "acme",
            "channel_id": CHANNEL,
            "channel_name": "general",
            "user_id": USER,
            "user_name": "ada",
            "command": "/pd",
            "text": "help",
            "api_app_id": "A0BOTHOST",
            "is_enterprise_install": "false",
            "response_url": f"https://hooks.slack.com/commands/{TEAM}/{secrets.token_hex(6)}/{secrets.token_hex(12)}",
            "trigger_id": f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}",
        }
    )
    timestamp = str(int(time.time()))
    digest = hmac.new(signing_secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return timestamp, f"v0={digest}", body


def send(url, signed):
    timestamp, signature, body = signed
    request = urllib.request.Request(
        f"{url}/slack/events",
        data=body.encode(),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature,
        },
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, answer.read()


def load(server, url, requests, options):
    before = server.cpu_seconds()
    run = subprocess.run(
        ["wrk", "-t2", f"-c{options.connections}", f"-d{options.seconds}s", "-s", ROOT / "Benchmarks/requests.lua", url],
        env={**os.environ, "REQUESTS": str(requests)},
        capture_output=True,
        text=True,
    )
    found = re.search(r"RESULT (\{.*\})", run.stdout)
    if not found:
        sys.exit(f"wrk gave no figures:\n{run.stdout}\n{run.stderr}")
    figures = json.loads(found.group(1))
    figures["rate"] = figures["requests"] / figures["seconds"]
    figures["cpu_us"] = (server.cpu_seconds() - before) * 1e6 / max(figures["requests"], 1)
    return figures


def access_to(sandbox):
    """The tokens of the simulated workspace and account."""
    with urllib.request.urlopen(f"{sandbox.urls[0]}/control/access", timeout=10) as answer:
        return json.load(answer)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()

    signing_secret = secrets.token_hex(16)
    servers = []
    with tempfile.TemporaryDirectory(prefix="bothost-bench-") as directory:
        try:
            measure(options, Path(directory), signing_secret, servers)
        finally:
            for server in reversed(servers):
                server.stop()


def measure(options, directory, signing_secret, servers):
    def start(*arguments, **keywords):
        servers.append(Server(*arguments, **keywords))
        return servers[-1]

    # A simulated Slack and PagerDuty for the host to find its workspace at; idle while requests are measured.
    sandbox = start("sandbox", [RELEASE / "bothost", "sandbox", "--port", "0", "--data", directory / "sandbox"])
    access = access_to(sandbox)
    host = start(
        "host",
        [RELEASE / "bothost", "serve"],
        environment={
            "PATH": os.environ["PATH"],
            "PORT": "0",
            "CONSOLE_PORT": "0",
            "DATABASE_URL": f"sqlite:{directory}/bench.sqlite",
            "PLUGINS_FILE": str(ROOT / "plugins.json"),
            "SLACK_URL": sandbox.urls[0],
            "SLACK_BOT_TOKEN": access["bot_tokens"][TEAM],
            "SLACK_SIGNING_SECRET": signing_secret,
            "PAGERDUTY_API_URL": f"{sandbox.urls[0]}/pd",
            "PAGERDUTY_API_TOKEN": access["pagerduty"]["account_key"],
            "LOG_LEVEL": "warning",
        },
        cwd=directory,
    )
    idle = host.memory_mb("VmRSS")
    status, answer = send(host.urls[0], slash_command(signing_secret))
    if status != 200 or b'"blocks"' not in answer:
        sys.exit(f"/pd help was not answered: {status} {answer[:400]!r}")
    (directory / "answer.json").write_bytes(answer)
    bare = start("reference", [RELEASE / "BenchReference", directory / "answer.json"])
    assert send(bare.urls[0], slash_command(signing_secret)) == (200, answer)

    requests = directory / "requests.tsv"
    rounds = {host: [], bare: []}
    for number in range(options.rounds + 1):
        requests.write_text("".join("\t".join(slash_command(signing_secret)) + "\n" for _ in range(SIGNED_AHEAD)))
        order = [host, bare] if number % 2 else [bare, host]
        for server in order:
            figures = load(server, server.urls[0], requests, options)
            if number:  # the first round warms up
                rounds[server].append(figures)
        if number:
            h, b = rounds[host][-1], rounds[bare][-1]
            print(
                f"round {number}: host {h['rate']:8,.0f}/s   bare {b['rate']:8,.0f}/s   ratio {h['rate'] / b['rate']:.2f}",
                flush=True,
            )

    report(options, host, bare, rounds, idle, len(answer))
    failed = sum(figures["failed"] for server in rounds for figures in rounds[server])
    if failed:
        sys.exit(f"{failed} requests failed")


def report(options, host, bare, rounds, idle, answer_bytes):
    def median(server, key):
        return statistics.median(figures[key] for figures in rounds[server])

    print(
        f"\nSigned /pd help, answer of {answer_bytes} bytes, {options.connections} connections, "
        f"median of {options.rounds} rounds of {options.seconds} s:\n"
    )
    print("|                   |      host | bare handler | host : bare |")
    print("|---|---|---|---|")
    for label, key, form in [
        ("requests a second", "rate", ",.0f"),
        ("p50, ms", "p50_ms", ".2f"),
        ("p99, ms", "p99_ms", ".2f"),
        ("CPU a request, µs", "cpu_us", ".1f"),
    ]:
        h, b = median(host, key), median(bare, key)
        print(f"| {label:<17} | {h:>9{form}} | {b:>12{form}} | {h / b:>11.2f} |")
    h, b = host.memory_mb("VmHWM"), bare.memory_mb("VmHWM")
    print(f"| peak memory, MB   | {h:>9.1f} | {b:>12.1f} | {h / b:>11.2f} |")
    print(f"\nThe host's memory before the first request: {idle:.1f} MB")


if __name__ == "__main__":
    main()
