"""A home in which the built applink runs, is killed, and is looked at."""

import dataclasses
import fnmatch
import os
import pathlib
import shutil
import subprocess

import harness
from commands import ANY, State
from harness import DONE

# What may lie in a home after a kill. Where a file is replaced, a passing name may stay behind.
KNOWN_FILES = (
    ".config/applink/store.key", ".local/share/applink/store.db",
    ".local/share/applink/store.db-wal", ".local/share/applink/store.db-shm",
    "browser", "*.pem", "life", "passphrase",
    "exported/*.link", "exported/*_key.*", "exported/public.pem", "exported/public.pem.~?~",
    "exported/.applink-??????", "made/*_key.*",
    "backups/store.db", "backups/store.db.~?~", "backups/.applink-??????",
)
PASSING = ".applink-*"
BROWSER = b"""#!/bin/sh
exec curl --silent --show-error --location --output /dev/null "$1"
"""


@dataclasses.dataclass
class Life:
    """How long a command lived that nobody killed."""

    moments: int
    nanoseconds: int


@dataclasses.dataclass
class Observed:
    """What the listings say, and how many events there are."""

    state: State
    pending: int
    events: int

    def is_as(self, expected):
        """Whether all that was acknowledged is there, and nothing else."""
        return (self.pending == len(expected.pending) and self.state.default == expected.default and
                self.state.unlock_methods == expected.unlock_methods and
                all(same(getattr(self.state, part), getattr(expected, part))
                    for part in ("keys", "links", "tokens")))


def is_known(name):
    return any(len(name.parts) == pattern.count("/") + 1 and fnmatch.fnmatchcase(str(name), pattern)
               for pattern in KNOWN_FILES)


def same(found, expected):
    return found.keys() == expected.keys() and all(
        expected[name] in (ANY, value) for name, value in found.items())


class Place:
    def __init__(self, home, elsewhere=None):
        self.home = pathlib.Path(home)
        self.elsewhere = elsewhere
        self.url = None
        self.binary = pathlib.Path(os.environ["APPLINK"])
        self.key_file = self.write("key.pem", (harness.KEYS / "pkcs1.pem").read_bytes(), 0o600)
        self.passphrase = self.write("passphrase", b"correct horse battery staple\n", 0o600)
        self.environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                            "BROWSER": str(self.write("browser", BROWSER, 0o700))}

    def write(self, name, content, mode):
        path = self.home / name
        path.write_bytes(content)
        path.chmod(mode)
        return path

    # Running.

    def _executable(self, words):
        """The one that does the work: what a process has counted is lost where it becomes another."""
        over_http = words[0] == "login" or words[:2] == ("token", "renew")
        return self.binary.with_name("applink-http") if over_http else self.binary

    def start(self, words, env=None):
        return subprocess.Popen([self._executable(words), *map(str, words)], cwd=self.home,
                                env={**self.environment, **(env or {})}, start_new_session=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words, env=None):
        with self.start(words, env) as process:
            try:
                out, err = process.communicate(timeout=harness.PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise AssertionError(f"applink {words} hangs") from None
        return harness.Outcome(process.returncode, out, err)

    def must(self, *words, statuses=(DONE,), env=None):
        outcome = self.run(*words, env=env)
        assert outcome.status in statuses, f"applink {words}: {outcome}"
        return outcome

    def preloaded(self, **variables):
        return {"LD_PRELOAD": os.environ["APPLINK_KILLED_AT"],
                **{name: str(value) for name, value in variables.items()}}

    def measured(self, *words, statuses=(DONE,)):
        """The command, undisturbed, and its life."""
        life = self.home / "life"
        outcome = self.must(*words, statuses=statuses, env=self.preloaded(APPLINK_LIFE=life))
        return outcome, Life(*map(int, life.read_text().split()))

    def follow(self, page):
        return harness.follow(page)

    # Looking.

    def database(self):
        return self.home / ".local/share/applink/store.db"

    def listed(self, *words):
        return self.must(*words, "--json").json

    def observe(self):
        """All that is there, opened, and checked against the log."""
        self.must("store", "check")
        info = self.listed("store", "info")["store"]
        links = self.listed("link", "list")["links"]
        state = State(
            keys={key["name"]: key["sha256"] for key in self.listed("key", "list")["keys"]},
            links={link["name"]: (link["consumer_key"], link["key"], link["realm"]) for link in links},
            default=next((link["name"] for link in links if link["default"]), None),
            unlock_methods=set(info["unlock_methods"]))
        for token in self.listed("token", "list")["tokens"]:
            whose = token["link"], token["user_label"]
            shown = self.listed("token", "show", whose[0], "--user", whose[1], "--reveal-secrets")
            state.tokens[whose] = shown["token"]["token"]
        return Observed(state, info["pending_logins"], info["events"])

    def events(self):
        return self.listed("store", "info")["store"]["events"]

    def sign(self, link):
        self.must("sign", "GET", self.url + "/rest/api/2/myself", "-l", link, "--token", "")

    def check_key(self, name):
        """What is kept as a key signs."""
        file = self.write("signs.pem", self.must("key", "export", name, "--private-pkcs8").stdout, 0o600)
        self.must("sign", "GET", self.url + "/x", "--consumer-key", "hub", "--token", "", "--key-file", file,
                  "--base-url", self.url)

    def check_backup(self, file):
        home = self.emptied("opened")
        (home / ".local/share/applink").mkdir(parents=True, mode=0o700)
        (home / ".config/applink").mkdir(parents=True, mode=0o700)
        shutil.copy(file, home / ".local/share/applink/store.db")
        shutil.copy(self.home / ".config/applink/store.key", home / ".config/applink/store.key")
        self.must("store", "check", env={"HOME": str(home)})
        shutil.rmtree(home)

    def check_files(self):
        for path in self.home.rglob("*"):
            name = path.relative_to(self.home)
            assert path.is_dir() or is_known(name), f"a file that nobody asked for: {name}"

    # Directories for what commands write.

    def emptied(self, name):
        """A directory that is not there."""
        shutil.rmtree(self.home / name, ignore_errors=True)
        return self.home / name

    def files(self, name):
        directory = self.home / name
        found = sorted(directory.iterdir()) if directory.exists() else []
        return [path for path in found if not fnmatch.fnmatchcase(path.name, PASSING)]
