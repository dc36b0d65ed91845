"""A store that the keyring of a desktop unlocks, from the session of its user and from elsewhere."""

import base64
import json
import os
import re
import unittest

import desktop
import harness
from desktop import UNLOCKED
from harness import DONE, FAILED, LOCKED

FREED_MEMORY = os.environ.get("APPLINK_FREED_MEMORY")
NO_BUS = {"DBUS_SESSION_BUS_ADDRESS": ""}


class KeyringTest(desktop.DesktopTest, harness.CommandTest):
    """applink's own files are in `home`, and those of the session elsewhere."""

    def setUp(self):
        super().setUp()
        if reason := desktop.can_run():
            self.skipTest(reason)
        self.desktop = self.have_desktop()
        address = self.desktop.environment["DBUS_SESSION_BUS_ADDRESS"]
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self.database = self.home / ".local/share/applink/store.db"
        self.key_file = self.home / ".config/applink/store.key"

    def restart_keyring(self, **how):
        self.desktop.stop_keyring()
        self.desktop.start_keyring(**how)

    def unlock_method(self, **options):
        return self.applink("store", "info", "--json", **options).json["store"]["unlock_method"]

    def secrets_in_the_keyring(self):
        return self.desktop.secrets({"xdg:schema": "org.applink.Store"})


class FirstUse(KeyringTest):
    def test_on_a_desktop(self):
        self.desktop.start_keyring()
        first = self.applink("store", "info", "--json")
        self.assertEqual(first.json["store"]["unlock_method"], "keyring")
        self.assertIn(f"made a new store {self.database}; the keyring of this desktop unlocks it", first.err)
        self.assertIn("applink store unlock-method add passphrase", first.err)
        self.assertFalse(self.key_file.exists())
        self.have_key()
        again = self.applink("key", "list")
        self.assertEqual(again.err, "")
        self.assertIn("hubkey", again.out)
        self.assertEqual(len(self.secrets_in_the_keyring()), 1)

    def assert_key_file(self, **options):
        outcome = self.applink("store", "info", "--json", **options)
        self.assertEqual(outcome.json["store"]["unlock_method"], "key file")
        self.assertIn(str(self.key_file), outcome.err)
        self.assertTrue(self.key_file.exists())

    def test_where_nobody_is_on_the_bus(self):
        self.assert_key_file()

    def test_without_a_bus(self):
        self.assert_key_file(env=NO_BUS)

    def test_where_the_bus_is_silent(self):
        """That this ends at all is what is asked; a second is the library's own limit."""
        self.desktop.stop_bus()
        bus = desktop.SilentBus(self.desktop.socket)
        self.addCleanup(bus.close)
        self.assert_key_file()

    def test_where_the_keyring_is_silent(self):
        service = desktop.FakeService(self.desktop, {})
        self.addCleanup(service.close)
        self.assert_key_file()

    def test_where_the_keyring_waits_for_its_user(self):
        service = desktop.FakeService(self.desktop, {
            **UNLOCKED, "CreateItem": desktop.prompt_first, "Prompt": desktop.reply_nothing})
        self.addCleanup(service.close)
        self.assert_key_file()

    def test_where_the_keyring_is_locked(self):
        self.desktop.start_keyring()
        self.restart_keyring(password=None)
        self.assert_key_file()
        self.assertEqual(self.secrets_in_the_keyring(), [])

    def test_a_key_file_that_is_there_comes_before_the_keyring(self):
        """A process was killed between its key file and its database."""
        self.assert_key_file(env=NO_BUS)
        for path in self.database.parent.iterdir():
            path.unlink()
        self.desktop.start_keyring()
        self.assertEqual(self.unlock_method(), "key file")
        self.assertEqual(self.secrets_in_the_keyring(), [])

    def test_by_several_at_once(self):
        """One store comes of it, and one secret."""
        self.desktop.start_keyring()
        processes = [self.start("store", "info", "--json") for _ in range(3)]
        answers = [process.communicate(timeout=harness.PATIENCE) for process in processes]
        self.assertEqual([process.returncode for process in processes], [DONE] * 3, answers)
        methods = {json.loads(out)["store"]["unlock_method"] for out, _ in answers}
        self.assertEqual(methods, {"keyring"})
        self.assertEqual(sum(b"made a new store" in err for _, err in answers), 1)
        self.assertEqual(len(self.secrets_in_the_keyring()), 1)


