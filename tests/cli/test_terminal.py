"""Prompts in a terminal: answers, refusals, Ctrl-C."""

import os
import pathlib
import re
import signal

import harness
from harness import DONE, FAILED, INTERRUPTED, KEYS

CTRL_C = "\x03"
CTRL_D = "\x04"
CTRL_BACKSLASH = "\x1c"


class Prompts(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def prompt(self, *words):
        terminal = harness.Terminal(self, "key", "remove", "hubkey", *words)
        terminal.read_until("[y/N]")
        return terminal

    def test_yes_in_its_forms(self):
        for answer in ("y", "yes", "YES", " Y "):
            terminal = self.prompt()
            terminal.type(answer + "\n")
            self.assertEqual(terminal.wait(), DONE, answer)
            self.have_key()

    def test_everything_else_is_a_no(self):
        for answer in ("\n", "n\n", "yep\n", CTRL_D):
            with self.subTest(answer=answer), self.unchanged_store():
                terminal = self.prompt()
                terminal.type(answer)
                self.assertEqual(terminal.wait(), FAILED)

    def test_ctrl_c_changes_nothing(self):
        with self.unchanged_store():
            terminal = self.prompt()
            terminal.type(CTRL_C)
            self.assertEqual(terminal.wait(), INTERRUPTED)
            self.assertTrue(terminal.echoes())

    def test_the_question_reaches_the_terminal_when_everything_else_is_a_pipe(self):
        with self.unchanged_store():
            terminal = self.prompt("--quiet")
            terminal.process.send_signal(signal.SIGTERM)
            self.assertEqual(terminal.wait(), INTERRUPTED)


class Hints(harness.CommandTest):
    def test_a_hint_is_broken_between_words_and_never_within_a_command(self):
        self.have_key()
        words = ("key", "create", "hubkey")
        command = "applink key remove hubkey"
        for columns, expected in ((200, f"hint: choose another name, or remove that one: {command}\r\n"),
                                  (54, f"hint: choose another name, or remove that\r\n{' ' * 15}one: {command}\r\n"),
                                  (40, f"hint: choose another name, or\r\n{' ' * 15}remove that one:\r\n"
                                       f"{' ' * 15}{command}\r\n"),
                                  (30, f"hint: choose another name, or remove that one: {command}\r\n")):
            with self.subTest(columns=columns):
                terminal = harness.Terminal(self, *words, "--color", "never", columns=columns)
                self.assertIn("applink: " + expected, terminal.read_until(command + "\r\n"))
                self.assertEqual(terminal.wait(), FAILED)
        self.refused(FAILED, *words, hint=f"choose another name, or remove that one: {command}\n")


class PastedKey(harness.CommandTest):
    """A private key pasted into the terminal is not shown there."""

    def paste(self, end):
        terminal = harness.Terminal(self, "key", "import", "k", "-")
        terminal.read_until("to its end")
        while terminal.echoes():  # it is turned off right behind that line
            os.sched_yield()
        terminal.type((KEYS / "pkcs8.pem").read_text())
        terminal.type(end)
        return terminal

    def test_is_taken_and_not_echoed(self):
        terminal = self.paste(CTRL_D)
        shown = terminal.read_until("keeps the key k")
        self.assertEqual(terminal.wait(), DONE)
        self.assertTrue(terminal.echoes())
        body = (KEYS / "pkcs8.pem").read_text().splitlines()[1]
        self.assertNotIn(body, shown)

    def test_whatever_ends_it_puts_the_echo_back(self):
        for end in (CTRL_C, CTRL_BACKSLASH):
            with self.subTest(end=end), self.unchanged_store():
                terminal = self.paste(end)
                self.assertEqual(terminal.wait(), INTERRUPTED)
                self.assertTrue(terminal.echoes())

    def test_ctrl_z_waits_until_the_echo_is_back(self):
        terminal = harness.Terminal(self, "key", "import", "k", "-")
        terminal.read_until("to its end")
        while terminal.echoes():
            os.sched_yield()
        status = pathlib.Path(f"/proc/{terminal.process.pid}/status").read_text()
        blocked = int(re.search(r"SigBlk:\s*([0-9a-f]+)", status).group(1), 16)
        self.assertTrue(blocked & (1 << (signal.SIGTSTP - 1)), status)
        terminal.type((KEYS / "pkcs8.pem").read_text() + CTRL_D)
        self.assertEqual(terminal.wait(), DONE)


class Interrupted(harness.CommandTest):
    def test_ctrl_c_while_the_browser_is_waited_for(self):
        self.have_key()
        sandbox = self.have_sandbox()
        self.have_link(sandbox.url)
        terminal = harness.Terminal(self, "login", "prod", "--no-browser")
        terminal.read_until("oauth_token=")
        terminal.type(CTRL_C)
        self.assertEqual(terminal.wait(), INTERRUPTED)
        self.applink("store", "check")
        self.assertEqual(self.applink("token", "list", "--json").json["tokens"], [])


if __name__ == "__main__":
    harness.main()
