"""A process that dies of SIGABRT or SIGSEGV leaves no image of its memory, nor do its children; and
nobody looks into it while it lives."""

import os
import pathlib
import resource
import signal
import subprocess
import sys
import time

import harness
from harness import INTERRUPTED

NOBODY = 65534
DEADLY = (signal.SIGABRT, signal.SIGSEGV)
PATTERN = pathlib.Path("/proc/sys/kernel/core_pattern")

# Started by applink; kills its parent, or a fork of itself and then ends the parent in peace, by the
# signal that its second argument names.
KILLER = b"""#!/usr/bin/python3
import os, pathlib, signal, sys
pathlib.Path("limits").write_text(pathlib.Path("/proc/self/limits").read_text())
by = int(sys.argv[2])
if sys.argv[1] == "parent":
    os.kill(os.getppid(), by)
    sys.exit()
child = os.fork()
if child == 0:
    os.kill(os.getpid(), by)
assert os.waitpid(child, 0)[1] & 0x7F == by
os.kill(os.getppid(), signal.SIGTERM)
"""

# Ends with 0, or with the system's reason why not.
TRACER = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
attach, detach = 16, 17
failed = libc.ptrace(attach, int(sys.argv[1]), None, None) != 0
reason = ctypes.get_errno()
if not failed:
    os.waitpid(int(sys.argv[1]), 0)
    libc.ptrace(detach, int(sys.argv[1]), None, None)
sys.exit(reason if failed else 0)
"""


def without_limit():
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if os.geteuid() == 0:
        hard = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


class CoreFiles(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.killer = self.write("killer", KILLER, 0o700)

    def core_files(self):
        return [path.name for path in self.home.iterdir() if path.name.startswith("core")]

    def sealed(self, victim, by):
        """A command that has opened the store before it starts the other program."""
        return self.run_applink("key", "export", "hubkey", "--encrypted-pkcs8", "--passphrase-command",
                                f"{self.killer} {victim} {int(by)}", preexec_fn=without_limit)

    def login(self, victim, by):
        sandbox = self.have_sandbox()
        self.have_link(sandbox.url, name=f"{victim}{int(by)}")
        return self.run_applink("login", f"{victim}{int(by)}", preexec_fn=without_limit,
                                env={"BROWSER": f"{self.killer} {victim} {int(by)} #"})

    def test_a_process_of_another_program_leaves_one(self):
        """What the tests below would see."""
        pattern = PATTERN.read_text().strip()
        if pattern.startswith(("|", "/")):
            self.skipTest(f"the system sends core files elsewhere: {pattern}")
        dead = subprocess.run(["sh", "-c", "kill -ABRT $$"], cwd=self.home, preexec_fn=without_limit)
        self.assertEqual(dead.returncode, -signal.SIGABRT)
        if os.geteuid() != 0 and resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
            self.skipTest("the limit of these tests lets nobody leave a core file")
        self.assertEqual(len(self.core_files()), 1)

    def test_applink_leaves_none(self):
        for by in DEADLY:
            for victim, run in (("applink", self.sealed), ("applink-http", self.login)):
                with self.subTest(victim=victim, by=by):
                    outcome = run("parent", by)
                    if b"__asan_init" not in pathlib.Path(self.binary).read_bytes():
                        self.assertEqual(outcome.status, -by, outcome)  # a sanitizer has a handler of its own
                    self.assertEqual(self.core_files(), [])

    def test_nor_do_the_programs_that_it_starts(self):
        for by in DEADLY:
            for child, run in (("passphrase command", self.sealed), ("browser", self.login)):
                with self.subTest(child=child, by=by):
                    self.assertEqual(run("self", by).status, INTERRUPTED)
                    self.assertRegex((self.home / "limits").read_text(), r"Max core file size +0 +0 ")
                    self.assertEqual(self.core_files(), [])


class Tracing(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.user = {}
        if os.geteuid() == 0:  # root may trace everything
            for path in [self.home, *self.home.rglob("*")]:
                os.chown(path, NOBODY, NOBODY)
            self.user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}

    def traced(self, pid):
        return subprocess.run([sys.executable, "-c", TRACER, str(pid)], cwd="/", **self.user).returncode

    def test_the_same_user_may_trace_another_program_and_not_applink(self):
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, cwd="/", **self.user) as other:
            can_trace = self.traced(other.pid) == 0
            other.stdin.close()
        sandbox = self.have_sandbox_of(self.user)
        self.assertEqual(self.traced(sandbox.process.pid), 1, "EPERM")
        waiting = self.start("key", "import", "piped", "-", **self.user)
        self.addCleanup(waiting.communicate)
        deadline = time.monotonic() + harness.PATIENCE
        while pathlib.Path(f"/proc/{waiting.pid}/mem").stat().st_uid != 0:  # not dumpable: its files are root's
            self.assertLess(time.monotonic(), deadline, "it never protected itself")
            os.sched_yield()
        self.assertEqual(self.traced(waiting.pid), 1, "EPERM")
        if not can_trace:
            self.skipTest("the system lets nobody trace anything, applink or not")

    def have_sandbox_of(self, user):
        process = self.start("sandbox", "--consumer", f"hub={self.home / 'hubkey.public.pem'}", **user)
        sandbox = harness.Sandbox(process)
        self.addCleanup(sandbox.stop)
        return sandbox


if __name__ == "__main__":
    harness.main()
