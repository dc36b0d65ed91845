"""key create: into the store or into files, with progress, interrupted, under a policy without SHA-1."""

import os
import signal
import stat
import subprocess
import unittest

import harness
from harness import DONE, FAILED, INTERRUPTED, USAGE

FOUR_FILES = ["private_key.pem", "private_key.pkcs8", "public_key.pem", "public_key.cer"]
WITHOUT_SHA1 = os.environ.get("APPLINK_WITHOUT_SHA1")


def openssl(*words, input=None):
    return subprocess.run(["openssl", *words], input=input, capture_output=True, check=True).stdout


class IntoFiles(harness.CommandTest):
    def test_the_four_files_and_no_store(self):
        outcome = self.applink("key", "create", "hub", "--out", "keys/hub", "--subject", "Hub", "--days", 30)
        self.assertEqual(outcome.out.splitlines(), [f"keys/hub/{name}" for name in FOUR_FILES])
        self.assertEqual([path.name for path in self.home.iterdir()], ["keys"])
        directory = self.home / "keys/hub"
        public = (directory / "public_key.pem").read_bytes()
        for name in FOUR_FILES[:2]:
            self.assertEqual(openssl("pkey", "-in", directory / name, "-pubout"), public)
            self.assertEqual(stat.S_IMODE((directory / name).stat().st_mode), 0o600)
        certificate = openssl("x509", "-in", directory / "public_key.cer", "-noout", "-subject", "-pubkey")
        self.assertIn(b"CN = Hub", certificate)
        self.assertIn(public, certificate)

    def test_nothing_is_overwritten_and_no_key_made_in_vain(self):
        for name in FOUR_FILES:
            directory = self.home / name
            directory.mkdir()
            (directory / name).write_text("mine")
            outcome = self.refused(FAILED, "key", "create", "hub", "--bits", 4096, "--out", directory,
                                   says=f"{name} exists", hint="another directory")
            self.assertNotIn("made the key", outcome.err)
            self.assertEqual([path.name for path in directory.iterdir()], [name])
            self.assertEqual((directory / name).read_text(), "mine")

    def test_what_cannot_be_made_makes_no_directory(self):
        for words in (["--bits", "1024"], ["--days", "0"], ["--subject", ""]):
            with self.subTest(words=words):
                self.refused(USAGE, "key", "create", "hub", "--out", "keys", *words)
        self.assertEqual(list(self.home.iterdir()), [])


class Progress(harness.CommandTest):
    MOVING = "making a key of 4096 bits: "

    def test_moves_on_a_terminal_and_is_gone_in_the_end(self):
        terminal = harness.Terminal(self, "key", "create", "slow", "--bits", 4096)
        seen = terminal.read_until("--public-pem")
        self.assertEqual(terminal.wait(), DONE)
        line = seen.index(self.MOVING)
        self.assertRegex(seen, self.MOVING + r"\d+ numbers tried, [012] of 2 primes found\x1b\[K")
        self.assertIn("\r\x1b[Kmade the key slow: RSA, 4096 bits", seen[line:])

    def test_a_narrow_terminal_is_not_wrapped(self):
        terminal = harness.Terminal(self, "key", "create", "slow", "--bits", 3072, columns=30)
        seen = terminal.read_until("--public-pem")
        moves = [line.removesuffix("\x1b[K") for line in seen.split("\r") if line.endswith("\x1b[K")]
        self.assertTrue(moves)
        self.assertLess(max(map(len, moves)), 30)

    def test_none_where_it_is_quick_muted_or_no_terminal(self):
        for words in (["--bits", "2048"], ["--bits", "3072", "--quiet"]):
            with self.subTest(words=words):
                terminal = harness.Terminal(self, "key", "create", words[1], *words, "--out", f"keys{words[1]}")
                seen = terminal.read_until("public_key.cer")
                self.assertEqual(terminal.wait(), DONE)
                self.assertNotIn("making a key", seen)
        self.assertNotIn("making", self.applink("key", "create", "piped", "--bits", 3072).err)


class Interrupted(harness.CommandTest):
    def test_ctrl_c_ends_it_at_once_and_nothing_is_kept(self):
        with self.unchanged_store():
            terminal = harness.Terminal(self, "key", "create", "slow", "--bits", 4096)
            terminal.read_until("making a key")
            terminal.type("\x03")
            self.assertEqual(terminal.wait(), INTERRUPTED)
            terminal.read_until("hint: no key was made or kept")

    def test_no_file_stays_behind(self):
        for by, status in ((signal.SIGTERM, INTERRUPTED), (signal.SIGKILL, -signal.SIGKILL)):
            with self.subTest(by=by):
                terminal = harness.Terminal(self, "key", "create", "slow", "--bits", 4096, "--out", "keys")
                terminal.read_until("making a key")
                terminal.process.send_signal(by)
                self.assertEqual(terminal.wait(), status)
                self.assertEqual(list(self.home.iterdir()), [])


@unittest.skipUnless(WITHOUT_SHA1, "a sanitizer must be loaded first")
class WithoutSha1(harness.CommandTest):
    """What this machine's OpenSSL refuses is found by trial, and said before it is a riddle."""

    SAYS = "this machine's OpenSSL policy refuses SHA-1 signatures, which RSA-SHA1 needs: invalid digest"
    HINT = "update-crypto-policies --set DEFAULT:SHA1"

    def setUp(self):
        super().setUp()
        self.policy = {"LD_PRELOAD": WITHOUT_SHA1}

    def test_a_key_is_made_with_a_warning(self):
        for words in ([], ["--out", "keys"]):
            with self.subTest(words=words):
                outcome = self.applink("key", "create", "hub", *words, env=self.policy)
                self.assertIn("made the key hub", outcome.err)
                self.assertIn(f"applink: warning: {self.SAYS}", outcome.err)
                self.assertRegex(outcome.err, f"applink: hint: .*{self.HINT}")
        self.assertNotIn("warning", self.applink("key", "create", "other").err)

    def test_a_login_fails_before_anything_is_sent(self):
        self.have_key()
        log = self.home / "log"
        self.have_link(self.have_sandbox("--log", log).url)
        for words in (["--start"], ["--no-browser"]):
            with self.subTest(words=words), self.unchanged_store():
                self.refused(FAILED, "login", "prod", *words, says=self.SAYS, hint=self.HINT, env=self.policy)
                self.assertEqual(log.read_text(), "")
        self.applink("login", "prod", "--start")
        self.assertIn("request-token", log.read_text())

    def test_a_request_fails_before_anything_is_sent(self):
        log = self.home / "log"
        sandbox = self.have_login("--log", log)
        before = log.read_text()
        words = ("request", "GET", f"{sandbox.url}/rest/api/2/myself")
        self.refused(FAILED, *words, says=self.SAYS, hint=self.HINT, env=self.policy)
        self.assertEqual(log.read_text(), before)
        self.applink(*words)
        self.assertNotEqual(log.read_text(), before)

    def test_a_sandbox_that_could_verify_nothing_does_not_start(self):
        consumer = ("--consumer", f"hub={self.have_key()}")
        control = self.home / "control.json"
        self.refused(FAILED, "sandbox", *consumer, "--control", control, says=self.SAYS, hint=self.HINT, env=self.policy)
        self.assertFalse(control.exists())


if __name__ == "__main__":
    harness.main()
