"""Drives the built applink as a user does: command lines in, output, exit status and store out.

Each test has a home of its own, made for it and gone after it; nothing sleeps, no port is fixed.
The executable is the one that $APPLINK names.
"""

import codecs
import contextlib
import dataclasses
import fcntl
import http.cookiejar
import json
import os
import pathlib
import pty
import re
import select
import signal
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request

TESTS = pathlib.Path(__file__).resolve().parent.parent
KEYS = TESTS / "data" / "keys"
PATIENCE = 60  # seconds until a test gives up; nothing ever waits this long
DAY = 86400

DONE, FAILED, USAGE, REFUSED, LOCKED, UNREACHABLE, DENIED = range(7)
INTERRUPTED = 130


@dataclasses.dataclass
class Outcome:
    """What a process said and how it ended."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self):
        return self.stdout.decode()

    @property
    def err(self):
        return self.stderr.decode()

    @property
    def json(self):
        return json.loads(self.stdout)


class Sandbox:
    """A running `applink sandbox`; its first line of output is its base URL."""

    def __init__(self, process):
        self.process = process
        self.url = process.stdout.readline().decode().rstrip("\n")

    def stop(self, by=signal.SIGTERM):
        """The exit status; asking twice does no harm."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        status = self.process.wait(PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()
        return status

    @property
    def port(self):
        return urllib.parse.urlsplit(self.url).port


class Control:
    """Steers a running sandbox: the url and the token that `sandbox --control FILE` wrote."""

    def __init__(self, file):
        self.access = json.loads(pathlib.Path(file).read_text())

    def __call__(self, method, path="", **document):
        """The answer to a request whose body are the keyword arguments."""
        request = urllib.request.Request(
            self.access["url"] + path, method=method, data=json.dumps(document).encode(),
            headers={"Authorization": "Bearer " + self.access["token"]})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def only(self, *mishaps, **more):
        """These mishaps are on, and no others."""
        self("DELETE", "/mishaps")
        for mishap in mishaps:
            self("POST", "/mishaps", mishap=mishap, **more)


