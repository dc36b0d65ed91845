"""What the processes are made of and what they let others see."""

import ctypes
import errno
import os
import pathlib
import re
import shutil
import struct
import subprocess
import unittest

import harness
from harness import DONE, FAILED, USAGE


def needed_libraries(path):
    """The DT_NEEDED entries, and what those need in turn, as the loader finds them."""
    listed = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout
    direct = set(re.findall(r"\(NEEDED\).*\[(.*?)\]", listed))
    loaded = subprocess.run(["ldd", path], capture_output=True, text=True, check=True).stdout
    return direct, set(re.findall(r"(\S+\.so\S*) =>", loaded))


def forbid_system_call(number):
    """From here on it fails with EPERM, in this process and in what it becomes (seccomp)."""
    instructions = [
        (0x20, 0, 0, 0),  # load the number
        (0x15, 0, 1, number),  # is it this one?
        (0x06, 0, 0, 0x00050000 | errno.EPERM),
        (0x06, 0, 0, 0x7FFF0000),  # everything else is allowed
    ]
    program = b"".join(struct.pack("HBBI", *instruction) for instruction in instructions)
    code = ctypes.create_string_buffer(program, len(program))
    filter_program = struct.pack("HxxxxxxP", len(instructions), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_seccomp, by_filter = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(set_seccomp, by_filter, filter_program, 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")


class TwoExecutables(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.successor = self.binary.with_name("applink-http")

    def test_what_speaks_no_http_loads_nothing_that_does(self):
        direct, loaded = needed_libraries(self.binary)
        self.assertTrue(direct)
        for library in ("libcurl", "httplib", "libssl", "libsecret", "libnghttp", "libldap"):
            with self.subTest(library=library):
                self.assertFalse([name for name in direct | loaded if library in name])

    def test_the_other_one_does(self):
        direct, _ = needed_libraries(self.successor)
        self.assertTrue([name for name in direct if name.startswith("libcurl.so")], direct)
        self.assertFalse([name for name in direct if re.match(r"lib(secret|glib|gio)", name)], direct)

    def test_the_other_one_has_every_command(self):
        listed = subprocess.run([self.successor], env=self.environment, capture_output=True, check=True)
        self.assertEqual(listed.stdout, self.applink().stdout)

    def test_installed_elsewhere(self):
        installed = self.home / "usr"
        libexec = pathlib.Path(os.path.normpath(installed / "bin" / os.environ["APPLINK_LIBEXEC"]))
        (installed / "bin").mkdir(parents=True)
        libexec.mkdir(parents=True)
        shutil.copy(self.binary, installed / "bin/applink")
        self.binary = installed / "bin/applink"
        outcome = self.refused(FAILED, "sandbox", "--help", says="applink-http", hint=str(libexec))
        self.assertEqual(outcome.out, "")
        shutil.copy(self.successor, libexec / "applink-http")
        self.assertIn("applink sandbox: ", self.applink("sandbox", "--help").out)
        (self.home / "here").symlink_to(self.binary)
        self.binary = self.home / "here"
        self.assertIn("applink sandbox: ", self.applink("sandbox", "--help").out)


class Hardening(harness.CommandTest):
    def test_no_core_file_and_no_look_inside(self):
        self.have_key()
        sandbox = self.have_sandbox()
        process = pathlib.Path("/proc") / str(sandbox.process.pid)
        limits = (process / "limits").read_text()
        self.assertRegex(limits, r"Max core file size +0 +0 ")
        if os.geteuid() != 0:
            with self.assertRaises(PermissionError):
                (process / "environ").read_bytes()
        self.assertEqual((process / "environ").stat().st_uid, 0, "not dumpable: its files are root's")

    def test_what_cannot_be_hardened_does_nothing(self):
        numbers = {"x86_64": {"prctl": 157, "prlimit64": 302}, "aarch64": {"prctl": 167, "prlimit64": 261}}
        if os.uname().machine not in numbers:
            self.skipTest("the numbers of this machine's system calls are not known here")
        forbidden = dict(numbers[os.uname().machine])
        if b"__asan_init" in pathlib.Path(self.binary).read_bytes():
            del forbidden["prlimit64"]  # the sanitizer's runtime needs it before main() is reached
        for name, number in forbidden.items():
            with self.subTest(forbidden=name):
                self.refused(FAILED, "store", "info", says="core files: Operation not permitted",
                             hint="prctl", preexec_fn=lambda number=number: forbid_system_call(number))
        self.assertEqual(list(self.home.iterdir()), [])

    def test_no_secret_in_a_command_line(self):
        """Secrets come from files, standard input and the store: no flag takes one."""
        self.have_key()
        secret = (harness.KEYS / "pkcs8.pem").read_bytes()
        process = self.start("key", "import", "piped", "-")
        words = pathlib.Path(f"/proc/{process.pid}/cmdline").read_bytes()
        _, stderr = process.communicate(secret, harness.PATIENCE)
        self.assertEqual(process.returncode, DONE, stderr)
        self.assertNotIn(secret.splitlines()[1], words + stderr)

    def test_new_files_are_private_whatever_the_umask(self):
        words = f"umask 0; exec '{self.binary}' store info"
        subprocess.run(["sh", "-c", words], env=self.environment, capture_output=True, check=True)
        for path in self.home.rglob("*"):
            if "applink" in path.parts[-2:] or path.parent.name == "applink":
                self.assertEqual(path.stat().st_mode & 0o077, 0, path)


if __name__ == "__main__":
    harness.main()
