"""The store: where it is, whether it is whole, and what happens when it cannot be used."""

import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import unittest

import harness
from harness import DONE, FAILED, LOCKED, USAGE


class StoreTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.database = self.home / ".local/share/applink/store.db"
        self.key_file = self.home / ".config/applink/store.key"


class FirstUse(StoreTest):
    def test_has_no_place_without_a_home(self):
        for home in ("", "relative"):
            with self.subTest(home=home):
                self.refused(LOCKED, "link", "list", env={"HOME": home}, says="HOME is no absolute path",
                             hint="set HOME, or XDG_DATA_HOME")

    def test_makes_a_store_and_says_so_once(self):
        outcome = self.applink("store", "info", "--json")
        self.assertIn("store.key", outcome.err)
        self.assertEqual(self.applink("store", "info").err, "")
        info = outcome.json["store"]
        self.assertEqual(info["database"], str(self.database))
        self.assertEqual(info["key_file"], str(self.key_file))
        self.assertEqual(info["unlock_method"], "key file")
        self.assertEqual((info["keys"], info["links"], info["tokens"]), (0, 0, 0))

    def test_nobody_else_can_read_it(self):
        self.have_key()
        files = [self.key_file, *self.database.parent.iterdir()]
        for path in [*files, self.key_file.parent, self.database.parent]:
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)

    def test_its_bytes_hold_nothing_in_the_clear(self):
        self.have_key()
        self.have_link("https://jira.example.com/jira", consumer_key="conspicuous")
        private = self.applink("key", "export", "hubkey", "--private-pkcs8").out.splitlines()[1]
        for path in self.database.parent.iterdir():
            content = path.read_bytes()
            self.assertNotIn(b"conspicuous", content)
            self.assertNotIn(private.encode(), content)

    def test_counts_what_it_holds(self):
        self.have_key()
        self.have_link("https://jira.example.com/jira")
        info = self.applink("store", "info", "--json").json["store"]
        self.assertEqual((info["keys"], info["links"], info["tokens"]), (1, 1, 0))
        self.assertIn("key file", self.applink("store", "info").out)


