"""key export: every form, to standard output, into files, under a passphrase; judged by openssl."""

import base64
import json
import os
import stat
import subprocess

import harness
from harness import DONE, FAILED, INTERRUPTED, KEYS, USAGE

PASSPHRASE = "open sesame"

# flag: what openssl reads it with
PUBLIC = {
    "--public-pem": ["pkey", "-pubin"],
    "--public-der": ["pkey", "-pubin", "-inform", "DER"],
    "--certificate": ["x509", "-noout", "-pubkey"],
    "--certificate-der": ["x509", "-noout", "-pubkey", "-inform", "DER"],
}
PRIVATE = {
    "--private-pem": ["rsa", "-pubout"],
    "--private-der": ["rsa", "-pubout", "-inform", "DER"],
    "--private-pkcs8": ["pkey", "-pubout"],
    "--private-pkcs8-der": ["pkey", "-pubout", "-inform", "DER"],
}
ENCRYPTED = {
    "--encrypted-pkcs8": ["pkey", "-pubout", "-passin", f"pass:{PASSPHRASE}"],
    "--encrypted-pkcs8-der": ["pkey", "-pubout", "-inform", "DER", "-passin", f"pass:{PASSPHRASE}"],
}
ONE_LINE = ["--public-base64", "--private-base64", "--public-jwk", "--private-jwk"]
IS_PRIVATE = [*PRIVATE, *ENCRYPTED, "--private-base64", "--private-jwk", "--pkcs12"]


def openssl(*words, input=None):
    return subprocess.run(["openssl", *words], input=input, capture_output=True, check=True).stdout


class ExportTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.public = openssl("pkey", "-in", KEYS / "pkcs1.pem", "-pubout")
        self.secret = self.write("passphrase", f"{PASSPHRASE}\n".encode())
        self.with_passphrase = ["--passphrase-file", self.secret]

    def export(self, *words, **options):
        return self.applink("key", "export", "hubkey", *words, **options)

    def words_for(self, flag):
        return [flag, *(self.with_passphrase if flag in ENCRYPTED or flag == "--pkcs12" else [])]


class Forms(ExportTest):
    def test_openssl_finds_the_same_key_in_each(self):
        for flag, reading in {**PUBLIC, **PRIVATE, **ENCRYPTED}.items():
            with self.subTest(flag=flag):
                content = self.export(*self.words_for(flag)).stdout
                self.assertEqual(openssl(*reading, input=content), self.public)

    def test_pkcs12_has_key_certificate_and_alias(self):
        for words, alias in (([], "hubkey"), (["--alias", "the hub"], "the hub")):
            content = self.export("--pkcs12", *words, *self.with_passphrase).stdout
            said = openssl("pkcs12", "-nodes", "-passin", f"pass:{PASSPHRASE}", input=content)
            self.assertIn(f"friendlyName: {alias}".encode(), said)
            self.assertEqual(openssl("pkey", "-pubout", input=said), self.public)
            self.assertEqual(openssl("x509", "-noout", "-pubkey", input=said), self.public)

    def test_one_line_of_base64(self):
        der = openssl("pkey", "-in", KEYS / "pkcs1.pem", "-pubout", "-outform", "DER")
        self.assertEqual(self.export("--public-base64").stdout, base64.b64encode(der))
        private = base64.b64decode(self.export("--private-base64").stdout, validate=True)
        self.assertEqual(openssl("pkey", "-inform", "DER", "-pubout", input=private), self.public)

    def test_jwk(self):
        public = json.loads(self.export("--public-jwk").stdout)
        self.assertEqual((public["kty"], public["e"]), ("RSA", "AQAB"))
        self.assertEqual(len(public["kid"]), 43)
        self.assertNotIn("d", public)
        private = json.loads(self.export("--private-jwk", "--kid", "2031").stdout)
        self.assertEqual((private["n"], private["kid"]), (public["n"], "2031"))
        self.assertLessEqual({"d", "p", "q", "dp", "dq", "qi"}, private.keys())

    def test_kdf(self):
        for kdf, name in ((None, b"PBKDF2"), ("pbkdf2", b"PBKDF2"), ("scrypt", b":scrypt")):
            words = ["--kdf", kdf] if kdf else []
            der = self.export("--encrypted-pkcs8-der", *words, *self.with_passphrase).stdout
            parsed = openssl("asn1parse", "-inform", "DER", input=der)
            self.assertIn(name, parsed)
            self.assertIn(b"aes-256-cbc", parsed)

    def test_help_names_every_form(self):
        said = self.applink("key", "export", "--help").out
        for flag in (*PUBLIC, *ONE_LINE, *IS_PRIVATE):
            self.assertIn(f"{flag} ", said)
        for line in said.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_a_form_that_is_none_is_answered_with_the_nearest(self):
        self.refused(USAGE, "key", "export", "hubkey", "--public-pen", hint="did you mean --public-pem?")
        self.refused(USAGE, "key", "export", "hubkey", "--pkcs11", hint="did you mean --pkcs12?")


