"""The files of the store are their owner's alone: made so under every umask, and refused otherwise with
the command that mends them."""

import os
import re
import shlex
import shutil
import stat
import subprocess
import unittest

import harness
from harness import LOCKED

NOBODY = 65534


class Files(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.database = self.home / ".local/share/applink/store.db"
        self.key_file = self.home / ".config/applink/store.key"
        self.have_key()

    def each_file(self):
        """Those of a store that another process has open as well."""
        for path in (self.database, self.database.with_name("store.db-wal"), self.database.with_name("store.db-shm"),
                     self.key_file):
            path.touch(0o600)
            with self.subTest(file=path.name):
                yield path

    def each_directory(self):
        for path in (self.database.parent, self.key_file.parent):
            with self.subTest(directory=path):
                yield path

    def refused_until_mended(self, path, says):
        """By the command of the hint, as it stands there."""
        for words in (("key", "list"), ("store", "info"), ("key", "remove", "hubkey", "--yes")):
            outcome = self.refused(LOCKED, *words, says=says)
        hint = re.search(r"(?m)^applink: hint: (.*)", outcome.err)[1]
        command = hint.rpartition(": ")[2]
        self.assertIn(command.split()[0], ("chmod", "chown"))
        self.assertEqual(shlex.split(command)[-1], str(path))
        subprocess.run(command, shell=True, check=True)
        self.assertIn("hubkey", self.applink("key", "list").out)


class Made(Files):
    def test_whatever_the_umask(self):
        sandbox = self.have_sandbox("--approve-as", "alice")
        for mask in (0o000, 0o022, 0o077, 0o777):
            for place in (self.home / ".local", self.home / ".config"):
                shutil.rmtree(place)
            with self.subTest(umask=oct(mask)):
                options = {"umask": mask}
                for words in (("key", "import", "hubkey", self.home / "imported.pem"),
                              ("link", "add", "prod", "--url", sandbox.url, "--consumer-key", "hub", "--key", "hubkey"),
                              ("store", "backup", f"backup-{mask:o}.db")):
                    self.applink(*words, **options)
                # While it waits, the log and its index are there as well.
                process = self.start("login", "prod", "--no-browser", **options)
                next(line for line in process.stderr if line.startswith(b"http"))
                files = {path.name: path for place in (self.database.parent, self.key_file.parent)
                         for path in place.iterdir()}
                self.assertLessEqual({"store.db", "store.key"}, set(files))
                for path in [*files.values(), self.home / f"backup-{mask:o}.db"]:
                    self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600, path)
                process.terminate()
                process.communicate()
                for directory in (self.database.parent, self.key_file.parent):
                    self.assertEqual(stat.S_IMODE(directory.stat().st_mode), 0o700, directory)


class Refused(Files):
    def test_a_file_that_others_may_read_or_write(self):
        for path in self.each_file():
            for mode in (0o604, 0o640, 0o602, 0o610, 0o777):
                path.touch(0o600)  # the log and its index go when the store is closed
                path.chmod(mode)
                self.refused_until_mended(path, f"{path} is open to other users")

    def test_a_directory_that_others_may_write_in(self):
        for path in self.each_directory():
            for mode in (0o770, 0o702, 0o777):
                path.chmod(mode)
                self.refused_until_mended(path, f"other users can write the directory {path}\n")
            path.chmod(0o755)  # the names of the files are no secret
            self.applink("key", "list")

    def test_a_place_that_is_for_everybody(self):
        """As /tmp: nobody can take away what belongs to somebody else."""
        self.database.parent.chmod(0o1777)
        self.applink("key", "list")

    @unittest.skipUnless(os.geteuid() == 0, "only root can give a file away")
    def test_what_belongs_to_another_user(self):
        for path in self.each_file():
            os.chown(path, NOBODY, NOBODY)
            self.refused_until_mended(path, f"{path} belongs to another user\n")
        for path in self.each_directory():
            os.chown(path, NOBODY, NOBODY)
            self.refused_until_mended(path, f"{path} belongs to another user\n")

    def test_symbolic_links(self):
        for path in self.each_file():
            away = self.home / "away"
            path.rename(away)
            path.symlink_to(away)
            outcome = self.refused(LOCKED, "key", "list", says=f"{path} is a symbolic link", hint="readlink -f")
            command = re.search(r"hint: name the file itself: (.*)", outcome.err)[1]
            self.assertEqual(subprocess.run(command, shell=True, capture_output=True, text=True, check=True).stdout.strip(),
                             str(away))
            path.unlink()
            away.rename(path)

    def test_what_is_no_file(self):
        for path in self.each_file():
            path.unlink(missing_ok=True)
            for make in (path.mkdir, lambda: os.mkfifo(path, 0o600)):
                make()
                self.refused(LOCKED, "key", "list", says=f"{path} is not a file", hint="move it away")
                path.rmdir() if path.is_dir() else path.unlink()
            shutil.rmtree(self.database.parent, ignore_errors=True)
            self.key_file.unlink(missing_ok=True)
            self.have_key()


if __name__ == "__main__":
    harness.main()
