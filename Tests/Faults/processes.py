"""The processes of a run: the simulated services, and hosts that are started again whenever they end."""

import asyncio
import json
import os
import re
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path


class Simulators:
    """`bothost sandbox --services-only`, and what scripts may ask of it."""

    def __init__(self, binary, folder, host_url, options):
        self.arguments = [binary, "sandbox", "--services-only", "--host-url", host_url, "--port", "0", *options]
        self.folder = folder
        self.process = None
        self.port = None

    async def start(self):
        self.process = await asyncio.create_subprocess_exec(
            *self.arguments, cwd=self.folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        line = await asyncio.wait_for(self.process.stdout.readline(), 60)
        found = re.search(rb"http://127\.0\.0\.1:(\d+)", line)
        if not found:
            raise SystemExit(f"the simulators did not start: {line.decode(errors='replace')}")
        self.port = int(found.group(1))
        await self.process.stdout.readline()
        access = await self.get("/control/access")
        self.signing_secret = access["signing_secret"]
        self.bot_tokens = access["bot_tokens"]
        self.account_key = access["pagerduty"]["account_key"]
        self.user_tokens = access["pagerduty"]["user_tokens"]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    async def get(self, path, **headers):
        return await call(self.url + path, headers=headers)

    async def post(self, path, body, **headers):
        return await call(self.url + path, body, headers=headers)

    async def put(self, path, body, **headers):
        return await call(self.url + path, body, method="PUT", headers=headers)

    async def stop(self):
        if self.process and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()


async def call(url, body=None, method=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        url, data, {"Content-Type": "application/json", **(headers or {})}, method=method
    )

    def send():
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
                return json.loads(text) if text else {}
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{url}: {error.code} {error.read(400)!r}") from None

    return await asyncio.to_thread(send)


class Host:
    """A host under a supervisor: `bothost serve`, started again as soon as it ends."""

    def __init__(self, name, binary, folder, environment):
        self.name = name
        self.binary = binary
        self.folder = Path(folder)
        self.environment = environment
        self.process = None
        self.port = None
        self.console = None
        self.kills = 0
        self.starts = 0
        self.own_ends = []
        self.slowest_start = 0.0
        self.most_memory = 0.0
        self.memory = []
        self._killed = False
        self._supervisor = None
        self._stopping = False
        self._listening = asyncio.Event()

    async def start(self):
        self._stopping = False
        self._supervisor = asyncio.create_task(self._supervise())
        await self.listening()

    async def listening(self, patience=60):
        try:
            await asyncio.wait_for(self._listening.wait(), patience)
        except asyncio.TimeoutError:
            raise SystemExit(f"{self.name} does not start; its log:\n{self.log()[-4000:]}") from None

    async def ready(self, patience=30):
        """Waits until it says that it can do all its work."""
        end = time.monotonic() + patience
        while True:
            try:
                return await call(f"http://127.0.0.1:{self.port}/readyz")
            except (RuntimeError, OSError) as error:
                if time.monotonic() > end:
                    raise SystemExit(f"{self.name} does not get ready: {error}") from None
                await asyncio.sleep(0.05)

    @property
    def is_listening(self):
        return self._listening.is_set()

    def log(self):
        return (self.folder / f"{self.name}.log").read_text(errors="replace")

    def kill(self):
        """Ends it at once, as a power cut would end its process."""
        if self.process and self.process.returncode is None and not self._killed:
            self._killed = True
            self.kills += 1
            self._note_memory()
            self.port = None
            self._listening.clear()
            os.kill(self.process.pid, signal.SIGKILL)
            return True
        return False

    async def stop(self):
        """Asks it to stop; how long that took, and its exit status."""
        self._stopping = True
        self._note_memory()
        begin = time.monotonic()
        if self.process and self.process.returncode is None:
            self.process.terminate()
        if self._supervisor:
            await self._supervisor
        return time.monotonic() - begin, self.process.returncode

    async def _supervise(self):
        while not self._stopping:
            self._killed = False
            begin = time.monotonic()
            with open(self.folder / f"{self.name}.log", "ab") as log:
                self.process = await asyncio.create_subprocess_exec(
                    self.binary, "serve", cwd=self.folder, env=self.environment, stdout=asyncio.subprocess.PIPE, stderr=log
                )
                self.starts += 1
                ports = []
                async for line in self.process.stdout:
                    log.write(line)
                    found = re.search(rb"http://127\.0\.0\.1:(\d+)", line)
                    if not found or self._killed:
                        continue
                    ports.append(int(found.group(1)))
                    if len(ports) == 2:
                        self.port, self.console = ports
                        self.slowest_start = max(self.slowest_start, time.monotonic() - begin)
                        self._listening.set()
                status = await self.process.wait()
            self.port = None
            self._listening.clear()
            if not self._killed and not self._stopping:
                self.own_ends.append(status)
                await asyncio.sleep(0.5)
                if len(self.own_ends) > 20:
                    raise SystemExit(f"{self.name} ends again and again; its log:\n{self.log()[-4000:]}")

    def _note_memory(self):
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
            self.most_memory = max(self.most_memory, int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024)
        except (OSError, AttributeError):
            pass

    def sample_memory(self):
        """Writes down how much memory it has now."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
            self.memory.append(int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024)
        except (OSError, AttributeError):
            pass

    def growth(self):
        """How much more memory it had in the last fifth of a run than in the second, in MB."""
        fifth = len(self.memory) // 5
        if fifth == 0:
            return 0.0
        early, late = self.memory[fifth : 2 * fifth], self.memory[-fifth:]
        return sum(late) / len(late) - sum(early) / len(early)