class LaterUse(KeyringTest):
    def setUp(self):
        super().setUp()
        self.desktop.start_keyring()
        self.have_key()

    def assert_locked(self, says, hint, **options):
        """No second store, and no key file beside this one."""
        before = self.database.read_bytes()
        self.refused(LOCKED, "key", "list", says=says, hint=hint, **options)
        self.assertEqual(self.database.read_bytes(), before)
        self.assertFalse(self.key_file.exists())

    def test_in_the_next_session(self):
        self.restart_keyring()
        self.assertIn("hubkey", self.applink("key", "list").out)

    def test_without_a_bus(self):
        """From cron, or through ssh."""
        self.assert_locked("the keyring that unlocks the store: this session has no D-Bus",
                           "applink store unlock-method add key-file", env=NO_BUS)

    def test_locked(self):
        self.restart_keyring(password=None)
        self.assert_locked("the keyring is locked", "unlock it")

    def test_emptied(self):
        self.desktop.stop_keyring()
        self.desktop.empty_keyring()
        self.desktop.start_keyring()
        self.assert_locked("the keyring no longer has the key of the store", "backup")

    def test_with_a_keyring_that_is_silent(self):
        with desktop.stopped(self.desktop.keyring):
            self.assert_locked("the keyring did not answer within a second", "see whether")

    @unittest.skipUnless(FREED_MEMORY, "a sanitizer must be loaded first")
    def test_leaves_the_key_in_no_memory_that_is_freed(self):
        ((_, text, _),) = self.secrets_in_the_keyring()
        # A key's name is no secret: found again, it shows that the search finds.
        name = "a-key-whose-name-is-no-secret"
        self.applink("key", "import", name, self.home / "imported.pem")
        pieces = [name.encode(), text[4:40], base64.b64decode(text)[2:30]]
        watched = self.write("watched", b"\n".join(piece.hex().encode() for piece in pieces))
        found = self.home / "found"
        self.applink("key", "export", name, "--public-pem", env={
            "LD_PRELOAD": FREED_MEMORY, "APPLINK_WATCHED_SECRETS": str(watched),
            "APPLINK_FOUND_SECRETS": str(found)})
        self.assertEqual(set(found.read_text().split()), {"0"})

    def test_with_the_key_of_another_store(self):
        """A database that was taken from elsewhere has its secret elsewhere."""
        self.desktop.remove()
        self.desktop = self.have_desktop()
        self.desktop.start_keyring()
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.desktop.environment["DBUS_SESSION_BUS_ADDRESS"]
        self.assert_locked("the keyring no longer has the key of the store", "backup")


