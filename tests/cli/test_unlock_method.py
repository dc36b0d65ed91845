"""What unlocks the store: listed, added, changed and removed; the passphrase from wherever it comes."""

import shutil
import sqlite3

import harness
from harness import DONE, FAILED, LOCKED, UNREACHABLE, USAGE

# Of tests/data/store/golden-format-2.db, which costs next to nothing to open.
PASSPHRASE = "correct horse battery staple"
OTHER = "another passphrase"


class UnlockTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.database = self.home / ".local/share/applink/store.db"
        self.key_file = self.home / ".config/applink/store.key"
        self.right = self.write("right", f"{PASSPHRASE}\n".encode())
        self.wrong = self.write("wrong", b"wrong\n")
        self.other = self.write("other", f"{OTHER}\n".encode())

    def have_golden(self, key_file=True):
        """A store with a key file and a passphrase, or with the passphrase alone."""
        golden = harness.TESTS / "data/store"
        for name, path in (("golden-format-2.db", self.database), ("golden-format-2.key", self.key_file)):
            path.parent.mkdir(0o700, parents=True)
            shutil.copy(golden / name, path)
            path.chmod(0o600)
            path.parent.chmod(0o700)
        if not key_file:
            self.applink("store", "unlock-method", "remove", "key-file")
            self.key_file.unlink()

    def methods(self, *words, **options):
        listed = self.applink("store", "unlock-method", "list", "--json", *words, **options)
        return {state["method"]: state for state in listed.json["unlock_methods"]}


class Listed(UnlockTest):
    def test_for_people(self):
        self.have_golden()
        said = self.applink("store", "unlock-method").out.splitlines()
        self.assertEqual([line.split()[0] for line in said], ["METHOD", "key", "passphrase"])
        self.assertIn(str(self.key_file), said[1])
        self.assertIn("if right", said[2])
        self.assertIn("N = 2^10, r = 8, p = 1", said[2])
        info = self.applink("store", "info").out
        self.assertIn("key file, passphrase", info)

    def test_for_programs(self):
        self.have_golden()
        self.assertEqual(self.methods(), {
            "key file": {"method": "key file", "opens_here": True, "obstacle": None,
                         "key_file": str(self.key_file), "scrypt": None},
            "passphrase": {"method": "passphrase", "opens_here": None, "obstacle": None,
                           "key_file": None, "scrypt": {"n": 1024, "r": 8, "p": 1}}})
        self.key_file.unlink()
        by_passphrase = self.methods("--passphrase-file", self.right)
        self.assertTrue(by_passphrase["passphrase"]["opens_here"])
        self.assertFalse(by_passphrase["key file"]["opens_here"])
        self.assertIn("missing", by_passphrase["key file"]["obstacle"])
        info = self.applink("store", "info", "--json", "--passphrase-file", self.right).json["store"]
        self.assertEqual(info["unlock_method"], "passphrase")
        self.assertEqual(info["unlock_methods"], ["key file", "passphrase"])


