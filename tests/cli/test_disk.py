"""Disks that fail at one call, are full, or may only be read: what is said, and that the store is whole."""

import contextlib
import errno
import os
import shutil
import subprocess
import unittest

import harness
from harness import DONE, FAILED, KEYS, LOCKED

FAILING_CALLS = os.environ.get("APPLINK_FAILING_CALLS")
NOBODY = 65534
URL = "https://jira.example.com/jira"
# Of one call that fails. SQLite tells some from a damaged file no better, opens one that cannot be
# written for reading, and asks for a lock again.
SAID = ("Input/output error", "disk I/O error", "is damaged, or its disk fails", "cannot open the store",
        "cannot lock the store", "is read-only")
LINK_ADD = ("link", "add", "prod", "--url", URL, "--consumer-key", "hub", "--key", "hubkey", "--default")


class DiskTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.data = self.home / ".local/share/applink"
        self.config = self.home / ".config/applink"
        self.key = self.write("key.pem", (KEYS / "pkcs1.pem").read_bytes())

    def events(self):
        return self.applink("store", "info", "--json").json["store"]["events"]

    def is_whole(self):
        self.applink("store", "check")
        self.assertEqual({path.name for path in [*self.data.iterdir(), *self.config.iterdir()]},
                         {"store.db", "store.key"})


@unittest.skipUnless(FAILING_CALLS, "a sanitizer must be loaded first")
class EveryCallFailsOnce(DiskTest):
    def run_with_fault(self, number, words):
        """The outcome, and the name of the call that failed, if the command came so far."""
        failed = self.home / "failed"
        failed.unlink(missing_ok=True)
        outcome = self.run_applink(*words, env={
            "LD_PRELOAD": FAILING_CALLS, "APPLINK_FAILING_PLACE": f"{self.home}/.",
            "APPLINK_FAILING_CALL": str(number), "APPLINK_FAILED_CALL": str(failed)})
        return outcome, failed.read_text() if failed.exists() else None

    def each_fault(self, *words):
        """Runs the command with one fault after the other, until it meets none any more."""
        self.met = {}
        for number in range(1000):
            outcome, call = self.run_with_fault(number, words)
            if call is None:
                self.assertEqual(outcome.status, DONE, outcome)
                return
            refused, all_calls = self.met.get(call, (0, 0))
            self.met[call] = (refused + (outcome.status != DONE), all_calls + 1)
            with self.subTest(words=words[:2], number=number, call=call):
                if outcome.status != DONE:
                    self.assertIn(outcome.status, (FAILED, LOCKED), outcome)
                    self.assertRegex(outcome.err, rf"(?m)^applink: error: .*({'|'.join(SAID)}).*\napplink: hint: \S.*\n\Z")
                yield outcome
        self.fail("there are more and more calls")

    def counted(self, what):
        all_calls = sum(count for _, count in self.met.values())
        refused = sum(count for count, _ in self.met.values())
        print(f"# {what}: {all_calls} faults, {refused} of them an error: " +
              ", ".join(f"{call} {count}" for call, (_, count) in sorted(self.met.items())))
        self.assertGreater(refused, 3)

    def test_the_first_use(self):
        made = 2  # the store, and what unlocks it
        for outcome in self.each_fault("key", "import", "hubkey", self.key):
            left = {path.name for place in (self.data, self.config) if place.exists() for path in place.iterdir()}
            self.assertLessEqual(left, {"store.db", "store.db-wal", "store.db-shm", "store.key"}, "something half-made")
            kept = "keeps the key hubkey" in outcome.err  # a later look at the other keys may have failed
            if kept:
                self.assertEqual(self.events(), made + 1)
            else:
                if (self.data / "store.db").exists():
                    self.assertEqual(self.events(), made)
                # Whatever was left: the next one goes on.
                self.applink("key", "import", "hubkey", self.key)
            self.is_whole()
            for place in (self.home / ".local", self.home / ".config"):
                shutil.rmtree(place, ignore_errors=True)
        self.counted("first use")

    def test_every_change(self):
        self.have_key()
        for words, changes in ((LINK_ADD, 2), (("link", "set", "prod", "--max-time", "9s"), 1),
                               (("link", "remove", "prod", "--yes"), 2)):
            before = self.events()
            shutil.copytree(self.data, self.home / "good")
            for outcome in self.each_fault(*words):
                self.assertEqual(self.events(), before + changes if outcome.status == DONE else before)
                self.is_whole()
                shutil.rmtree(self.data)
                shutil.copytree(self.home / "good", self.data)
            shutil.rmtree(self.home / "good")
            self.assertEqual(self.events(), before + changes)
            self.counted(" ".join(words[:2]))

    def test_reading(self):
        self.have_key()
        for _ in self.each_fault("key", "list"):
            self.is_whole()
        self.counted("key list")