class CommandTest(unittest.TestCase):
    """A test with a home, an empty store and an executable to run."""

    maxDiff = None

    def setUp(self):
        self.binary = pathlib.Path(os.environ["APPLINK"])
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="applink-cli-"))
        self.addCleanup(shutil.rmtree, self.home)
        # Nothing of the session of whoever runs this: no bus, hence no keyring.
        self.environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        for name, value in os.environ.items():
            if name.endswith("SAN_OPTIONS"):
                self.environment[name] = value

    # Running.

    def start(self, *words, env=None, **options):
        """The process, with its input and output as pipes unless `options` say otherwise."""
        pipes = {name: subprocess.PIPE for name in ("stdin", "stdout", "stderr")}
        return subprocess.Popen(
            [self.binary, *map(str, words)],
            env={**self.environment, **(env or {})},
            cwd=self.home,
            start_new_session=True,  # no terminal: nothing can ask
            **{**pipes, **options},
        )

    def run_applink(self, *words, input=b"", env=None, **options):
        with self.start(*words, env=env, **options) as process:
            try:
                stdout, stderr = process.communicate(input, PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                stdout, stderr = process.communicate()
                self.fail(f"applink {words} hangs; it said {stdout!r} {stderr!r}")
        return Outcome(process.returncode, stdout or b"", stderr or b"")

    def applink(self, *words, **options):
        """What must succeed."""
        outcome = self.run_applink(*words, **options)
        self.assertEqual(outcome.status, DONE, outcome)
        return outcome

    def refused(self, status, *words, says="", hint="", **options):
        """What must fail with this status, say this, and give a hint what to do next."""
        outcome = self.run_applink(*words, **options)
        self.assertEqual(outcome.status, status, outcome)
        self.assertRegex(outcome.err, r"(?m)^applink: error: \S")
        self.assertIn(says, outcome.err)
        self.assertRegex(outcome.err, r"(?m)^applink: hint: .*" + (re.escape(hint) or r"\S"))
        return outcome

    @contextlib.contextmanager
    def unchanged_store(self):
        """Nothing that happens within is an event of the store, whose records are as it logged."""
        before = self.applink("store", "info", "--json").json
        yield
        self.assertEqual(self.applink("store", "info", "--json").json, before)
        self.applink("store", "check")

    # A key, a link, a provider.

    def write(self, name, content, mode=0o600):
        path = self.home / name
        path.write_bytes(content)
        path.chmod(mode)
        return path

    def have_key(self, name="hubkey", file="pkcs1.pem"):
        """A key pair of the test data, for making one takes long; its public key as a file."""
        self.applink("key", "import", name, self.write("imported.pem", (KEYS / file).read_bytes()))
        public = self.applink("key", "export", name, "--public-pem").stdout
        return self.write(f"{name}.public.pem", public)

    def have_link(self, url, name="prod", consumer_key="hub", key="hubkey"):
        self.applink("link", "add", name, "--url", url, "--consumer-key", consumer_key, "--key", key)

    def have_sandbox(self, *words, port=0, consumer="hub", public_key=None, env=None):
        public_key = public_key or self.home / "hubkey.public.pem"
        process = self.start("sandbox", "--port", port, "--consumer", f"{consumer}={public_key}", *words, env=env)
        sandbox = Sandbox(process)
        self.addCleanup(sandbox.stop)
        return sandbox

    def have_login(self, *words, user="alice"):
        """A sandbox that approves as `user`, a link to it, and a token."""
        self.have_key()
        sandbox = self.have_sandbox("--approve-as", user, *words)
        self.have_link(sandbox.url)
        self.log_in()
        return sandbox

    def log_in(self, link="prod", *words, env=None):
        page = self.applink("login", link, "--start", *words, env=env).out.strip()
        return self.applink("login", link, "--finish", follow(page), *words, env=env)

    def have_browser(self):
        """A BROWSER that follows the redirects and closes; --approve-as presses Allow."""
        script = self.write("browser", BROWSER_SCRIPT, 0o700)
        return {"BROWSER": str(script)}


class RestartTest(CommandTest):
    """A login at a sandbox that keeps its tokens, and may be started again at another time."""

    def setUp(self):
        super().setUp()
        self.state = ("--state", self.home / "sandbox.state")
        self.sandbox = self.have_login(*self.state)

    def later(self, seconds):
        """The sandbox that many seconds later, and the environment in which applink is as late."""
        self.sandbox.stop()
        env = {"APPLINK_CLOCK_OFFSET": str(seconds)}
        self.sandbox = self.have_sandbox("--approve-as", "alice", *self.state, port=self.sandbox.port, env=env)
        return env


def rows_of(table):
    """(name, {column: cell}) of each row of a table that is written with blanks, heads first."""
    head, *rows = (line.split() for line in table.splitlines() if line.strip())
    for name, *cells in rows:
        yield name, dict(zip(head, cells, strict=True))


BROWSER_SCRIPT = b"""#!/usr/bin/python3
import sys, urllib.request
urllib.request.urlopen(sys.argv[1]).read()
"""


class Page:
    """An HTML page of the sandbox and the cookies it came with: enough of a browser for a form."""

    def __init__(self, url):
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self._read(url)

    def _read(self, request):
        try:
            response = self.opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            self.url = response.geturl()
            self.status = response.status
            self.html = response.read().decode()

    def submit(self, **fields):
        """Sends the page's form: its hidden fields, and these."""
        hidden = {}
        for tag in re.findall(r"<input\b[^>]*>", self.html):
            attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            if attributes.get("type") == "hidden":
                hidden[attributes["name"]] = attributes.get("value", "")
        action = re.search(r'<form\b[^>]*\baction="([^"]*)"', self.html)
        target = urllib.parse.urljoin(self.url, action.group(1)) if action else self.url
        data = urllib.parse.urlencode({**hidden, **fields}).encode()
        self._read(urllib.request.Request(target, data=data))


def follow(page):
    """What the sandbox with --approve-as shows at the end: the verification code."""
    with urllib.request.urlopen(page, timeout=PATIENCE) as response:
        return verification_code(response.read().decode())


def verification_code(html):
    return re.search(r'id="oauth_verifier">([0-9A-Za-z]+)<', html).group(1)


class Terminal:
    """The process in a terminal of its own: what a person would see and type."""

    def __init__(self, test, *words, env=None, columns=80):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.slave_name = os.ttyname(slave)
        self.seen = ""
        # setsid and opening the terminal make it the controlling one, so that /dev/tty is it.
        self.process = subprocess.Popen(
            [sys.executable, "-c", TERMINAL_START, self.slave_name, test.binary, *map(str, words)],
            env={**test.environment, **(env or {})},
            cwd=test.home,
            start_new_session=True,
        )
        self.slave = slave
        test.addCleanup(self.close)

    def read_until(self, text, times=1):
        while self.seen.count(text) < times:
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            if not ready:
                raise AssertionError(f"{text!r} never came; the terminal shows {self.seen!r}")
            self.seen += self.decoder.decode(os.read(self.master, 4096))
        return self.seen

    def type(self, text):
        os.write(self.master, text.encode())

    def echoes(self):
        return bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)

    def wait(self):
        return self.process.wait(PATIENCE)

    def read_rest(self):
        """All that a process that has ended has left on the screen."""
        while select.select([self.master], [], [], 0)[0]:
            self.seen += self.decoder.decode(os.read(self.master, 4096))
        return self.seen

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


TERMINAL_START = """
import os, sys
terminal = os.open(sys.argv[1], os.O_RDWR)
for descriptor in (0, 1, 2):
    os.dup2(terminal, descriptor)
os.execv(sys.argv[2], ["applink", *sys.argv[3:]])
"""


class TapResult(unittest.TestResult):
    """The Test Anything Protocol, which Meson counts test by test."""

    def __init__(self):
        super().__init__()
        self.number = 0

    def _print(self, verdict, test, details=""):
        self.number += 1
        print(f"{verdict} {self.number} - {test.id().removeprefix('__main__.')}")
        for line in details.splitlines():
            print(f"# {line}")
        sys.stdout.flush()

    def addSuccess(self, test):
        self._print("ok", test)

    def addSkip(self, test, reason):
        self._print("ok", test, f"SKIP {reason}")

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._print("not ok", test, self.failures[-1][1])

    def addError(self, test, error):
        super().addError(test, error)
        self._print("not ok", test, self.errors[-1][1])

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self._print("not ok", subtest, (self.failures + self.errors)[-1][1])


def main():
    """Runs the tests of the file, or those that the command line names."""
    names = sys.argv[1:] or None
    loader = unittest.defaultTestLoader
    suite = loader.loadTestsFromNames(names, sys.modules["__main__"]) if names else (
        loader.loadTestsFromModule(sys.modules["__main__"])
    )
    print(f"1..{suite.countTestCases()}" if not names else "TAP version 13")
    result = suite.run(TapResult())
    sys.exit(0 if result.wasSuccessful() else 1)