class SecondWay(KeyringTest):
    """A store that has the keyring and something else."""

    def setUp(self):
        super().setUp()
        self.desktop.start_keyring()
        self.have_key()

    def change(self, *words, **options):
        return self.applink("store", "unlock-method", *words, **options)

    def methods(self):
        listed = self.applink("store", "unlock-method", "--json").json["unlock_methods"]
        return {method["method"]: method for method in listed}

    def test_a_key_file_for_where_there_is_no_desktop(self):
        self.change("add", "key-file")
        self.assertIn("hubkey", self.applink("key", "list", env=NO_BUS).out)
        self.desktop.stop_keyring()
        self.desktop.empty_keyring()
        self.desktop.start_keyring()
        self.assertIn("hubkey", self.applink("key", "list").out)
        self.assertIn("no longer has the key", self.methods()["keyring"]["obstacle"])

    def test_a_passphrase(self):
        passphrase = self.write("passphrase", b"correct horse battery staple")
        self.change("add", "passphrase", "--new-passphrase-file", passphrase)
        self.assertEqual(self.applink("key", "list").err, "", "the keyring opens, and nobody is asked")
        listed = self.applink("key", "list", "--passphrase-file", passphrase, env=NO_BUS)
        self.assertIn("hubkey", listed.out)
        self.refused(LOCKED, "key", "list", env=NO_BUS, says="this session has no D-Bus")

    def test_what_the_list_says_of_the_keyring(self):
        self.assertTrue(self.methods()["keyring"]["opens_here"])
        self.change("add", "key-file")
        self.restart_keyring(password=None)
        keyring = self.methods()["keyring"]
        self.assertFalse(keyring["opens_here"])
        self.assertIn("the keyring is locked", keyring["obstacle"])

    def test_the_keyring_is_removed(self):
        self.change("add", "key-file")
        self.change("remove", "keyring", "--yes")
        self.assertEqual(self.secrets_in_the_keyring(), [])
        self.assertEqual(self.unlock_method(), "key file")
        self.refused(FAILED, "store", "unlock-method", "remove", "key-file")

    def test_a_keyring_that_is_silent_is_removed(self):
        self.change("add", "key-file")
        with desktop.stopped(self.desktop.keyring):
            said = self.change("remove", "keyring", "--yes").err
        self.assertIn("the keyring does not answer", said)
        self.assertEqual(set(self.methods()), {"key file"})

    def test_the_keyring_gets_another_key(self):
        before = self.secrets_in_the_keyring()
        self.change("change", "keyring")
        self.assertIn("hubkey", self.applink("key", "list").out)
        after = self.secrets_in_the_keyring()
        self.assertEqual(len(after), 1)
        self.assertNotEqual(after[0][1], before[0][1])

    def test_the_keyring_is_the_second_way(self):
        self.environment["APPLINK_STORE"] = str(self.home / "other.db")
        self.assertEqual(self.unlock_method(env=NO_BUS), "key file")
        self.restart_keyring(password=None)
        self.refused(LOCKED, "store", "unlock-method", "add", "keyring", says="the keyring is locked")
        self.restart_keyring()
        self.change("add", "keyring")
        (key_file,) = self.key_file.parent.glob("*.key")
        key_file.unlink()
        self.assertEqual(self.unlock_method(), "keyring")


class Loading(KeyringTest):
    """The libraries behind the keyring are loaded where it is asked, and nowhere else."""

    def libraries(self, *words, env=None):
        """What the dynamic linker loaded, as it says itself."""
        log = self.home / "linked"
        outcome = self.run_applink(*words, env={**(env or {}), "LD_DEBUG": "files",
                                                "LD_DEBUG_OUTPUT": str(log)})
        self.assertEqual(outcome.status, DONE, outcome)
        loaded = set()
        for file in self.home.glob("linked.*"):
            loaded |= set(re.findall(r"calling init: \S*/(lib[a-z]+)", file.read_text()))
            file.unlink()
        self.assertIn("libcrypto", loaded)
        return loaded & {"libsecret", "libglib", "libgio", "libgobject", "libgcrypt"}

    def test_a_store_on_the_keyring(self):
        self.desktop.start_keyring()
        self.assertIn("libsecret", self.libraries("key", "list"), "the store is being made")
        self.assertIn("libsecret", self.libraries("key", "list"))
        self.assertEqual(self.libraries("--version"), set())
        self.assertEqual(self.libraries("key", "create", "--help"), set())

    def test_a_store_with_a_key_file(self):
        self.assertEqual(self.libraries("key", "list", env=NO_BUS), set(), "the store is being made")
        self.desktop.start_keyring()
        self.assertEqual(self.libraries("key", "list"), set())

    def test_no_store(self):
        self.desktop.start_keyring()
        key = self.write("key.pem", (harness.KEYS / "pkcs1.pem").read_bytes())
        words = ("sign", "GET", "https://jira.example.com/", "--consumer-key", "hub", "--key-file", key)
        self.assertEqual(self.libraries(*words), set())


if __name__ == "__main__":
    harness.main()