class WhatDoesNotGoTogether(ExportTest):
    def test_flags_of_another_form(self):
        cases = {
            ("--public-pem", "--passphrase-file", "passphrase"): "--pkcs12",
            ("--private-pem", "--passphrase-command", "echo x"): "--encrypted-pkcs8",
            ("--pkcs12", "--kdf", "scrypt"): "--encrypted-pkcs8",
            ("--encrypted-pkcs8", "--alias", "a"): "--pkcs12",
            ("--pkcs12", "--kid", "1"): "--private-jwk",
            ("--all", "--kid", "1"): "--private-jwk",
            ("--public-pem", "--pkcs12"): "--all",
            ("--public-pem", "dir"): "--output",
            ("--all", "--output", "file"): "--all DIR",
        }
        for words, hint in cases.items():
            with self.subTest(words=words):
                self.refused(USAGE, "key", "export", "hubkey", *words, hint=hint)
        self.refused(USAGE, "key", "export", "hubkey", "--encrypted-pkcs8", "--kdf", "md5", hint="pbkdf2 or scrypt")

    def test_an_alias_that_cannot_be(self):
        for alias in ("", "a\x07", "ä" * 200):
            self.refused(USAGE, "key", "export", "hubkey", "--pkcs12", "--alias", alias, *self.with_passphrase)


class Passphrases(ExportTest):
    def opens(self, content, passphrase=PASSPHRASE):
        read = ["pkey", "-pubout", "-passin", f"pass:{passphrase}"]
        self.assertEqual(openssl(*read, input=content), self.public)

    def test_from_file_standard_input_descriptor_and_command(self):
        self.opens(self.export("--encrypted-pkcs8", "--passphrase-file", self.secret).stdout)
        self.opens(self.export("--encrypted-pkcs8", "--passphrase-file", "-", input=b"open sesame\r\n").stdout)
        self.opens(self.export("--encrypted-pkcs8", "--passphrase-fd", "0", input=b"open sesame").stdout)
        with open(self.secret, "rb") as file:
            words = ["--encrypted-pkcs8", "--passphrase-fd", file.fileno()]
            self.opens(self.export(*words, pass_fds=[file.fileno()]).stdout)
        for command in (f"cat '{self.secret}'", f"printf %s\\\\n \"{PASSPHRASE}\""):
            self.opens(self.export("--encrypted-pkcs8", "--passphrase-command", command).stdout)

    def test_a_command_has_no_shell(self):
        command = "printf $HOME;`id`|cat"
        self.opens(self.export("--encrypted-pkcs8", "--passphrase-command", command).stdout, "$HOME;`id`|cat")

    def test_a_command_inherits_no_secret_and_no_descriptor(self):
        script = self.write("spy", b"#!/bin/sh\nenv >&2; ls -l /proc/self/fd >&2; cat; echo open sesame\n", 0o700)
        outcome = self.export("--encrypted-pkcs8", "--passphrase-command", script,
                              input=b"not for the command", env={"APPLINK_TOKEN_SECRET": "do-not-tell"})
        self.opens(outcome.stdout)
        self.assertIn("HOME=", outcome.err)
        self.assertNotIn("do-not-tell", outcome.err)
        self.assertNotIn("store.db", outcome.err)

    def test_what_is_no_passphrase(self):
        cases = {
            "nothing is there": ["--passphrase-file", self.write("empty", b"\n")],
            "more than one line": ["--passphrase-file", self.write("two", b"a\nb\n")],
            "others may read": ["--passphrase-file", self.write("open", b"a\n", 0o644)],
            "No such file": ["--passphrase-file", "absent"],
            "no descriptor 77 is open": ["--passphrase-fd", "77"],
            "no descriptor -1 is open": ["--passphrase-fd", "-1"],
            "not a number": ["--passphrase-fd", "three"],
            "could not start": ["--passphrase-command", "applink-no-such-program"],
            "ended with status 3": ["--passphrase-command", "sh -c 'echo wrong; exit 3'"],
            "without its fellow": ["--passphrase-command", "echo 'a"],
            "the command is empty": ["--passphrase-command", ""],
            "comes from one place": [*self.with_passphrase, "--passphrase-command", "echo a"],
            "holds more than 4096 bytes": ["--passphrase-fd", "0"],
        }
        for says, words in cases.items():
            with self.subTest(words=words):
                outcome = self.run_applink("key", "export", "hubkey", "--pkcs12", *words, input=b"x" * 5000)
                self.assertIn(outcome.status, (FAILED, USAGE), outcome)
                self.assertIn(says, outcome.err)
                self.assertRegex(outcome.err, r"(?m)^applink: hint: \S")
                self.assertEqual(outcome.out, "")

    def test_asked_for_twice_on_a_terminal_and_not_shown(self):
        terminal = harness.Terminal(self, "key", "export", "hubkey", "--encrypted-pkcs8", "-o", "key.pem")
        terminal.read_until("New passphrase of hubkey: ")
        self.assertFalse(terminal.echoes())
        terminal.type(f"{PASSPHRASE}\n")
        terminal.read_until("The same again: ")
        terminal.type(f"{PASSPHRASE}\n")
        self.assertEqual(terminal.wait(), DONE)
        self.assertTrue(terminal.echoes())
        self.assertNotIn(PASSPHRASE, terminal.read_until("key.pem"))
        self.opens((self.home / "key.pem").read_bytes())

    def test_two_answers_that_differ_and_none(self):
        for answers, status in (([PASSPHRASE, "open sesam"], FAILED), ([""], FAILED), (["\x03"], INTERRUPTED)):
            with self.subTest(answers=answers):
                terminal = harness.Terminal(self, "key", "export", "hubkey", "--pkcs12", "-o", "key.p12")
                for answer, question in zip(answers, ("New passphrase of hubkey: ", "The same again: ")):
                    terminal.read_until(question)
                    terminal.type(answer if answer == "\x03" else f"{answer}\n")
                self.assertEqual(terminal.wait(), status)
                self.assertTrue(terminal.echoes())
                self.assertFalse((self.home / "key.p12").exists())

    def test_nobody_to_ask(self):
        self.refused(USAGE, "key", "export", "hubkey", "--pkcs12", says="no terminal", hint="--passphrase-file")
        self.refused(USAGE, "key", "export", "hubkey", "--pkcs12", "--no-input", hint="--passphrase-command")


