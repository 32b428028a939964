"""Measures how the host lives through sockets that Slack takes away, in real time over real WebSockets.

Sockets of the host are made to go one after the other: dropped, warned, refreshed, silenced. Meanwhile people leave and
join a channel and type commands. Goal: no event is lost, 99 of 100 sockets are replaced within two seconds, at least one
is there 99.9 % of the time, and Slack is asked for fewer than 40 in any minute.

Each socket that goes costs one question, so that no more than 39 a minute can be replaced below that limit: 500 of them
take a quarter of an hour. `--disconnects 40` shows the same in one.
"""

import argparse
import json
import random
import tempfile
import threading
import time
import urllib.error
import urllib.request

from measure import RELEASE, Server

TEAM, BEN, ADA, RANDOM, GENERAL = "T0ACME001", "U0BEN0001", "U0ADA0001", "C0RANDOM1", "C0GENERAL"
DEEDS = ["drop"] * 29 + ["warning"] * 10 + ["refresh_requested"] * 10 + ["silence"]


class Storm:
    def __init__(self, url, count, per_minute):
        self.url = url
        self.count = count
        self.interval = 60 / per_minute
        self.is_over = threading.Event()
        self.events = {}
        self.commands = []
        self.reconnects = []
        self.looks = self.dark = 0
        self.most_opens = 0
        self.done = 0

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/control/{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def open(self):
        return [s for s in self.call("slack/sockets")["sockets"] if not s["is_silent"] and not s["is_leaving"]]

    def watch(self):
        """Counts the moments in which no socket was there."""
        while not self.is_over.is_set():
            state = self.call("slack/sockets")
            self.looks += 1
            self.dark += not any(not s["is_silent"] for s in state["sockets"])
            self.most_opens = max(self.most_opens, state["opens_in_last_minute"])
            time.sleep(0.02)

    def talk(self):
        """Ben comes and goes, and Ada types."""
        while not self.is_over.is_set():
            for text in ("/leave", None):
                if text:
                    self.call("slack/command", {"team": TEAM, "user": BEN, "channel": RANDOM, "text": text})
                else:
                    self.call("slack/join", {"team": TEAM, "user": BEN, "channel": RANDOM})
                time.sleep(0.2)
            body = {"team": TEAM, "user": ADA, "channel": GENERAL, "text": "/pd help"}
            self.commands.append(self.call("slack/command", body)["outcome"])

    def read(self):
        """What became of each event: the inspector forgets, so it is read all the time."""
        after = 0
        while not self.is_over.is_set():
            for entry in self.call(f"journal?after={after}")["entries"]:
                after = entry["id"]
                if entry["kind"] == "event:member_left_channel":
                    event = json.loads(entry["request"])["event_id"]
                    self.events.setdefault(event, []).append(entry["outcome"])
            time.sleep(0.5)

    def disconnect(self):
        begin = time.monotonic()
        for number in range(self.count):
            due = begin + self.interval * (number + random.uniform(0, 0.3))
            time.sleep(max(0, due - time.monotonic()))
            known = {s["socket"] for s in self.call("slack/sockets")["sockets"]}
            try:
                deed = random.choice(DEEDS)
                victim = random.choice(self.open())["socket"]
                self.call("slack/sockets", {"do": deed, "socket": victim})
            except (IndexError, urllib.error.HTTPError):
                continue
            self.done += 1
            if deed != "silence":
                threading.Thread(target=self.time_next, args=(known, time.monotonic())).start()

    def time_next(self, known, start):
        while time.monotonic() - start < 30:
            if any(s["socket"] not in known for s in self.open()):
                self.reconnects.append(time.monotonic() - start)
                return
            time.sleep(0.02)
        self.reconnects.append(30)

    def run(self):
        while len(self.open()) < 3:
            time.sleep(0.05)
        threads = [threading.Thread(target=work) for work in (self.watch, self.talk, self.read)]
        for thread in threads:
            thread.start()
        self.disconnect()
        # An event that failed is sent again after a minute; what is under way comes to its end.
        time.sleep(75)
        self.is_over.set()
        for thread in threads:
            thread.join()

    def report(self):
        lost = [event for event, outcomes in self.events.items() if "ok" not in outcomes]
        times = sorted(self.reconnects) or [0]
        failed = sum(outcome != "ok" for outcome in self.commands)
        print(f"sockets taken away: {self.done}")
        print(f"events: {len(self.events)}, lost: {len(lost)}")
        print(f"commands: {len(self.commands)}, that Slack gave up on: {failed}")
        p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
        print(f"next socket: p50 {times[len(times) // 2] * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
        print(f"a socket was there {100 * (1 - self.dark / max(1, self.looks)):.3f} % of {self.looks} looks")
        print(f"apps.connections.open in the busiest minute: {self.most_opens}")
        good = not lost and p99 < 2 and self.dark <= self.looks * 0.001 and self.most_opens < 40
        print("goal met" if good else "goal missed")
        return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(RELEASE / "bothost"))
    parser.add_argument("--disconnects", type=int, default=500)
    parser.add_argument("--per-minute", type=float, default=34)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [options.binary, "sandbox", "--socket-mode", "--port", "0"]
        server = Server("sandbox", command, cwd=folder, addresses=1)
        try:
            storm = Storm(server.urls[0], options.disconnects, options.per_minute)
            storm.run()
        finally:
            server.stop()
    raise SystemExit(0 if storm.report() else 1)


if __name__ == "__main__":
    main()
