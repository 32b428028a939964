"""Measures how long after an incident is triggered people see it in Slack.

The whole way: PagerDuty's webhook, the host, Slack's Web API, each simulated service 20 ms slow, the machine at rest.
Goal: half of them within 150 ms, all but one in a hundred within 500 ms.
"""

import argparse
import json
import statistics
import tempfile
import time
import urllib.request

from measure import RELEASE, Server

TEAM, USER = "T0ACME001", "U0ADA0001"
CHANNELS = ["C0GENERAL", "C0INCIDNT", "C0CHECKOT", "C0RANDOM1"]
"""Slack takes about one message a second a channel, so the incidents go to several."""
SERVICES = ["Checkout", "Search", "Auth", "Mobile API"]


class Sandbox:
    def __init__(self, url):
        self.url = url
        access = self.get("/control/access")
        self.token = access["pagerduty"]["user_tokens"]["ada.martin@acme.example"]

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def get(self, path):
        return self.call(path)

    def slack(self, deed, **more):
        return self.call(f"/control/slack/{deed}", {"team": TEAM, "user": USER, **more})

    def messages(self, channel):
        return self.get(f"/control/slack/channels/{channel}/messages?team={TEAM}&user={USER}")["messages"]

    def eventually(self, what, look, patience=20):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if found := look():
                return found
            time.sleep(0.002)
        raise SystemExit(f"{what} never came about")

    def views(self):
        return self.get(f"/control/slack/views?team={TEAM}&user={USER}")["views"]

    def form(self, title):
        return self.eventually(title, lambda: [v for v in self.views() if v["title"]["text"] == title])

    def link(self):
        prompt = "Link PagerDuty account"
        self.slack("command", channel=CHANNELS[0], text="/pd trigger")
        self.eventually(prompt, lambda: prompt in json.dumps(self.messages(CHANNELS[0])))
        self.slack("action", channel=CHANNELS[0], action=prompt)
        self.eventually("the form for the token", lambda: "user API token" in json.dumps(self.views()))
        self.slack("submit", values={"PagerDuty user API token": self.token})
        view = self.form("Trigger an incident")[-1]
        self.slack("close", view_id=view["id"], all=True)

    def connect(self, service, channel):
        self.slack("command", channel=channel, text=f"/pd connect {service}")
        self.eventually("the form", lambda: "Service or team" in json.dumps(self.views()))
        self.slack("submit", values={})
        self.eventually("connection", lambda: f"*{service}* show up" in json.dumps(self.messages(channel)))

    def time_to_see(self, number):
        place = number % len(CHANNELS)
        title = f"Measured {number}"
        start = time.monotonic()
        incident = {"service": SERVICES[place], "title": title, "urgency": "high"}
        self.call("/control/pagerduty/incidents", incident)
        self.eventually(title, lambda: any(f"{title}>" in m.get("text", "") for m in self.messages(CHANNELS[place])))
        return (time.monotonic() - start) * 1_000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=str(RELEASE / "bothost"))
    parser.add_argument("--incidents", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server("sandbox", [options.binary, "sandbox", "--port", "0"], cwd=folder, addresses=1)
        try:
            sandbox = Sandbox(server.urls[0])
            sandbox.link()
            for service, channel in zip(SERVICES, CHANNELS):
                sandbox.connect(service, channel)
            for target in ("slack", "pagerduty"):
                sandbox.call("/control/faults", {"target": target, "kind": "slow", "ms": 20})
            times = []
            for number in range(options.incidents):
                times.append(sandbox.time_to_see(number))
                time.sleep(0.4)
        finally:
            server.stop()
    times.sort()
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    print(f"incident to message, {len(times)} times: p50 {statistics.median(times):.0f} ms, p99 {p99:.0f} ms")


if __name__ == "__main__":
    main()
