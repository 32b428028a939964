"""What was delivered and acknowledged, and what the host's database says became of it."""

import json
import sqlite3
from collections import Counter


class Ledger:
    """Every webhook that passed the gate, by the id of what it tells."""

    def __init__(self):
        self.attempts = Counter()
        self.acknowledged = set()
        self.refused = Counter()

    def note(self, point, exchange):
        """Called with every webhook at every point of the gate."""
        if point == "asked":
            self.attempts[self._id(exchange)] += 1
        elif point == "answer passed on":
            if 200 <= exchange.status < 300:
                self.acknowledged.add(self._id(exchange))
            else:
                self.refused[exchange.status] += 1

    @staticmethod
    def _id(exchange):
        try:
            return json.loads(exchange.body)["event"]["id"]
        except (ValueError, KeyError, TypeError):
            return "?"


def settled(database, query):
    """Rows of the host's SQLite file, after the host has stopped."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchall()
