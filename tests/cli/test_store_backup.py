"""Backups: made while the store is in use, checked, never in the place of something else."""

import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import threading
import unittest

import harness
from harness import DONE, FAILED, LOCKED, USAGE


class BackupTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.database = self.home / ".local/share/applink/store.db"
        self.key_file = self.home / ".config/applink/store.key"
        self.file = self.home / "backup.db"

    def opened(self, file=None):
        """The environment in which a copy of the backup is the store."""
        copy = self.home / "copy" / "store.db"
        copy.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copy(file or self.file, copy)
        env = {"APPLINK_STORE": str(copy)}
        wanted = self.refused(LOCKED, "store", "check", env=env, hint="cp ").err
        shutil.copy(*wanted.rsplit("cp ", 1)[1].split())
        return env


class Backup(BackupTest):
    def test_says_what_is_in_it_and_what_opens_it(self):
        self.have_link("https://jira.example.com/jira")
        outcome = self.applink("store", "backup", self.file)
        self.assertEqual(outcome.out, f"{self.file}\n")
        self.assertRegex(outcome.err, r"(?m)^backed up 1 key, 1 link, 0 tokens, \d+ events$")
        self.assertIn(f"the key file {self.key_file} opens it, and is not in it", outcome.err)
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        env = self.opened()
        self.assertIn("as it was written", self.applink("store", "check", env=env).out)
        self.assertIn("hubkey", self.applink("key", "list", env=env).out)

    def test_for_programs(self):
        backup = self.applink("store", "backup", self.file, "--json").json["backup"]
        self.assertEqual(backup, {
            "file": str(self.file), "kept": None, "keys": 1, "links": 0, "tokens": 0, "pending_logins": 0,
            "events": self.applink("store", "info", "--json").json["store"]["events"], "unlock_methods": ["key file"]})
        backup = self.applink("store", "backup", self.file, "--json", "--force", "--quiet")
        self.assertEqual(backup.json["backup"]["kept"], f"{self.file}.~1~")
        self.assertEqual(backup.err, "")

    def test_takes_no_files_place(self):
        self.write("backup.db", b"mine")
        self.refused(FAILED, "store", "backup", self.file, says="exists", hint="--force, which keeps it as a backup")
        self.assertEqual(self.file.read_bytes(), b"mine")
        outcome = self.applink("store", "backup", self.file, "--force")
        self.assertIn(f"what was there is kept as {self.file}.~1~", outcome.err)
        self.assertEqual((self.home / "backup.db.~1~").read_bytes(), b"mine")
        self.opened()

    def test_takes_no_links_place(self):
        target = self.write("target", b"mine")
        self.file.symlink_to(target)
        for force in ((), ("--force",)):
            self.refused(FAILED, "store", "backup", self.file, *force)
        self.assertEqual(target.read_bytes(), b"mine")

    def test_is_not_the_store(self):
        for path in (self.database, f"{self.database}-wal", self.key_file):
            with self.subTest(path=path), self.unchanged_store():
                self.refused(USAGE, "store", "backup", path, "--force", hint="name a file elsewhere")

    def test_of_no_store(self):
        env = {"APPLINK_STORE": str(self.home / "none.db")}
        self.refused(FAILED, "store", "backup", self.file, env=env, says="there is no store", hint="APPLINK_STORE")
        self.assertFalse((self.home / "none.db").exists())
        self.assertFalse(self.file.exists())

    def test_is_private_whatever_the_umask(self):
        for mask in (0o000, 0o077, 0o777):
            file = self.home / f"backup-{mask:o}.db"
            self.applink("store", "backup", file, preexec_fn=lambda mask=mask: os.umask(mask))
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)

    def test_without_room_leaves_nothing(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

        place = self.home / "backups"
        place.mkdir()
        self.applink("store", "info")  # the store is at rest: opening it writes nothing large
        self.refused(FAILED, "store", "backup", place / "backup.db", preexec_fn=limit)
        self.assertEqual(list(place.iterdir()), [])

    @unittest.skipUnless(os.geteuid() == 0, "only root can become another user")
    def test_into_a_directory_of_somebody_else(self):
        nobody = 65534
        place = self.home / "backups"
        for path in [self.home, *self.home.rglob("*")]:
            os.chown(path, nobody, nobody)
        place.mkdir(mode=0o755)
        self.refused(FAILED, "store", "backup", place / "backup.db", user=nobody, says="Permission denied")
        self.assertEqual(list(place.iterdir()), [])

    def test_while_sixteen_write(self):
        self.have_link("https://jira.example.com/jira")
        key = self.write("key.pem", (harness.KEYS / "pkcs1.pem").read_bytes())
        acknowledged = []

        def write(number):
            outcome = self.run_applink("key", "import", f"key{number}", key)
            if outcome.status == DONE:
                acknowledged.append(f"key{number}")

        writers = [threading.Thread(target=write, args=(number,)) for number in range(16)]
        for writer in writers:
            writer.start()
        for number in range(4):
            before = list(acknowledged)
            self.applink("store", "backup", self.home / f"backup-{number}.db")
            names = self.names_in(self.home / f"backup-{number}.db")
            self.assertLessEqual(set(before), names)
        for writer in writers:
            writer.join()
        self.assertEqual(len(acknowledged), 16)
        self.applink("store", "backup", self.file)
        self.assertLessEqual(set(acknowledged), self.names_in(self.file))

    def names_in(self, file):
        env = self.opened(file)
        self.applink("store", "check", env=env)
        names = {key["name"] for key in self.applink("key", "list", "--json", env=env).json["keys"]}
        shutil.rmtree(self.home / "copy")
        for path in self.key_file.parent.glob("store-*.key"):
            path.unlink()
        return names


class Restore(BackupTest):
    def setUp(self):
        super().setUp()
        self.have_link("https://jira.example.com/jira")
        self.applink("store", "backup", self.file)
        self.other = self.home / "other"
        self.there = {"HOME": str(self.other)}  # another machine
        self.database_there = self.other / ".local/share/applink/store.db"
        self.key_file_there = self.other / ".config/applink/store.key"

    def restore(self, *words, env=None):
        return self.applink("store", "restore", self.file, *words, env=env or self.there)

    def refuses(self, status, *words, **options):
        outcome = self.refused(status, "store", "restore", self.file, *words, env=self.there, **options)
        self.assertFalse(self.database_there.exists())
        return outcome

    def carry(self, to):
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(self.key_file, to)

    def test_on_another_machine(self):
        self.carry(self.home / "stick/store.key")
        outcome = self.restore("--key-file", self.home / "stick/store.key")
        self.assertIn("restored 1 key, 1 link, 0 tokens, ", outcome.err)
        self.assertIn(f"the key file {self.home}/stick/store.key is now {self.key_file_there} too", outcome.err)
        self.assertEqual(outcome.out, "")
        self.assertIn("prod", self.applink("link", "list", env=self.there).out)
        self.applink("store", "check", env=self.there)
        self.have_link("https://jira.example.com/jira", name="second")  # the first store goes its own way
        self.assertNotIn("second", self.applink("link", "list", env=self.there).out)

    def test_for_programs(self):
        self.carry(self.key_file_there)
        restored = self.restore("--json").json["restored"]
        self.assertEqual(restored["database"], str(self.database_there))
        self.assertEqual(restored["key_file"], str(self.key_file_there))
        self.assertEqual((restored["keys"], restored["links"], restored["tokens"]), (1, 1, 0))
        self.assertEqual((restored["unlock_method"], restored["unlock_methods"]), ("key file", ["key file"]))

    def test_into_another_place_finds_the_key_file_of_the_first(self):
        env = {"APPLINK_STORE": str(self.home / "elsewhere/store.db")}
        self.assertIn(f"the key file {self.key_file} is now ", self.restore(env=env).err)
        self.assertIn("prod", self.applink("link", "list", env=env).out)

    def test_through_a_pipe(self):
        self.carry(self.key_file_there)
        command = f'"$0" store restore <(cat "$1")'
        subprocess.run(["bash", "-c", command, self.binary, self.file], env={**self.environment, **self.there},
                       check=True, capture_output=True, timeout=harness.PATIENCE)
        self.assertIn("prod", self.applink("link", "list", env=self.there).out)

    def test_without_what_opens_it(self):
        self.refuses(LOCKED, says="store.key", hint="--key-file FILE")
        self.refuses(LOCKED, "--key-file", self.home / "absent")
        self.applink("store", "info", env={"HOME": str(self.home / "stranger")})
        self.refuses(LOCKED, "--key-file", self.home / "stranger/.config/applink/store.key", says="does not open")

    def test_never_in_the_place_of_a_store(self):
        with self.unchanged_store():
            self.refused(FAILED, "store", "restore", self.file, says="there is a store", hint="APPLINK_STORE")

    def test_never_in_the_place_of_another_key_file(self):
        self.carry(self.home / "stick/store.key")
        self.applink("store", "info", env=self.there)
        self.database_there.unlink()
        before = self.key_file_there.read_bytes()
        self.refuses(FAILED, "--key-file", self.home / "stick/store.key", says="does not open this store",
                     hint="move it away")
        self.assertEqual(self.key_file_there.read_bytes(), before)

    def test_what_is_no_backup(self):
        self.carry(self.key_file_there)
        whole = self.file.read_bytes()
        for content in (b"", b"my notes", whole[:5000], os.urandom(20000)):
            self.file.write_bytes(content)
            self.refuses(FAILED, says=str(self.file), hint="")
        self.file.unlink()
        self.refuses(FAILED, says="No such file")

    def test_a_backup_that_somebody_changed(self):
        self.carry(self.key_file_there)
        with sqlite3.connect(self.file) as database:
            database.execute("DELETE FROM record WHERE kind = 'link'")
        database.close()
        self.refuses(FAILED, says='the link "prod" was taken out', hint="take another backup")


if __name__ == "__main__":
    harness.main()
