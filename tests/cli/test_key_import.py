"""key import: every form, from everywhere, repaired and told; under passphrases of four origins."""

import os
import subprocess
import unittest

import harness
from harness import DONE, FAILED, INTERRUPTED, KEYS, LOCKED, USAGE

PASSPHRASE = "open sesame"
WITHOUT_SHA1 = os.environ.get("APPLINK_WITHOUT_SHA1")


def openssl(*words, input=None):
    return subprocess.run(["openssl", *words], input=input, capture_output=True, check=True).stdout


def pkcs8(*words):
    return openssl("pkcs8", "-topk8", "-in", KEYS / "pkcs1.pem", *words)


class ImportTest(harness.CommandTest):
    PEM = (KEYS / "pkcs8.pem").read_bytes()

    def setUp(self):
        super().setUp()
        der = openssl("rsa", "-in", KEYS / "pkcs1.pem", "-pubout", "-outform", "DER")
        self.sha256 = openssl("dgst", "-sha256", "-r", input=der).split()[0].decode()

    def keeps(self, name="k"):
        """That the test key is in the store under this name, and gone from there afterwards."""
        shown = self.applink("key", "show", name, "--json").json["key"]
        self.assertEqual(shown["sha256"], self.sha256)
        self.applink("key", "remove", name, "--yes")
        return shown

    def encrypted(self):
        return self.write("encrypted.pem", pkcs8("-passout", f"pass:{PASSPHRASE}"))


class Forms(ImportTest):
    def test_what_openssl_writes(self):
        contents = {
            "PKCS#1 DER": openssl("rsa", "-in", KEYS / "pkcs1.pem", "-outform", "DER"),
            "PKCS#8 DER": pkcs8("-nocrypt", "-outform", "DER"),
            "PKCS#8 PEM": pkcs8("-nocrypt"),
            "pkey -text": openssl("pkey", "-in", KEYS / "pkcs1.pem", "-text"),
        }
        for name, content in contents.items():
            with self.subTest(form=name):
                self.applink("key", "import", "k", self.write("key", content))
                self.keeps()

    def test_all_that_we_write(self):
        self.have_key()
        secret = self.write("passphrase", PASSPHRASE.encode())
        for flag in ("--private-pem", "--private-der", "--private-pkcs8", "--private-pkcs8-der", "--private-base64",
                     "--private-jwk", "--encrypted-pkcs8", "--encrypted-pkcs8-der", "--pkcs12"):
            with self.subTest(flag=flag):
                closed = ["--passphrase-file", secret] if "encrypted" in flag or flag == "--pkcs12" else []
                content = self.applink("key", "export", "hubkey", flag, *closed).stdout
                outcome = self.applink("key", "import", "k", self.write("key", content), *closed)
                self.assertIn("warning: the same key is kept as hubkey too", outcome.err)
                self.assertEqual("repaired" in outcome.err, flag == "--private-base64", outcome.err)
                self.keeps()

    def test_what_is_repaired_is_said(self):
        escaped = self.PEM.replace(b"\n", b"\\n")
        outcome = self.applink("key", "import", "k", self.write("key", escaped))
        self.assertRegex(outcome.err, r"(?m)^repaired: .*\\n")
        self.keeps()
        wrong_label = self.PEM.replace(b" PRIVATE", b" RSA PRIVATE")
        self.assertIn("repaired: ", self.applink("key", "import", "k", self.write("key", wrong_label)).err)
        self.keeps()
        self.assertNotIn("repaired", self.applink("key", "import", "k", self.write("key", self.PEM)).err)


class Certificates(ImportTest):
    CERTIFICATE = (KEYS / "certificate.pem").read_bytes()

    def certificate(self):
        return self.applink("key", "export", "k", "--certificate").stdout

    def test_one_that_belongs_to_the_key_comes_along(self):
        self.applink("key", "import", "k", self.write("both.pem", self.PEM + self.CERTIFICATE))
        self.assertEqual(self.certificate(), self.CERTIFICATE)

    def test_one_in_a_file_of_its_own(self):
        key = self.write("key.pem", self.PEM)
        outcome = self.applink("key", "import", "k", key, "--certificate", KEYS / "certificate.pem")
        self.assertIn("its certificate came along", outcome.err)
        self.assertEqual(self.certificate(), self.CERTIFICATE)

    def test_another_keys_is_refused_or_left_out(self):
        weak = (KEYS / "rsa1024.pem").read_bytes()
        key = self.write("key.pem", weak)
        with self.unchanged_store():
            self.refused(FAILED, "key", "import", "k", key, "--certificate", KEYS / "certificate.pem",
                         says="belongs to another key")
            self.refused(FAILED, "key", "import", "k", key, "--certificate", "absent", says="absent")
        outcome = self.applink("key", "import", "k", self.write("both.pem", self.CERTIFICATE + weak))
        self.assertIn("repaired: ", outcome.err)
        self.assertNotEqual(self.certificate(), self.CERTIFICATE)


