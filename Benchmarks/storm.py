"""Measures a storm: a thousand incidents in ten seconds into one channel, under Slack's limits, in real time.

The whole way: PagerDuty's webhooks, the host, Slack's Web API with its rate limits kept. Goals: all of them seen within 60 s,
those of high urgency within 5 s (99 of 100), in at most 60 posts, no 429; meanwhile another channel of the workspace sees its
own incidents within 5 s.
"""

import argparse
import re
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from delivery import RELEASE, Sandbox, Server

STORM, ASIDE = ("Checkout", "C0INCIDNT"), ("Search", "C0GENERAL")


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("inf")


class Storm:
    def __init__(self, sandbox, incidents, seconds):
        self.sandbox = sandbox
        self.incidents = incidents
        self.seconds = seconds
        self.triggered = {}
        self.start = time.time()

    def trigger(self, name, service, urgency):
        self.triggered[name] = time.time()
        self.sandbox.call(
            "/control/pagerduty/incidents", {"service": service, "title": f"Storm ({name})", "urgency": urgency}
        )

    def blow(self):
        with ThreadPoolExecutor(8) as pool:
            for number in range(self.incidents):
                time.sleep(max(0, self.start + number * self.seconds / self.incidents - time.time()))
                urgency = "high" if number % 5 == 0 else "low"
                pool.submit(self.trigger, f"{number}", STORM[0], urgency)

    def probe(self):
        for number in range(6):
            self.trigger(f"aside{number}", ASIDE[0], "high")
            time.sleep(self.seconds / 5)

    def seen(self, channel):
        """When each incident was seen first: an edit may name it later, so the time is that of the message or of the look."""
        found = {}
        for message in self.sandbox.messages(channel):
            for name in re.findall(r"Storm \((\w+)\)", str(message)):
                found.setdefault(name, float(message["ts"]))
        return found

    def run(self):
        threads = [threading.Thread(target=self.blow), threading.Thread(target=self.probe)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        while time.time() < self.start + 90:
            seen = self.seen(STORM[1]) | self.seen(ASIDE[1])
            if all(name in seen for name in self.triggered):
                break
            time.sleep(0.5)
        return {name: seen.get(name, float("inf")) - at for name, at in self.triggered.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=str(RELEASE / "bothost"))
    parser.add_argument("--incidents", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server("sandbox", [options.binary, "sandbox", "--port", "0"], cwd=folder, addresses=1)
        try:
            sandbox = Sandbox(server.urls[0])
            sandbox.link()
            for service, channel in (STORM, ASIDE):
                sandbox.connect(service, channel)
            time.sleep(5)
            storm = Storm(sandbox, options.incidents, options.seconds)
            delays = storm.run()
            posts = [
                m for m in sandbox.messages(STORM[1])
                if storm.start <= float(m["ts"]) <= storm.start + 60 and "Storm (" in str(m)
            ]
        finally:
            server.stop()
    inside = {n: d for n, d in delays.items() if n.isdigit()}
    high = [d for n, d in inside.items() if int(n) % 5 == 0]
    aside = [d for n, d in delays.items() if not n.isdigit()]
    print(
        f"storm of {options.incidents} incidents in {options.seconds:.0f} s: all seen within {max(inside.values()):.1f} s, "
        f"high urgency p99 {percentile(high, 0.99):.1f} s, {len(posts)} posts; "
        f"another channel p99 {percentile(aside, 0.99):.2f} s"
    )


if __name__ == "__main__":
    main()