class FullDisk(DiskTest):
    """A file system of a few pages in memory."""

    def setUp(self):
        super().setUp()
        self.data.mkdir(parents=True, mode=0o700)
        words = ["mount", "-t", "tmpfs", "-o", "size=160k,mode=0700", "none", self.data]
        if os.geteuid() != 0 or subprocess.run(words, capture_output=True).returncode != 0:
            self.skipTest("these tests may not mount a file system")
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.data], check=True)

    @contextlib.contextmanager
    def nothing_free(self, but=0):
        filler = self.data / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        if but:
            os.truncate(filler, filler.stat().st_size - but)
        yield
        filler.unlink()

    def test_the_first_use(self):
        with self.nothing_free():
            self.refused(FAILED, "key", "import", "hubkey", self.key, says="No space left on device", hint="make room")
            self.assertEqual([path.name for path in self.data.iterdir()], ["filler"])
        self.have_key()
        self.is_whole()

    def test_every_page_less(self):
        """From nothing to enough: refused with the same words, until it is done."""
        self.have_key()
        done = []
        for free in range(0, 120, 4):
            before = self.events()
            with self.nothing_free(but=free * 1024):
                outcome = self.run_applink(*LINK_ADD)
            done.append(outcome.status == DONE)
            self.is_whole()
            self.assertEqual(self.events(), before + 2 if done[-1] else before)
            if done[-1]:
                self.applink("link", "remove", "prod", "--yes")
                continue
            self.assertEqual(outcome.status, FAILED, outcome)
            self.assertEqual(outcome.err, f"applink: error: there is no space left to write the store {self.data}/store.db\n"
                             "applink: hint: make room on that disk and try again: the store is as it was\n")
        self.assertEqual(done, sorted(done))
        self.assertEqual({True, False}, set(done))


class OnlyRead(DiskTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.user = {}
        if os.geteuid() == 0:
            for path in [self.home, *self.home.rglob("*")]:
                os.chown(path, NOBODY, NOBODY)
            self.user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self.before = (self.data / "store.db").read_bytes()

    @contextlib.contextmanager
    def modes(self, directory=0o700, file=0o600):
        database = self.data / "store.db"
        database.chmod(file)
        self.data.chmod(directory)
        try:
            yield
        finally:
            self.data.chmod(0o700)
            database.chmod(0o600)
        self.assertEqual(database.read_bytes(), self.before)

    def test_what_may_be_read_is_read_and_never_written(self):
        for directory, file in ((0o500, 0o600), (0o500, 0o400), (0o700, 0o400)):
            with self.subTest(directory=oct(directory), file=oct(file)), self.modes(directory, file):
                self.assertIn("hubkey", self.applink("key", "list", **self.user).out)
                self.applink("store", "check", **self.user)
                self.refused(FAILED, *LINK_ADD, **self.user, says=f"the store {self.data}/store.db is read-only",
                             hint="check the permissions of the file and of its directory")

    def test_what_may_not_even_be_read(self):
        for directory, file in ((0o000, 0o600), (0o600, 0o600), (0o700, 0o000)):
            with self.subTest(directory=oct(directory), file=oct(file)), self.modes(directory, file):
                for words in (("key", "list"), LINK_ADD, ("store", "info")):
                    self.refused(LOCKED, *words, **self.user, says=os.strerror(errno.EACCES), hint="permissions")
            self.applink("store", "check", **self.user)

    def test_a_first_use_where_nothing_may_be_made(self):
        shutil.rmtree(self.data)
        (self.home / ".local/share").chmod(0o500)
        self.refused(FAILED, "key", "list", **self.user, says=os.strerror(errno.EACCES), hint="check who may read and write it")
        self.assertEqual(list((self.home / ".local/share").iterdir()), [])


if __name__ == "__main__":
    harness.main()
