"""What happens in the simulated PagerDuty account, and how the channels in Slack come to follow it."""

import asyncio
import json
import time

TEAM, USER, MAIL = "T0ACME001", "U0ADA0001", "ada.martin@acme.example"
CHANNELS = ["C0GENERAL", "C0INCIDNT", "C0CHECKOT", "C0RANDOM1", "G0SREBOT1"]
SERVICES = ["Checkout", "Payments API", "Search", "Web Frontend", "Mobile API", "Auth", "Inventory", "Pricing",
            "Image CDN", "Notifications"]


class Slack:
    """Ada in the simulated Slack."""

    def __init__(self, simulators):
        self.simulators = simulators

    async def do(self, deed, **more):
        return await self.simulators.post(f"/control/slack/{deed}", {"team": TEAM, "user": USER, **more})

    async def messages(self, channel, everybody=False):
        user = "" if everybody else f"&user={USER}"
        path = f"/control/slack/channels/{channel}/messages?team={TEAM}{user}"
        return (await self.simulators.get(path))["messages"]

    async def views(self):
        return (await self.simulators.get(f"/control/slack/views?team={TEAM}&user={USER}"))["views"]

    async def eventually(self, what, look, patience=30):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if found := await look():
                return found
            await asyncio.sleep(0.05)
        raise SystemExit(f"setting up: {what} never came about")

    async def sees(self, words, channel):
        return words in json.dumps(await self.messages(channel), ensure_ascii=False)

    async def link(self, token):
        """Links Ada's account, as a person does who triggers an incident for the first time."""
        prompt = "Link PagerDuty account"
        await self.do("command", channel=CHANNELS[0], text="/pd trigger")
        await self.eventually(prompt, lambda: self.sees(prompt, CHANNELS[0]))
        await self.do("action", channel=CHANNELS[0], action=prompt)

        async def form(words):
            return [view for view in await self.views() if words in json.dumps(view)]

        await self.eventually("the form for the token", lambda: form("user API token"))
        await self.do("submit", values={"PagerDuty user API token": token})
        view = (await self.eventually("the form to trigger", lambda: form("Trigger an incident")))[-1]
        await self.do("close", view_id=view["id"], all=True)

    async def connect(self, service, channel):
        """`/pd connect` in a channel."""
        async def form():
            return "Service or team" in json.dumps(await self.views())

        await self.do("command", channel=channel, text=f"/pd connect {service}")
        await self.eventually("the form to connect", form)
        await self.do("submit", values={})
        await self.eventually(f"{service} in {channel}", lambda: self.sees(f"*{service}* show up", channel))


class Incident:
    """One incident, and what is to be seen of it."""

    def __init__(self, number, service, channel, steps):
        self.number = number
        self.service = service
        self.channel = channel
        self.steps = steps
        self.id = None
        self.status = "Triggered"
        self.notes = []

    @property
    def title(self):
        return f"fault-{self.number}."


class Story:
    """Incidents that are triggered, commented on, acknowledged and resolved: one delivery for each of these."""

    def __init__(self, simulators, random, deliveries, each, rate, at_once):
        self.simulators = simulators
        self.random = random
        self.rate = rate
        self.at_once = at_once
        self.told = 0
        self.deliveries = deliveries
        self.incidents = []
        people = [mail for mail in simulators.user_tokens if not mail.startswith(("nora", "dan"))]
        self.people = sorted(people)
        left, number = deliveries, 0
        while left > 0:
            steps = min(each, left)
            place = number % len(SERVICES)
            self.incidents.append(Incident(number, SERVICES[place], CHANNELS[place % len(CHANNELS)], steps))
            left -= steps
            number += 1

    @property
    def progress(self):
        return self.told / self.deliveries

    async def play(self):
        self._next = time.monotonic()
        waiting = list(reversed(self.incidents))

        async def actor():
            while waiting:
                await self._live(waiting.pop())

        await asyncio.gather(*(actor() for _ in range(self.at_once)))

    async def _turn(self):
        """Keeps the pace of the whole."""
        now = time.monotonic()
        self._next = max(self._next + 1 / self.rate, now)
        await asyncio.sleep(self._next - now)

    async def _live(self, incident):
        await self._turn()
        made = await self.simulators.post(
            "/control/pagerduty/incidents",
            {"service": incident.service, "title": incident.title, "urgency": self.random.choice(["high", "high", "low"])},
        )
        incident.id = made["id"]
        self.told += 1
        acknowledges = self.random.randrange(1, max(2, incident.steps - 1))
        for step in range(1, incident.steps):
            await self._turn()
            if step == incident.steps - 1 and step > 1 and self.random.random() < 0.8:
                await self._set(incident, "resolved")
            elif step == acknowledges:
                await self._set(incident, "acknowledged")
            else:
                await self._note(incident, f"note-{incident.number}-{step}.")
            self.told += 1

    def _person(self):
        mail = self.random.choice(self.people)
        return {"Authorization": f"Token token={self.simulators.user_tokens[mail]}", "From": mail}

    async def _set(self, incident, status):
        body = {"incident": {"type": "incident_reference", "status": status}}
        await self.simulators.put(f"/pd/incidents/{incident.id}", body, **self._person())
        incident.status = status.capitalize()

    async def _note(self, incident, text):
        await self.simulators.post(f"/pd/incidents/{incident.id}/notes", {"note": {"content": text}}, **self._person())
        incident.notes.append(text)
