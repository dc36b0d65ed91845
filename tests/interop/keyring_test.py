"""The library and the keyring of a desktop: Debian's gnome-keyring on a D-Bus of its own; then each of
the ways in which there is none, or one that does not answer. A call is over in a second; that it is over
at all is what the tests see, and how long it took they look at as little as they can.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import desktop
import harness
from desktop import PATIENCE, UNLOCKED

NEVER = 20  # seconds: far above the limit of one, far below the 25 of libdbus and GLib
CALLS = ("keep a secret", "find a", "forget a")


class Probe:
    """The library in a process, which is asked line by line."""

    def __init__(self, test, environment, *words):
        self.process = subprocess.Popen([os.environ["KEYRING_PROBE"], *words], env=environment, text=True,
                                        bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        test.addCleanup(self.close)
        self.test = test

    def __call__(self, line):
        started = time.monotonic()
        self.process.stdin.write(line + "\n")
        answer = self.process.stdout.readline().rstrip("\n")
        self.test.assertTrue(answer, "the probe is dead")
        self.test.assertLess(time.monotonic() - started, NEVER, answer)
        return answer

    def maps(self):
        return pathlib.Path(f"/proc/{self.process.pid}/maps").read_text()

    def close(self):
        """It ends well, and nothing else was said on the way."""
        _, said = self.process.communicate(timeout=PATIENCE)
        self.test.assertEqual((self.process.returncode, said), (0, ""))


class KeyringTest(desktop.DesktopTest):
    def setUp(self):
        if reason := desktop.can_run():
            self.skipTest(reason)
        self.desktop = self.have_desktop()

    def probe(self, *words, **variables):
        environment = {**self.desktop.environment, **variables}
        for name, value in os.environ.items():
            if name.endswith("SAN_OPTIONS"):
                environment[name] = value
        present = {name: value for name, value in environment.items() if value is not None}
        return Probe(self, present, *words)

    def assert_locked(self, ask, says, calls=CALLS):
        for call in calls:
            with self.subTest(call=call):
                self.assertRegex(ask(call), f"^locked: {says}.*; hint: .")

    def fake(self, **answers):
        service = desktop.FakeService(self.desktop, answers)
        self.addCleanup(service.close)
        return service


class OfGnome(KeyringTest):
    def setUp(self):
        super().setUp()
        self.desktop.start_keyring()

    def test_keep_find_forget(self):
        ask = self.probe()
        self.assertEqual(ask("find a"), "none")
        self.assertEqual(ask("keep a first"), "done")
        self.assertEqual(ask("keep b another"), "done")
        self.assertEqual(ask("find a"), "secret first")
        self.assertEqual(ask("keep a second"), "done")
        self.assertEqual(ask("find a"), "secret second")
        self.assertEqual(ask("find b"), "secret another")
        self.assertEqual(ask("forget a"), "done")
        self.assertEqual(ask("find a"), "none")
        self.assertEqual(ask("forget a"), "done")
        self.assertEqual(ask("find b"), "secret another")

    def test_the_threads_of_glib_take_no_signals(self):
        ask = self.probe()
        ask("keep a secret")
        tasks = pathlib.Path(f"/proc/{ask.process.pid}/task")
        others = [task for task in tasks.iterdir() if task.name != str(ask.process.pid)]
        self.assertTrue(others)
        for task in others:
            blocked = int(re.search(r"SigBlk:\s*([0-9a-f]+)", (task / "status").read_text())[1], 16)
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
                self.assertTrue(blocked >> (number - 1) & 1, number)

    def test_as_other_programs_see_it(self):
        """docs/formats.md section 4: the attributes, and the text."""
        self.probe()("keep 0123456789abcdef c2VjcmV0")
        wanted = {"xdg:schema": "org.applink.Store", "store": "0123456789abcdef"}
        ((item, *content),) = self.desktop.secrets(wanted)
        self.assertEqual(content, [b"c2VjcmV0", "text/plain"])
        self.assertTrue(item.startswith("/org/freedesktop/secrets/collection/login/"), item)
        with self.desktop.connection() as bus:
            label = bus.call(desktop.SECRETS, item, "org.freedesktop.DBus.Properties", "Get", "ss",
                             "org.freedesktop.Secret.Item", "Label")
        self.assertEqual(label, ("a label",))

    def test_a_secret_outlives_the_daemon(self):
        ask = self.probe()
        ask("keep a secret")
        self.desktop.stop_keyring()
        self.assert_locked(ask, "no keyring answers on the session bus")
        self.desktop.start_keyring()
        self.assertEqual(ask("find a"), "secret secret")

    def test_locked(self):
        ask = self.probe()
        ask("keep a secret")
        self.desktop.stop_keyring()
        self.desktop.start_keyring(password=None)
        self.assert_locked(ask, "the keyring is locked", calls=(*CALLS, "find b", "forget b"))
        self.desktop.stop_keyring()
        self.desktop.start_keyring()
        self.assertEqual(ask("find a"), "secret secret")

    def test_emptied(self):
        ask = self.probe()
        ask("keep a secret")
        self.desktop.stop_keyring()
        self.desktop.empty_keyring()
        self.desktop.start_keyring()
        self.assertEqual(ask("find a"), "none")

    def test_no_collection(self):
        """As on a bus where somebody started the daemon and nobody ever logged in."""
        self.desktop.stop_keyring()
        self.desktop.empty_keyring()
        self.desktop.start_keyring(password=None)
        self.assert_locked(self.probe(), "the keyring has no default collection")

    def test_a_daemon_that_hangs(self):
        ask = self.probe()
        ask("keep a secret")
        with desktop.stopped(self.desktop.keyring):
            self.assert_locked(ask, "the keyring did not answer within a second", calls=("find a",))
        self.assertEqual(ask("find a"), "secret secret")

    def test_a_bus_that_hangs(self):
        ask = self.probe()
        ask("keep a secret")
        with desktop.stopped(self.desktop.bus):
            self.assert_locked(ask, "the session bus did not answer within a second", calls=("find a",))

    def test_a_bus_that_is_killed(self):
        ask = self.probe()
        ask("keep a secret")
        self.desktop.stop_keyring()
        self.desktop.stop_bus()
        self.assert_locked(ask, "the session bus does not answer")
        self.desktop.start_bus()
        self.desktop.start_keyring()
        self.assertEqual(ask("find a"), "secret secret")


class Without(KeyringTest):
    def test_nobody_on_the_bus(self):
        self.assert_locked(self.probe(), "no keyring answers on the session bus")

    def test_a_service_that_never_answers(self):
        service = self.fake()
        self.assert_locked(self.probe(), "the keyring did not answer within a second")
        self.assertIn("GetAll", service.calls)

    def test_a_service_that_answers_no_more(self):
        """Wherever it falls silent."""
        for silent in ("OpenSession", "ReadAlias", "CreateItem"):
            with self.subTest(silent=silent):
                answers = {name: answer for name, answer in UNLOCKED.items() if name != silent}
                service = desktop.FakeService(self.desktop, answers)
                self.assert_locked(self.probe(), "the keyring did not answer within a second",
                                   calls=("keep a secret",))
                self.assertIn(silent, service.calls)
                service.close()

    def test_a_collection_that_goes_with_the_session(self):
        self.fake(**{**UNLOCKED, "ReadAlias": desktop.read_alias(default="/c", session="/c")})
        self.assert_locked(self.probe(), "the keyring forgets all when the session ends",
                           calls=("keep a secret",))

    def test_a_window_that_stays(self):
        """libsecret itself would wait for the window as long as it is open."""
        for dismiss in ({}, {"Dismiss": desktop.reply_nothing}):
            with self.subTest(dismiss=dismiss):
                service = desktop.FakeService(self.desktop, {
                    **UNLOCKED, **dismiss, "CreateItem": desktop.prompt_first,
                    "Prompt": desktop.reply_nothing})
                ask = self.probe()
                self.assert_locked(ask, "the keyring did not answer within a second", calls=("keep a secret",))
                self.assertEqual(ask("find a"), "none")
                self.assertIn("Dismiss", service.calls)
                service.close()

    def test_a_user_who_says_no(self):
        self.fake(**UNLOCKED, CreateItem=desktop.prompt_first, Prompt=desktop.completed(dismissed=True))
        self.assert_locked(self.probe(), "the keyring did not keep the secret", calls=("keep a secret",))

    def test_a_service_that_dies_in_the_middle(self):
        self.fake(**UNLOCKED, CreateItem=desktop.die)
        self.assert_locked(self.probe(), "the keyring cannot be asked: ", calls=("keep a secret",))

    def test_a_bus_that_dies_in_the_middle(self):
        """GLib ends a desktop's program by SIGTERM where its bus goes away; this is none."""
        self.fake(**UNLOCKED, CreateItem=lambda *_: self.desktop.bus.kill())
        self.assert_locked(self.probe(), "the (keyring cannot be asked|session bus does not answer): ",
                           calls=("keep a secret", "find a"))

    def test_a_secret_that_is_not_given_away(self):
        self.fake(**{**UNLOCKED, "SearchItems": desktop.one_item, "GetSecrets": desktop.refuse})
        self.assert_locked(self.probe(), "the keyring does not give the secret away", calls=("find a",))

    def test_a_service_that_refuses(self):
        self.fake(**{**UNLOCKED, "SearchItems": desktop.refuse})
        self.assert_locked(self.probe(), "the keyring cannot be asked: ", calls=("find a", "forget a"))

    def test_a_bus_that_takes_connections_and_is_silent(self):
        self.desktop.stop_bus()
        bus = desktop.SilentBus(self.desktop.socket)
        self.addCleanup(bus.close)
        self.assert_locked(self.probe(), "the session bus did not answer within a second", calls=("find a",))

    def test_a_bus_that_is_not_there(self):
        self.desktop.stop_bus()
        self.assert_locked(self.probe(), "the session bus does not answer: .*No such file")
        self.assert_locked(self.probe(DBUS_SESSION_BUS_ADDRESS="rubbish"), "the session bus does not answer")

    def test_no_libsecret(self):
        self.assert_locked(self.probe("libsecret-none.so.0"), "the keyring is asked through libsecret")
        self.assert_locked(self.probe("libz.so.1"), "the keyring is asked through libsecret: libz.so.1 has no")


