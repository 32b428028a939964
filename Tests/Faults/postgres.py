"""A private PostgreSQL server on a unix socket, as a user without rights, gone with the run."""

import glob
import os
import shutil
import subprocess
import tempfile


class Postgres:
    def __init__(self):
        self.programs = self._programs()
        # Short, because the path of a socket may have about a hundred bytes only.
        self.folder = tempfile.mkdtemp(prefix="bothost-pg-", dir="/tmp")
        self.as_user = []
        if os.getuid() == 0:
            # PostgreSQL does not run as root.
            self.as_user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            os.chown(self.folder, 65534, 65534)

    @staticmethod
    def _programs():
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if found:
            return found[-1]
        if program := shutil.which("initdb"):
            return os.path.dirname(os.path.realpath(program))
        raise SystemExit("PostgreSQL's initdb is not here: install the package postgresql")

    def _run(self, program, *arguments):
        subprocess.run(
            [*self.as_user, f"{self.programs}/{program}", *arguments],
            check=True, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": self.folder},
        )

    def start(self):
        data = f"{self.folder}/data"
        self._run("initdb", f"--pgdata={data}", "--auth=trust", "--username=bothost", "--encoding=UTF8", "--no-locale")
        with open(f"{data}/postgresql.conf", "a") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\n")
        self._run("pg_ctl", f"--pgdata={data}", f"--log={self.folder}/log", "--silent", "--wait", "start")
        return f"postgres:///postgres?host={self.folder}&user=bothost"

    def rows(self, query):
        said = subprocess.run(
            [f"{self.programs}/psql", "-h", self.folder, "-U", "bothost", "-AtF", "\t", "-c", query, "postgres"],
            check=True, capture_output=True, text=True,
        ).stdout
        return [tuple(line.split("\t")) for line in said.splitlines()]

    def stop(self):
        try:
            self._run("pg_ctl", f"--pgdata={self.folder}/data", "--mode=immediate", "--silent", "stop")
        except subprocess.CalledProcessError:
            pass
        shutil.rmtree(self.folder, ignore_errors=True)
