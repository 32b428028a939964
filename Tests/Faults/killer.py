"""Ends hosts with SIGKILL: at random moments, and at named points between two messages."""

import asyncio
from collections import Counter

# What passes a gate, by its path, and after which of its points a process can be ended. Webhooks end the host they
# are for, calls of Slack's Web API the host that made them.
WEBHOOK_POINTS = ["asked", "half passed on", "passed on", "answered", "answer passed on"]
CALL_POINTS = ["asked", "passed on", "answered", "answer passed on"]
POINTS = (
    [("webhook", point) for point in WEBHOOK_POINTS]
    + [("chat.postMessage", point) for point in CALL_POINTS]
    + [("chat.update", point) for point in CALL_POINTS]
    + [("conversations.history", point) for point in CALL_POINTS]
)
# conversations.history is asked only after another kill, so it rarely comes by while one waits for it.
WEIGHTS = [{"webhook": 4, "chat.postMessage": 6, "chat.update": 2}.get(kind, 1) for kind, _ in POINTS]


class Killer:
    def __init__(self, hosts, random, kills, patience=4.0):
        self.hosts = hosts
        self.random = random
        self.kills = kills
        self.patience = patience
        self.done = Counter()
        self._armed = None
        self._struck = asyncio.Event()

    @property
    def count(self):
        return sum(self.done.values())

    def hook(self, kind, point, host):
        """Called at every point of every gate. True where the host was ended."""
        if self._armed != (kind, point) or host is None or not host.kill():
            return False
        self._armed = None
        self.done[f"{kind}: {point}"] += 1
        self._struck.set()
        return True

    async def run(self, progress):
        """Spreads its kills over a run. `progress` is what part of it is done, from 0 to 1."""
        for number in range(self.kills):
            while progress() < (number + self.random.random()) / (self.kills + 1):
                await asyncio.sleep(0.02)
            await self._kill()

    async def _kill(self):
        if self.random.random() < 0.4:
            await asyncio.sleep(self.random.random() * 0.4)
            return await self._at_random()
        self._struck.clear()
        self._armed = self.random.choices(POINTS, WEIGHTS)[0]
        try:
            await asyncio.wait_for(self._struck.wait(), self.patience)
        except asyncio.TimeoutError:
            self._armed = None
            await self._at_random()

    async def _at_random(self):
        # One that is only just starting counts too: a crash during the recovery from a crash.
        while True:
            host = self.random.choice(self.hosts)
            if host.kill():
                self.done["at random"] += 1
                return
            await asyncio.sleep(0.01)