class Passphrase(UnlockTest):
    """The ways in which a store is given its passphrase."""

    def setUp(self):
        super().setUp()
        self.have_golden(key_file=False)

    def opens(self, *words, **options):
        listed = self.applink("link", "list", "--json", *words, **options)
        self.assertEqual(len(listed.json["links"]), 3)
        self.assertEqual(listed.err, "")

    def test_from_flags(self):
        for name in ("--passphrase", "--store-passphrase"):
            self.opens(f"{name}-file", self.right)
            self.opens(f"{name}-file", "-", input=PASSPHRASE.encode())
            self.opens(f"{name}-command", f"cat '{self.right}'")
            self.opens(f"{name}-fd", "0", input=f"{PASSPHRASE}\n".encode())
        self.opens("--store-passphrase-file=" + str(self.right))

    def test_from_variables(self):
        self.opens(env={"APPLINK_PASSPHRASE_FILE": str(self.right)})
        self.opens(env={"APPLINK_PASSPHRASE_COMMAND": f"cat {self.right}"})
        self.opens("--passphrase-file", self.right, env={"APPLINK_PASSPHRASE_FILE": str(self.wrong)})

    def test_from_the_terminal(self):
        terminal = harness.Terminal(self, "link", "list")
        terminal.read_until("Passphrase of the store:")
        self.assertFalse(terminal.echoes())
        terminal.type(f"{PASSPHRASE}\n")
        seen = terminal.read_until("photos")
        self.assertEqual(terminal.wait(), DONE)
        self.assertNotIn(PASSPHRASE, seen)

    def test_a_wrong_one(self):
        before = self.database.read_bytes()
        for words, env in ((("--passphrase-file", self.wrong), {}),
                           ((), {"APPLINK_PASSPHRASE_FILE": str(self.wrong)})):
            outcome = self.refused(LOCKED, "link", "list", *words, env=env, says="the passphrase does not open the store",
                                   hint="type it again")
            self.assertNotIn("wrong", outcome.err)
        for typed in ("wrong\n", "\n", "\x04"):
            terminal = harness.Terminal(self, "link", "list")
            terminal.read_until("Passphrase of the store:")
            terminal.type(typed)
            terminal.read_until("hint:")
            self.assertEqual(terminal.wait(), LOCKED, typed)
        self.assertEqual(self.database.read_bytes(), before)

    def test_where_nobody_can_be_asked(self):
        for words in ((), ("--no-input",)):
            self.refused(LOCKED, "link", "list", *words, says="the store is locked", hint="--passphrase-file FILE")
        self.refused(LOCKED, "key", "export", "hubkey", "--public-pem", hint="--store-passphrase-file FILE")
        self.assertFalse(self.key_file.exists(), "no key file is made for a store that has one way in")

    def test_two_places_at_once(self):
        self.refused(USAGE, "link", "list", "--passphrase-file", self.right, "--passphrase-fd", "0")
        self.refused(USAGE, "link", "list", "--passphrase-file", self.right, "--store-passphrase-file", self.right)
        self.refused(USAGE, "link", "list", says="from one place", env={
            "APPLINK_PASSPHRASE_FILE": str(self.right), "APPLINK_PASSPHRASE_COMMAND": "cat right"})

    def test_a_file_that_others_can_read(self):
        self.right.chmod(0o640)
        self.refused(FAILED, "link", "list", "--passphrase-file", self.right, hint="chmod")
        self.refused(FAILED, "link", "list", env={"APPLINK_PASSPHRASE_FILE": str(self.right)},
                     says="APPLINK_PASSPHRASE_FILE", hint="chmod")

    def test_a_command_that_fails(self):
        self.refused(FAILED, "link", "list", "--passphrase-command", "false")
        self.refused(FAILED, "link", "list", env={"APPLINK_PASSPHRASE_COMMAND": "false"},
                     says="APPLINK_PASSPHRASE_COMMAND")

    def test_beside_the_passphrase_of_a_key(self):
        sealed = self.home / "sealed.pem"
        self.applink("key", "export", "hubkey", "--encrypted-pkcs8", "--passphrase-file", self.other, "-o", sealed,
                     "--store-passphrase-file", self.right)
        self.applink("key", "import", "again", sealed, "--passphrase-file", self.other,
                     "--store-passphrase-command", f"cat {self.right}")
        self.refused(USAGE, "key", "import", "more", "-", "--store-passphrase-file", "-", says="standard input cannot serve")

    def test_for_commands_that_speak_http(self):
        self.refused(UNREACHABLE, "request", "GET", "/rest/api/2/myself", "-l", "prod", "-u", "bob",
                     "--store-passphrase-file", self.right)
        self.refused(LOCKED, "request", "GET", "/rest/api/2/myself", "-l", "prod", "-u", "bob", "--store-passphrase-file", self.wrong)
        self.refused(USAGE, "sandbox", "--store-passphrase-file", self.right, says="no option")

    def test_help_names_the_short_flags(self):
        said = self.applink("link", "list", "--help").out
        self.assertIn("--passphrase-file FILE", said)
        self.assertNotIn("--store-passphrase", said)
        self.assertIn("--store-passphrase-file FILE", self.applink("key", "import", "--help").out)


class FirstUse(UnlockTest):
    def test_with_a_passphrase_makes_a_store_that_it_unlocks(self):
        outcome = self.applink("store", "info", "--json", env={"APPLINK_PASSPHRASE_FILE": str(self.right)})
        self.assertIn("its passphrase unlocks it", outcome.err)
        self.assertEqual(outcome.json["store"]["unlock_methods"], ["passphrase"])
        self.assertIsNone(outcome.json["store"]["key_file"])
        self.assertFalse(self.key_file.exists())
        self.refused(LOCKED, "store", "info")
        self.assertEqual(self.methods("--passphrase-file", self.right)["passphrase"]["scrypt"],
                         {"n": 2**17, "r": 8, "p": 1})

    def test_is_no_moment_to_change_a_passphrase(self):
        self.refused(FAILED, "store", "unlock-method", "change", "passphrase", says="there is no store")
        self.assertFalse(self.database.exists())


