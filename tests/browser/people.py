"""A person at a browser: what `applink login` has them do, on the sandbox's pages."""

import os
import pathlib
import select
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import harness  # noqa: E402  (the command-line tests' own)
from webdriver import ENTER, TAB, Browser, Driver  # noqa: E402

LOG_IN = "Log in"
ALLOW = "Allow The hub to act as you?"
DESCRIPTION = "Copies issues from one project to another"
CONSUMER = ("--consumer-name", "The hub", "--consumer-description", DESCRIPTION)

# What BROWSER is: it hands the URL to whoever reads the pipe.
HAND_OVER = b"""#!/usr/bin/python3
import os, sys
with open(os.environ["PIPE_OF_THE_TEST"], "w") as pipe:
    pipe.write(sys.argv[1] + "\\n")
"""


class BrowserTest(harness.CommandTest):
    """A sandbox, a link to it, and a browser that nobody has used."""

    mishaps = ()  # of the sandbox, as --mishap takes them

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.driver = Driver()
        cls.addClassCleanup(cls.driver.stop)

    def setUp(self):
        super().setUp()
        self.have_key()
        self.sandbox = self.have_sandbox(*CONSUMER, *(f"--mishap={mishap}" for mishap in self.mishaps))
        self.have_link(self.sandbox.url)
        self.browser = Browser(self.driver)
        self.addCleanup(self.browser.close)

    def start_login(self, *words):
        """The process, and the page that it opened."""
        pipe = self.home / "pipe"
        if not pipe.exists():
            os.mkfifo(pipe)
        script = self.write("hand-over", HAND_OVER, 0o700)
        process = self.start("login", "prod", *words,
                             env={"BROWSER": str(script), "PIPE_OF_THE_TEST": str(pipe)})
        self.addCleanup(end, process)
        return process, self.line_from(pipe)

    def line_from(self, pipe):
        descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        try:
            line = b""
            while not line.endswith(b"\n"):
                ready, _, _ = select.select([descriptor], [], [], harness.PATIENCE)
                self.assertTrue(ready, f"no URL came; there was {line!r}")
                line += os.read(descriptor, 4096)
        finally:
            os.close(descriptor)
        return line.decode().rstrip("\n")

    def outcome(self, process):
        stdout, stderr = process.communicate(timeout=harness.PATIENCE)
        return harness.Outcome(process.returncode, stdout, stderr)

    def log_in_by_keyboard(self, page, user="alice"):
        """From the page that applink opened to the question, with nothing but keys."""
        self.browser.open(page)
        self.browser.wait_for_heading(LOG_IN)
        self.browser.type(user + TAB + user + ENTER)
        self.browser.wait_for_heading(ALLOW)


def end(process):
    if process.poll() is None:
        process.kill()
    process.communicate()


def free_port():
    """A port that nobody listens at now: an address of one's own needs its number beforehand."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