class Check(StoreTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def test_a_whole_store(self):
        self.assertIn("as it was written", self.applink("store", "check").out)

    def test_says_what_is_wrong_and_what_to_do(self):
        with sqlite3.connect(self.database) as database:
            database.execute("UPDATE record SET sealed = CAST(sealed || x'00' AS BLOB)")
            database.execute("DELETE FROM event WHERE number = 2")
        database.close()
        outcome = self.refused(FAILED, "store", "check", says="not as it was written in 2 places",
                               hint=f"nothing that is named here is used; to put back a backup, move {self.database} "
                                    "away, then run: applink store restore FILE")
        self.assertEqual(outcome.out, 'event 2 was taken out of the log\nthe key "hubkey" is not as it was written\n')
        self.refused(FAILED, "key", "show", "hubkey", says='the key "hubkey" is not as it was written',
                     hint="the store was changed by something else than applink, or its disk fails")

    def test_what_can_be_made_anew_is_good_again(self):
        self.have_link("https://jira.example.com/jira")
        self.applink("link", "set", "prod", "--default")
        with sqlite3.connect(self.database) as database:
            database.execute("UPDATE record SET sealed = CAST(sealed || x'00' AS BLOB) WHERE kind = 'setting'")
        database.close()
        outcome = self.refused(FAILED, "store", "check", says="in 1 place\n")
        self.assertEqual(outcome.out, 'the setting "default link" is not as it was written\n')
        self.applink("link", "set", "prod", "--default")
        self.applink("store", "check")

    def test_a_store_that_somebody_changed(self):
        with sqlite3.connect(self.database) as database:
            tables = [name for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%record%'")]
            self.assertTrue(tables)
            for table in tables:
                database.execute(f"DELETE FROM {table}")
        database.close()
        outcome = self.run_applink("store", "check")
        self.assertEqual(outcome.status, FAILED, outcome)
        self.assertRegex(outcome.err, r"(?m)^applink: error: \S")


class Unusable(StoreTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def test_a_copied_database_alone_opens_nothing(self):
        self.key_file.unlink()
        before = self.database.read_bytes()
        self.refused(LOCKED, "key", "list", says="key")
        self.assertFalse(self.key_file.exists(), "no second key file")
        self.assertEqual(self.database.read_bytes(), before)

    def test_a_store_that_was_moved_names_its_old_key_file(self):
        elsewhere = self.home / "elsewhere.db"
        env = {"APPLINK_STORE": str(elsewhere)}
        shutil.copy(self.database, elsewhere)
        (self.key_file.parent / "damaged.key").write_bytes(b"nothing")
        outcome = self.refused(LOCKED, "key", "list", env=env, hint=f"cp {self.key_file} ")
        copy = outcome.err.rsplit("cp ", 1)[1].split()
        shutil.copy(*copy)
        self.assertIn("hubkey", self.applink("key", "list", env=env).out)

    def test_a_key_file_that_others_can_read(self):
        self.key_file.chmod(0o644)
        self.refused(LOCKED, "key", "list", says="store.key", hint="chmod 600")

    def test_the_key_file_of_another_store(self):
        other = {"APPLINK_STORE": str(self.home / "other.db")}
        info = self.applink("store", "info", "--json", env=other).json["store"]
        shutil.copy(info["key_file"], self.key_file)
        self.key_file.chmod(0o600)
        self.refused(LOCKED, "key", "list")

    def test_a_store_of_a_newer_version(self):
        with sqlite3.connect(self.database) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute(f"PRAGMA user_version = {version + 1}")
        database.close()
        outcome = self.refused(FAILED, "key", "list", says="newer")
        self.assertRegex(outcome.err, r"(?m)^applink: hint: \S")

    def test_a_file_that_is_no_store(self):
        file = self.write("notes.db", b"my notes\n" * 1000)
        outcome = self.run_applink("key", "list", env={"APPLINK_STORE": str(file)})
        self.assertIn(outcome.status, (FAILED, USAGE), outcome)
        self.assertEqual(file.read_bytes(), b"my notes\n" * 1000)

    def test_no_room_for_what_is_to_be_stored(self):
        imported = self.write("second.pem", (harness.KEYS / "pkcs8.pem").read_bytes())
        for room in (1, 8192):
            def limit(room=room):
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

            with self.subTest(room=room), self.unchanged_store():
                self.refused(FAILED, "key", "import", "second", imported, preexec_fn=limit, says="store")

    def test_a_store_in_a_place_that_is_no_directory(self):
        self.write("file", b"")
        self.refused(LOCKED, "key", "list", env={"APPLINK_STORE": str(self.home / "file/store.db")},
                     says="Not a directory")

    def test_files_that_others_can_read_or_replace(self):
        for path, command in ((self.database, "chmod 600"), (self.database.parent, "chmod go-w"),
                              (self.key_file, "chmod 600"), (self.key_file.parent, "chmod go-w")):
            mode = path.stat().st_mode
            path.chmod(mode | 0o022)
            with self.subTest(path=path):
                outcome = self.refused(LOCKED, "key", "list", hint=f"{command} '{path}'")
                mended = outcome.err.rsplit("hint: ", 1)[1]
                subprocess.run(mended, shell=True, check=True)
                self.assertIn("hubkey", self.applink("key", "list").out)

    @unittest.skipUnless(os.geteuid() == 0, "only root can become another user")
    def test_a_store_that_may_only_be_read(self):
        nobody = 65534
        for path in [self.home, *self.home.rglob("*")]:
            os.chown(path, nobody, nobody)
        for path in self.database.parent.iterdir():
            path.chmod(0o400)
        self.database.parent.chmod(0o500)
        before = self.database.read_bytes()
        listed = self.run_applink("key", "list", "--json", user=nobody)
        self.assertEqual(listed.status, DONE, listed)
        self.assertEqual(listed.json["keys"][0]["name"], "hubkey")
        self.refused(FAILED, "key", "create", "second", user=nobody, says="store")
        self.assertEqual(self.database.read_bytes(), before)


if __name__ == "__main__":
    harness.main()
