#!/usr/bin/env python3
"""Kills hosts while incidents happen, and compares what people see with what happened: nothing lost, nothing twice.

Starts the simulated services and `bothost serve` as processes of their own, with a gate before and behind each host.
Webhooks are sent as PagerDuty sends them: signed, in order for each incident, 5 seconds for the answer, sent again after
a 5xx, a 429, a time-out or a broken connection, dropped after any other answer. Only the pause before the next attempt is
shorter, because PagerDuty does not say how long its own is.

With --kills 0 it is a soak: --deliveries 36000 --rate 10 is an hour at ten a second, after which memory must not have grown.
"""

import argparse
import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from gate import Gate
from killer import Killer
from ledger import Ledger, settled
from oracle import Oracle
from postgres import Postgres
from processes import Host, Simulators
from story import CHANNELS, MAIL, SERVICES, TEAM, Slack, Story

ROOT = Path(__file__).resolve().parents[2]


class Run:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.folder = Path(tempfile.mkdtemp(prefix="bothost-faults-"))
        self.ledger = Ledger()
        self.hosts = []
        self.killer = None
        self.turn = 0
        self.calls = 0
        self.postgres = Postgres() if options.postgres else None
        self.database = self.postgres.start() if self.postgres else f"sqlite:{self.folder}/bothost.sqlite"

    # The gates

    async def at_webhook(self, point, exchange):
        if "/webhooks/" not in exchange.path:
            return False
        self.ledger.note(point, exchange)
        return bool(self.killer and self.killer.hook("webhook", point, exchange.replica))

    async def at_call(self, host, point, exchange):
        kind = exchange.path.partition("?")[0].rpartition("/")[2]
        self.calls += point == "asked" and kind.startswith("chat.")
        return bool(self.killer and self.killer.hook(kind, point, host))

    def next_host(self):
        """A load balancer that knows who listens."""
        for _ in self.hosts:
            self.turn += 1
            host = self.hosts[self.turn % len(self.hosts)]
            if host.is_listening:
                return host
        return None

    async def open(self):
        shutil.copy(ROOT / "plugins.json", self.folder)
        self.front = Gate(self.next_host, self.at_webhook)
        await self.front.open()
        limits = [] if self.options.rate_limits else ["--no-rate-limits"]
        self.simulators = Simulators(
            self.options.binary, self.folder, self.front.url, ["--webhook-pause", str(self.options.pause), *limits]
        )
        await self.simulators.start()
        for number in range(self.options.replicas):
            gate = Gate(lambda: self.simulators, None)
            await gate.open()
            host = Host(f"host-{number + 1}", self.options.binary, self.folder, self.environment(gate))
            gate.hook = lambda point, exchange, host=host: self.at_call(host, point, exchange)
            self.hosts.append(host)
        self.slack = Slack(self.simulators)

    def environment(self, gate):
        keys = {"BOTHOST_KEYS": "k1:" + "q" * 42 + "8="} if self.postgres else {}
        return {
            "PATH": os.environ["PATH"],
            "PORT": "0",
            "CONSOLE_PORT": "0",
            "PUBLIC_URL": self.front.url,
            "DATABASE_URL": self.database,
            "PLUGINS_FILE": f"{self.folder}/plugins.json",
            "SLACK_URL": gate.url,
            "SLACK_BOT_TOKEN": self.simulators.bot_tokens[TEAM],
            "SLACK_SIGNING_SECRET": self.simulators.signing_secret,
            "PAGERDUTY_API_URL": f"{self.simulators.url}/pd",
            "PAGERDUTY_API_TOKEN": self.simulators.account_key,
            "LOG_LEVEL": "info",
            "LOG_FORMAT": "text",
            **keys,
        }

    async def set_up(self):
        for host in self.hosts:
            await host.start()
            await host.ready()
        await self.slack.link(self.simulators.user_tokens[MAIL])
        for place, service in enumerate(SERVICES):
            await self.slack.connect(service, CHANNELS[place % len(CHANNELS)])

    # The run

    async def play(self):
        options = self.options
        story = Story(self.simulators, self.random, options.deliveries, options.each, options.rate, options.at_once)
        oracle = Oracle(self.slack, story.incidents)
        self.killer = Killer(self.hosts, random.Random(options.seed + 1), options.kills)
        reporter = asyncio.create_task(self.report(story))
        killing = asyncio.create_task(self.killer.run(lambda: story.progress))
        await story.play()
        await killing
        self.say("everything has happened, and all kills are done; waiting for calm")
        for host in self.hosts:
            await host.listening()
        verdict = await self.calm(oracle)
        reporter.cancel()
        return story, verdict

    async def calm(self, oracle):
        """Looks until nothing is missing, and once more after a while: a twin may come late."""
        end = time.monotonic() + self.options.patience
        last = ""
        while True:
            verdict = await oracle.look()
            if str(verdict) != last:
                self.say(str(verdict))
                last = str(verdict)
            is_settled = not (verdict.lost or verdict.wrong) if self.options.may_be_twice else verdict.is_good
            if is_settled or time.monotonic() > end:
                break
            await asyncio.sleep(2)
        await asyncio.sleep(self.options.settle)
        return await oracle.look()

    async def report(self, story):
        while True:
            for _ in range(10):
                await asyncio.sleep(1)
                for host in self.hosts:
                    host.sample_memory()
            self.say(
                f"{story.told} of {story.deliveries} told, {len(self.ledger.acknowledged)} acknowledged, "
                f"{self.killer.count} kills, {self.calls} messages to Slack"
            )

    def say(self, words):
        print(f"[{time.monotonic() - self.began:6.1f} s] {words}", flush=True)

    async def run(self):
        self.began = time.monotonic()
        print(f"seed {self.options.seed}, files in {self.folder}", flush=True)
        try:
            await self.open()
            await self.set_up()
            self.say("set up; now things happen")
            story, verdict = await self.play()
            stops = [await host.stop() for host in self.hosts]
        except BaseException:
            for host in self.hosts:
                host._stopping = True
                host.kill()
            raise
        finally:
            await self.simulators.stop()
        return self.judge(story, verdict, stops)

    def judge(self, story, verdict, stops):
        options = self.options
        problems = [f"lost: {item}" for item in verdict.lost]
        if not options.may_be_twice:
            problems += [f"shown twice: {item}" for item in verdict.twice]
        problems += [f"out of date: {item}" for item in verdict.wrong]
        problems += [f"a webhook was refused for good with {status}" for status in self.ledger.refused if status < 500 and status != 429]
        problems += [f"{host.name} ended by itself with {host.own_ends}" for host in self.hosts if host.own_ends]
        problems += [f"a stop took {took:.1f} s and ended with {status}" for took, status in stops if status != 0 or took > 10]
        problems += self.judge_store()
        if not options.kills:
            print(f"memory grew by {max(host.growth() for host in self.hosts):.1f} MB")
            problems += [
                f"{host.name} grew by {host.growth():.1f} MB" for host in self.hosts
                if host.growth() > options.most_growth
            ]
        print(f"\nseed {self.options.seed}: {len(story.incidents)} incidents, {len(self.ledger.attempts)} deliveries in "
              f"{sum(self.ledger.attempts.values())} attempts, {len(self.ledger.acknowledged)} acknowledged; "
              f"{self.killer.count} kills, slowest start {max(host.slowest_start for host in self.hosts):.1f} s, "
              f"most memory {max(host.most_memory for host in self.hosts):.0f} MB")
        for point, count in sorted(self.killer.done.items()):
            print(f"  killed {count:4} × {point}")
        print(f"{verdict} — {time.monotonic() - self.began:.0f} s")
        for problem in problems[:40]:
            print(f"PROBLEM {problem}")
        return not problems

    def judge_store(self):
        """Whatever was acknowledged is in the inbox and was handled; nothing was given up."""
        rows = self.postgres.rows if self.postgres else lambda query: settled(self.folder / "bothost.sqlite", query)
        inbox = dict(rows("SELECT id, state FROM inbox"))
        problems = [
            f"acknowledged, and {inbox.get(event, 'not')} in the inbox: {event}"
            for event in self.ledger.acknowledged if inbox.get(event) != "handled" and event != "?"
        ]
        # A schedule may have begun in the last moment before the stop.
        for state, kind, count in rows(
            "SELECT state, kind, count(*) FROM jobs "
            "WHERE state <> 'completed' AND kind <> 'host.schedule' GROUP BY state, kind"
        ):
            problems.append(f"{count} jobs {kind} are {state}")
        return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / ".build/debug/bothost"))
    parser.add_argument("--deliveries", type=int, default=500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--each", type=int, default=10, help="deliveries about one incident")
    parser.add_argument("--rate", type=float, default=25, help="things that happen, a second")
    parser.add_argument("--at-once", type=int, default=20, help="incidents that go on at the same time")
    parser.add_argument("--pause", type=float, default=0.5, help="seconds before a failed webhook is sent again")
    parser.add_argument("--rate-limits", action="store_true", help="the simulated Slack keeps its rate limits")
    parser.add_argument("--patience", type=float, default=120, help="seconds until all must be seen")
    parser.add_argument("--settle", type=float, default=5, help="seconds after that in which no twin may come")
    parser.add_argument("--postgres", action="store_true", help="on a private PostgreSQL server instead of SQLite")
    parser.add_argument("--replicas", type=int, default=1, help="hosts at once, with --postgres")
    parser.add_argument(
        "--may-be-twice", action="store_true",
        help="only what is lost or out of date is a fault, not what a kill in the middle of a post showed twice",
    )
    parser.add_argument(
        "--most-growth", type=float, default=30, help="MB that a host's memory may grow by, without kills"
    )
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--keep", action="store_true", help="keep logs and database")
    options = parser.parse_args()
    if options.replicas > 1 and not options.postgres:
        parser.error("a SQLite file serves one host: --replicas needs --postgres")
    run = Run(options)
    good = False
    try:
        good = asyncio.run(run.run())
    finally:
        if run.postgres:
            run.postgres.stop()
        if good and not options.keep:
            shutil.rmtree(run.folder, ignore_errors=True)
        else:
            print(f"again with: --seed {options.seed}; logs and database are in {run.folder}", file=sys.stderr)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