class NoBus(KeyringTest):
    """Where the environment names no bus, none is started, and nothing is loaded for it."""

    def assert_not_even_tried(self, **variables):
        launcher = self.desktop.home / "dbus-launch"
        launcher.write_text(f"#!/bin/sh\n>'{self.desktop.home}/launched'\n")
        launcher.chmod(0o700)
        path = f"{self.desktop.home}:{os.environ['PATH']}"
        ask = self.probe(PATH=path, DISPLAY=":77", **variables)
        self.assert_locked(ask, "this session has no D-Bus that leads to a keyring")
        self.assertNotIn("libsecret", ask.maps())
        self.assertNotIn("libglib", ask.maps())
        self.assertFalse((self.desktop.home / "launched").exists())

    def test_no_address(self):
        self.assert_not_even_tried(DBUS_SESSION_BUS_ADDRESS=None)
        self.assert_not_even_tried(DBUS_SESSION_BUS_ADDRESS=None, XDG_RUNTIME_DIR=None)
        self.assert_not_even_tried(DBUS_SESSION_BUS_ADDRESS="")
        self.assert_not_even_tried(DBUS_SESSION_BUS_ADDRESS="autolaunch:")
        self.assert_not_even_tried(DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere;autolaunch:scope=user")

    def test_the_bus_of_the_runtime_directory(self):
        self.desktop.start_keyring()
        runtime = pathlib.Path(self.desktop.environment["XDG_RUNTIME_DIR"])
        (runtime / "bus").write_bytes(b"")
        self.assert_not_even_tried(DBUS_SESSION_BUS_ADDRESS=None)
        (runtime / "bus").unlink()
        (runtime / "bus").symlink_to(self.desktop.socket)
        ask = self.probe(DBUS_SESSION_BUS_ADDRESS=None)
        self.assertEqual(ask("keep a secret"), "done")
        self.assertEqual(ask("find a"), "secret secret")
        self.assertIn("libsecret", ask.maps())


if __name__ == "__main__":
    harness.main()
