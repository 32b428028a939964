"""Compares what people see in the simulated Slack with what happened in the simulated PagerDuty."""

import re
from collections import Counter
from dataclasses import dataclass, field

from story import CHANNELS


@dataclass
class Verdict:
    lost: list = field(default_factory=list)
    twice: list = field(default_factory=list)
    wrong: list = field(default_factory=list)

    @property
    def is_good(self):
        return not (self.lost or self.twice or self.wrong)

    def __str__(self):
        return f"{len(self.lost)} lost, {len(self.twice)} shown twice, {len(self.wrong)} out of date"


class Oracle:
    def __init__(self, slack, incidents):
        self.slack = slack
        self.incidents = incidents

    async def look(self):
        """Reads every channel, and says what is missing, doubled or out of date."""
        heads, digests, notes = {}, Counter(), Counter()
        for channel in CHANNELS:
            for message in await self.slack.messages(channel, everybody=True):
                text = message.get("text", "")
                is_reply = message.get("thread_ts") not in (None, message["ts"])
                if is_reply:
                    notes.update(set(re.findall(r"note-\d+-\d+\.", text)))
                    continue
                titles = set(re.findall(r"fault-\d+\.", text))
                if len(titles) == 1 and re.search(r"\*(Triggered|Acknowledged|Resolved)\*", text):
                    heads.setdefault((channel, titles.pop()), []).append(text)
                else:
                    digests.update((channel, title) for title in set(re.findall(r"fault-\d+\.", str(message))))
        verdict = Verdict()
        for incident in self.incidents:
            place = (incident.channel, incident.title)
            shown = heads.get(place, [])
            if not shown and not digests[place]:
                verdict.lost.append(incident.title)
            if len(shown) > 1 or digests[place] > 1:
                verdict.twice.append(incident.title)
            if shown and f"*{incident.status}*" not in shown[-1]:
                verdict.wrong.append(f"{incident.title} is {incident.status}, shown: {shown[-1][:60]}")
            for note in incident.notes:
                if notes[note] == 0:
                    verdict.lost.append(note)
                elif notes[note] > 1:
                    verdict.twice.append(note)
        return verdict