class Files(ExportTest):
    def test_new_and_private_where_the_form_is(self):
        for flag in sorted({*PUBLIC, *ONE_LINE, *IS_PRIVATE}):
            with self.subTest(flag=flag):
                path = self.home / f"out{flag}"
                outcome = self.export(*self.words_for(flag), "-o", path)
                self.assertEqual(outcome.out, f"{path}\n")
                mode = 0o600 if flag in IS_PRIVATE else 0o644
                self.assertEqual(stat.S_IMODE(path.stat().st_mode), mode)
        self.assertEqual((self.home / "out--public-pem").read_bytes(), self.public)
        self.assertFalse((self.home / "out--public-base64").read_bytes().endswith(b"\n"))

    def test_never_overwritten(self):
        path = self.write("key.pem", b"mine")
        for flag in ("--public-pem", "--private-pem"):
            self.refused(FAILED, "key", "export", "hubkey", flag, "-o", path, says="key.pem exists", hint="--force")
        self.assertEqual(path.read_bytes(), b"mine")

    def test_force_keeps_numbered_backups(self):
        path = self.write("key.pem", b"mine", 0o644)
        for number in (1, 2):
            outcome = self.export("--private-pem", "-o", path, "--force")
            self.assertIn(f"key.pem.~{number}~", outcome.err)
        self.assertEqual((self.home / "key.pem.~1~").read_bytes(), b"mine")
        self.assertEqual((self.home / "key.pem.~2~").read_bytes(), path.read_bytes())
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

    def test_force_replaces_files_alone(self):
        target = self.write("target", b"mine")
        (self.home / "link").symlink_to(target)
        (self.home / "directory").mkdir()
        os.mkfifo(self.home / "pipe")
        for name in ("link", "directory", "pipe"):
            self.refused(FAILED, "key", "export", "hubkey", "--public-pem", "-o", name, "--force", says=name)
        self.assertEqual(target.read_bytes(), b"mine")

    def test_all_with_force(self):
        directory = self.home / "keys/hubkey"
        directory.mkdir(parents=True)
        (directory / "public_key.pem").write_text("mine")
        self.refused(FAILED, "key", "export", "hubkey", "--all", says="public_key.pem", hint="--force")
        self.export("--all", "--force")
        self.assertEqual((directory / "public_key.pem.~1~").read_text(), "mine")
        self.assertEqual((directory / "public_key.pem").read_bytes(), self.public)
        self.assertEqual(len(list(directory.iterdir())), 5)


class OnATerminal(ExportTest):
    def test_nothing_private_and_nothing_binary_by_accident(self):
        for flag in (*IS_PRIVATE, "--public-der", "--certificate-der"):
            with self.subTest(flag=flag):
                terminal = harness.Terminal(self, "key", "export", "hubkey", *self.words_for(flag))
                self.assertEqual(terminal.wait(), USAGE)
                seen = terminal.read_until("--force")
                self.assertIn("--output FILE", seen)
                self.assertNotIn("BEGIN", seen)

    def test_one_line_ends_there_like_any_other(self):
        terminal = harness.Terminal(self, "key", "export", "hubkey", "--public-base64")
        terminal.read_until("AQAB\r\n")
        self.assertEqual(terminal.wait(), DONE)


if __name__ == "__main__":
    harness.main()