class Changed(UnlockTest):
    def unlock_method(self, *words, **options):
        return self.applink("store", "unlock-method", *words, **options)

    def test_a_passphrase_is_added_and_the_key_file_removed(self):
        self.have_key()
        added = self.unlock_method("add", "passphrase", "--new-passphrase-file", self.right)
        self.assertIn("the passphrase unlocks the store as well", added.err)
        removed = self.unlock_method("remove", "key-file")
        self.assertIn(f"the key file {self.key_file} does not unlock the store any more", removed.err)
        self.assertIn(f"rm {self.key_file}", removed.err)
        self.assertTrue(self.key_file.exists())
        self.refused(LOCKED, "key", "list")
        self.assertIn("hubkey", self.applink("key", "list", "--passphrase-file", self.right).out)
        self.refused(FAILED, "store", "unlock-method", "remove", "passphrase", "--passphrase-file", self.right,
                     says="nothing but the passphrase unlocks", hint="unlock-method add")

    def test_a_passphrase_is_asked_for_twice(self):
        self.have_golden()
        for second, status in ((OTHER, DONE), ("a slip", FAILED)):
            terminal = harness.Terminal(self, "store", "unlock-method", "change", "passphrase")
            terminal.read_until("Passphrase of the store:")
            terminal.type(f"{PASSPHRASE if status == DONE else OTHER}\n")
            terminal.read_until("New passphrase of the store:")
            terminal.type(f"{OTHER}\n")
            terminal.read_until("The same again:")
            terminal.type(f"{second}\n")
            seen = terminal.read_until("changed the passphrase" if status == DONE else "differ")
            self.assertEqual(terminal.wait(), status)
            self.assertNotIn(OTHER, seen)

    def test_a_change_takes_the_old_one_and_raises_its_cost(self):
        self.have_golden()
        change = ("change", "passphrase", "--new-passphrase-file", self.other)
        self.refused(LOCKED, "store", "unlock-method", *change, hint="--passphrase-file")
        self.refused(LOCKED, "store", "unlock-method", *change, "--passphrase-file", self.wrong)
        self.unlock_method(*change, "--passphrase-file", self.right)
        self.assertEqual(self.methods()["passphrase"]["scrypt"], {"n": 2**17, "r": 8, "p": 1})
        self.refused(LOCKED, "link", "list", "--passphrase-file", self.right)
        self.applink("link", "list", "--passphrase-file", self.other)

    def test_a_key_file_is_added_where_there_is_none(self):
        self.have_golden()
        self.refused(FAILED, "store", "unlock-method", "add", "key-file", says="unlocks this store already")
        self.unlock_method("remove", "key-file")
        with_passphrase = ("--passphrase-file", self.right)
        self.refused(FAILED, "store", "unlock-method", "add", "key-file", *with_passphrase, says="is there already",
                     hint="move it away")
        self.key_file.unlink()
        added = self.unlock_method("add", "key-file", *with_passphrase)
        self.assertIn(str(self.key_file), added.err)
        self.assertEqual(self.key_file.stat().st_mode & 0o777, 0o600)
        self.applink("link", "list")

    def test_without_a_keyring_none_is_added(self):
        self.have_golden()
        self.refused(LOCKED, "store", "unlock-method", "add", "keyring", hint="desktop")
        self.refused(FAILED, "store", "unlock-method", "change", "keyring", hint="unlock-method add keyring")
        self.refused(FAILED, "store", "unlock-method", "remove", "keyring", "--yes")

    def test_every_change_is_in_the_store_check(self):
        self.have_golden()
        self.unlock_method("remove", "key-file")
        self.assertIn("as it was written", self.applink("store", "check", "--passphrase-file", self.right).out)

    def test_an_altered_one_is_named_every_time(self):
        self.have_golden()
        with sqlite3.connect(self.database) as database:
            database.execute("UPDATE unlock SET wrapped = x'00' WHERE method = 'passphrase'")
        database.close()
        outcome = self.applink("link", "list")
        self.assertIn('the unlock method "passphrase" is not as it was written', outcome.err)
        self.refused(FAILED, "store", "check")
        self.assertFalse(self.methods()["passphrase"]["opens_here"])
        self.unlock_method("remove", "passphrase")
        self.assertEqual(self.applink("link", "list").err, "")

    def test_what_makes_no_sense(self):
        self.have_golden()
        before = self.database.read_bytes()
        for words, hint in (
            (("ad", "passphrase"), "did you mean add?"),
            (("frobnicate",), "add, change, remove"),
            (("add",), "unlock-method add passphrase"),
            (("add", "key_file"), "did you mean key-file?"),
            (("change", "key-file"), "remove key-file"),
            (("add", "key-file", "--new-passphrase-file", self.other), "add passphrase"),
            (("add", "passphrase", "--json"), "unlock-method --json"),
            (("list", "passphrase"), "unlock-method list"),
            (("add", "passphrase"), "--new-passphrase-file FILE"),
        ):
            with self.subTest(words=words):
                self.refused(USAGE, "store", "unlock-method", *words, hint=hint)
        self.refused(FAILED, "store", "unlock-method", "add", "passphrase", "--new-passphrase-file",
                     self.write("empty", b"\n"))
        self.assertEqual(self.database.read_bytes(), before)


