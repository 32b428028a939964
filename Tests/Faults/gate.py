"""A gate that HTTP passes through one message at a time, so that somebody can end a process between any two of them."""

import asyncio
from dataclasses import dataclass


class Broken(Exception):
    """The connection ended in the middle of something."""


@dataclass
class Exchange:
    """A request on its way, and its answer as soon as there is one."""

    gate: "Gate"
    path: str
    request: bytes
    body: bytes
    answer: bytes = b""
    status: int = 0
    replica: object = None


class Gate:
    """Listens on a port of this machine and passes requests on, whole.

    `upstream` says where to: an object that has a `port`, or None where nobody listens now. `hook` is awaited at every
    point on the way, as `hook(point, exchange)`; where it returns True the process on one side has just been ended, and
    nothing is passed on any more.
    """

    def __init__(self, upstream, hook):
        self.upstream = upstream
        self.hook = hook
        self.port = None
        self.server = None

    async def open(self, port=0):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=4 << 20)
        self.port = self.server.sockets[0].getsockname()[1]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    async def _serve(self, reader, writer):
        connection = None
        try:
            while True:
                request, head, body = await _message(reader)
                exchange = Exchange(self, head.split(b" ", 2)[1].decode("latin-1"), request, body)
                # PagerDuty and Slack meet another replica each time, a keep-alive connection notwithstanding.
                exchange.replica = self.upstream()
                if exchange.replica is None or exchange.replica.port is None:
                    break
                if connection is None or connection[0] is not exchange.replica or connection[1].at_eof():
                    if connection:
                        connection[2].close()
                    connection = (exchange.replica, *await _connect(exchange.replica.port))
                if not await self._pass(exchange, connection, writer):
                    break
        except (Broken, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            if connection:
                connection[2].close()
            writer.close()

    async def _pass(self, exchange, connection, writer):
        _, upstream_reader, upstream = connection
        if await self.hook("asked", exchange):
            return False
        half = len(exchange.request) // 2
        upstream.write(exchange.request[:half])
        await upstream.drain()
        if await self.hook("half passed on", exchange):
            return False
        upstream.write(exchange.request[half:])
        await upstream.drain()
        if await self.hook("passed on", exchange):
            return False
        exchange.answer, head, _ = await _message(upstream_reader)
        exchange.status = int(head.split(b" ", 2)[1])
        if await self.hook("answered", exchange):
            return False
        writer.write(exchange.answer)
        await writer.drain()
        return not await self.hook("answer passed on", exchange)


async def _connect(port):
    return await asyncio.open_connection("127.0.0.1", port, limit=4 << 20)


async def _message(reader):
    """One HTTP/1.1 message: all its bytes, its first line, its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    fields = {}
    for line in lines[1:]:
        name, _, value = line.partition(b":")
        fields[name.strip().lower()] = value.strip()
    body = b""
    if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
        while True:
            size = await reader.readuntil(b"\r\n")
            chunk = await reader.readexactly(int(size.split(b";")[0], 16) + 2)
            body += size + chunk
            if int(size.split(b";")[0], 16) == 0:
                break
    elif length := int(fields.get(b"content-length", b"0")):
        body = await reader.readexactly(length)
    return head + body, lines[0], body