class FromTheEnvironment(ImportTest):
    def test_by_the_name_of_a_variable(self):
        for value in (self.PEM.decode(), self.PEM.decode().replace("\n", "\\n")):
            outcome = self.applink("key", "import", "k", "--from-env", "JIRA_KEY", env={"JIRA_KEY": value})
            self.assertNotIn("BEGIN", outcome.err)
            self.keeps()

    def test_a_command_for_the_passphrase_does_not_inherit_it(self):
        spy = self.write("spy", f"#!/bin/sh\nenv >&2; echo {PASSPHRASE}\n".encode(), 0o700)
        closed = self.encrypted().read_text()
        outcome = self.applink("key", "import", "k", "--from-env", "JIRA_KEY", "--passphrase-command", spy,
                               env={"JIRA_KEY": closed})
        self.assertIn("HOME=", outcome.err)
        self.assertNotIn("JIRA_KEY", outcome.err)
        self.keeps()

    def test_a_variable_that_is_not_set(self):
        with self.unchanged_store():
            self.refused(USAGE, "key", "import", "k", "--from-env", "JIRA_KEY", says="JIRA_KEY is not set")
            self.refused(USAGE, "key", "import", "k", "--from-env", "JIRA_KEY", says="not set", env={"JIRA_KEY": ""})
            self.refused(FAILED, "key", "import", "k", "--from-env", "JIRA_KEY", env={"JIRA_KEY": "no key"})


class Passphrases(ImportTest):
    def test_from_file_standard_input_descriptor_and_command(self):
        file = self.encrypted()
        secret = self.write("passphrase", f"{PASSPHRASE}\n".encode())
        ways = [["--passphrase-file", secret], ["--passphrase-file", "-"], ["--passphrase-fd", "0"],
                ["--passphrase-command", f"cat {secret}"]]
        for words in ways:
            with self.subTest(words=words):
                self.applink("key", "import", "k", file, *words, input=PASSPHRASE.encode())
                self.keeps()
        with open(secret, "rb") as opened:
            self.applink("key", "import", "k", "-", "--passphrase-fd", opened.fileno(), input=file.read_bytes(),
                         pass_fds=[opened.fileno()])
        self.keeps()

    def test_asked_for_on_a_terminal_once_and_not_shown(self):
        terminal = harness.Terminal(self, "key", "import", "k", self.encrypted())
        terminal.read_until("encrypted.pem: ")
        self.assertFalse(terminal.echoes())
        terminal.type(f"{PASSPHRASE}\n")
        seen = terminal.read_until("keeps the key k")
        self.assertEqual(terminal.wait(), DONE)
        self.assertNotIn(PASSPHRASE, seen)
        self.keeps()

    def test_a_wrong_one_ctrl_c_and_nobody_to_ask(self):
        file = self.encrypted()
        with self.unchanged_store():
            self.refused(LOCKED, "key", "import", "k", file, "--passphrase-fd", "0", input=b"sesame",
                         says="the passphrase is wrong")
            self.refused(USAGE, "key", "import", "k", file, says="no terminal", hint="--passphrase-file")
            self.refused(USAGE, "key", "import", "k", file, "--no-input", hint="--passphrase-command")
            terminal = harness.Terminal(self, "key", "import", "k", file)
            terminal.read_until("encrypted.pem: ")
            terminal.type("\x03")
            self.assertEqual(terminal.wait(), INTERRUPTED)
            self.assertTrue(terminal.echoes())

    def test_a_passphrase_of_a_key_without_one_is_not_asked_for(self):
        self.applink("key", "import", "k", self.write("key", self.PEM), "--passphrase-command", "false")
        self.keeps()


class Refusals(ImportTest):
    def test_one_origin(self):
        key = self.write("key", self.PEM)
        with self.unchanged_store():
            self.refused(USAGE, "key", "import", "k", says="FILE is missing", hint="--from-env")
            self.refused(USAGE, "key", "import", "k", key, "--from-env", "KEY", says="one place")
            self.refused(USAGE, "key", "import", "k", "-", "--passphrase-file", "-", says="standard input")
            self.refused(USAGE, "key", "import", "k", "-", "--passphrase-fd", "0", says="standard input")

    def test_the_same_key_under_another_name_is_told_and_a_taken_name_refused(self):
        key = self.write("key", self.PEM)
        self.assertNotIn("the same key", self.applink("key", "import", "one", key).err)
        self.assertIn("warning: the same key is kept as one too", self.applink("key", "import", "two", key).err)
        with self.unchanged_store():
            outcome = self.refused(FAILED, "key", "import", "two", key, says='"two" already')
            self.assertNotIn("the same key", outcome.err)

    @unittest.skipUnless(WITHOUT_SHA1, "a sanitizer must be loaded first")
    def test_a_policy_without_sha1_is_warned_of(self):
        outcome = self.applink("key", "import", "k", self.write("key", self.PEM), env={"LD_PRELOAD": WITHOUT_SHA1})
        self.assertIn("warning: this machine's OpenSSL policy refuses SHA-1 signatures", outcome.err)
        self.assertIn("hint: on RHEL", outcome.err)


if __name__ == "__main__":
    harness.main()