class Migrated(UnlockTest):
    def test_a_store_of_format_1_is_taken_to_the_newest_one(self):
        for name, path in (("golden-v2.db", self.database), ("golden-v2.key", self.key_file)):
            path.parent.mkdir(0o700, parents=True)
            shutil.copy(harness.TESTS / "data/store" / name, path)
            path.chmod(0o600)
            path.parent.chmod(0o700)
        outcome = self.applink("link", "list")
        backup = self.database.with_name("store.db.format-1")
        self.assertIn(f"from format 1 to 2; as it was, it is kept as {backup}", outcome.err)
        self.assertEqual(backup.stat().st_mode & 0o777, 0o600)
        again = self.applink("store", "info", "--json")
        self.assertEqual(again.err, "")
        self.assertEqual(again.json["store"]["format"], 2)


class Isolation(harness.CommandTest):
    def test_no_test_reaches_the_keyring_of_whoever_runs_it(self):
        for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY"):
            self.assertNotIn(name, self.environment)


class StandardInput(UnlockTest):
    def test_serves_one_purpose(self):
        self.have_golden(key_file=False)
        for words, says in (
                (("key", "import", "x", "-", "--store-passphrase-fd", "0"), "cannot serve --store-passphrase-fd and"),
                (("sign", "--batch", "-l", "lab", "--token", "T", "--store-passphrase-fd", "0"), "meant twice")):
            with self.subTest(words=words):
                self.refused(USAGE, *words, input=self.right.read_bytes(), says=says)


class Restored(UnlockTest):
    def setUp(self):
        super().setUp()
        self.have_golden(key_file=False)
        self.backup = self.home / "backup.db"
        self.applink("store", "backup", self.backup, "--passphrase-file", self.right)
        self.there = {"HOME": str(self.home / "another-machine")}
        self.words = ("store", "restore", self.backup)

    def assert_is_there(self):
        self.assertIn("lab", self.applink("link", "list", "--passphrase-file", self.right, env=self.there).out)

    def test_by_the_passphrase(self):
        restored = self.applink(*self.words, "--passphrase-file", self.right, "--json", env=self.there).json["restored"]
        self.assertEqual((restored["unlock_method"], restored["key_file"]), ("passphrase", None))
        self.assert_is_there()

    def test_by_the_passphrase_that_is_typed(self):
        terminal = harness.Terminal(self, *self.words, env=self.there)
        terminal.read_until("assphrase")
        self.assertFalse(terminal.echoes())
        terminal.type(PASSPHRASE + "\n")
        self.assertEqual(terminal.wait(), DONE, terminal.read_rest())
        self.assert_is_there()

    def test_not_without_it(self):
        self.refused(LOCKED, *self.words, "--passphrase-file", self.wrong, env=self.there)
        self.refused(LOCKED, *self.words, env=self.there, hint="--passphrase-file")
        self.assertFalse((self.home / "another-machine/.local/share/applink/store.db").exists())


if __name__ == "__main__":
    harness.main()
