#!/usr/bin/env python3
"""Installs the build elsewhere and uses it as a stranger would: install_test.py BUILD SOURCE CXX...

The programs run from the place they were moved to; a program outside of the tree is compiled
against the headers, the archive and the pkg-config file alone.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

BUILD, SOURCE, *COMPILER = sys.argv[1:]


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(prefix="applink-install-")
        cls.root = pathlib.Path(cls.directory.name)
        subprocess.run(
            ["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", cls.root],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (cls.program,) = cls.root.rglob("bin/applink")

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def run_installed(self, *arguments):
        home = self.root / "home"
        environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
        command = [self.program, *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment)

    def test_the_program_finds_the_one_that_speaks_http(self):
        self.assertTrue(list(self.root.rglob("applink/applink-http")))
        answer = self.run_installed("login", "--help")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("--oob", answer.stdout)

    def test_the_program_keeps_a_key(self):
        made = self.run_installed("key", "create", "hubkey")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn("hubkey", self.run_installed("key", "list").stdout)

    def test_a_program_embeds_the_library(self):
        (package,) = self.root.rglob("applink.pc")
        environment = dict(os.environ, PKG_CONFIG_PATH=str(package.parent))
        environment["PKG_CONFIG_SYSROOT_DIR"] = ""
        prefix = self.program.parent.parent
        flags = subprocess.run(
            ["pkg-config", "--cflags", "--libs", f"--define-variable=prefix={prefix}", "applink"],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        ).stdout.split()
        program = self.root / "embed"
        source = pathlib.Path(SOURCE) / "tests/install/embed.cpp"
        subprocess.run([*COMPILER, "-std=c++20", source, "-o", program, *flags], check=True)
        answer = subprocess.run([program], capture_output=True, text=True, check=True)
        self.assertRegex(answer.stdout, r'^Authorization: OAuth oauth_consumer_key="hub", ')


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
