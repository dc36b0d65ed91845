"""Key pairs: made, taken in, shown, written out, removed."""

import json
import re
import stat
import subprocess

import harness
from harness import FAILED, KEYS, USAGE

FOUR_FILES = ["private_key.pem", "private_key.pkcs8", "public_key.pem", "public_key.cer"]


def openssl(*words, input=None):
    return subprocess.run(["openssl", *words], input=input, capture_output=True, check=True).stdout


class Create(harness.CommandTest):
    def test_a_key_as_the_documentation_makes_one(self):
        outcome = self.applink("key", "create", "hubkey")
        self.assertEqual(outcome.out, "")
        self.assertIn("made the key hubkey: RSA, 2048 bits", outcome.err)
        shown = self.applink("key", "show", "hubkey", "--json").json["key"]
        self.assertEqual((shown["name"], shown["bits"]), ("hubkey", 2048))
        self.assertIn("hubkey", shown["certificate_subject"])

    def test_size_subject_and_validity(self):
        self.applink("key", "create", "k", "--bits", 3072, "--subject", "Hub of Ops", "--days", 30)
        shown = self.applink("key", "show", "k", "--json").json["key"]
        self.assertEqual(shown["bits"], 3072)
        self.assertIn("Hub of Ops", shown["certificate_subject"])
        certificate = self.applink("key", "export", "k", "--certificate").stdout
        dates = openssl("x509", "-noout", "-checkend", str(29 * harness.DAY), input=certificate)
        self.assertIn(b"will not expire", dates)

    def test_what_cannot_be_made(self):
        for words in (["--bits", "1024"], ["--bits", "8192"], ["--bits", "2049"], ["--days", "0"],
                      ["--days", "-5"], ["--days", "99999999"], ["--subject", ""], ["--subject", "a\nb"]):
            with self.subTest(words=words), self.unchanged_store():
                self.refused(USAGE, "key", "create", "k", *words)

    def test_names_that_are_none(self):
        for name in ("", "a b", "../x", "x\x07", "-x", "ä", "n" * 65):
            with self.subTest(name=name), self.unchanged_store():
                outcome = self.refused(USAGE, "key", "create", "--", name)
                self.assertNotIn("\x07", outcome.err)

    def test_a_name_that_is_taken(self):
        self.have_key()
        with self.unchanged_store():
            self.refused(FAILED, "key", "create", "hubkey", says="hubkey")


class Show(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def test_lists_and_shows_with_the_fingerprint_that_openssl_computes(self):
        der = openssl("rsa", "-in", str(KEYS / "pkcs1.pem"), "-pubout", "-outform", "DER")
        fingerprint = openssl("dgst", "-sha256", "-r", input=der).split()[0].decode()
        listed = self.applink("key", "list", "--json").json
        self.assertEqual(listed["version"], 1)
        self.assertEqual(listed["keys"][0]["sha256"], fingerprint)
        self.assertIn(f"  {fingerprint[:16]}…\n", self.applink("key", "list").out)
        self.assertIn(fingerprint, self.applink("key", "show", "hubkey").out)
        self.assertRegex(listed["keys"][0]["created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_a_list_fits_a_terminal_of_80_columns(self):
        self.applink("key", "import", "production-2031.cluster", self.home / "imported.pem")
        for line in self.applink("key", "list").out.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_never_shows_anything_private(self):
        private = self.applink("key", "export", "hubkey", "--private-pem").out
        for words in (["key", "show", "hubkey"], ["key", "list"], ["key", "show", "hubkey", "--json"]):
            said = self.applink(*words)
            for line in private.splitlines()[1:]:
                self.assertNotIn(line, said.out + said.err)

    def test_an_unknown_name_has_a_neighbour(self):
        self.refused(FAILED, "key", "show", "hubkye", says="hubkye", hint="hubkey")

    def test_an_empty_list_is_an_answer(self):
        self.applink("key", "remove", "hubkey", "--yes")
        outcome = self.applink("key", "list")
        self.assertEqual(outcome.out, "")
        self.assertIn("applink key create", outcome.err)
        self.assertEqual(self.applink("key", "list", "--json").json, {"version": 1, "keys": []})


class Import(harness.CommandTest):
    def test_both_forms_are_one_key(self):
        for form in ("pkcs1", "pkcs8"):
            file = self.write(f"{form}.pem", (KEYS / f"{form}.pem").read_bytes())
            self.applink("key", "import", form, file)
        first, second = self.applink("key", "list", "--json").json["keys"]
        self.assertEqual(first["sha256"], second["sha256"])

    def test_a_weak_key_is_warned_about(self):
        weak = self.write("weak.pem", (KEYS / "rsa1024.pem").read_bytes())
        self.assertIn("applink: warning: 1024 bits are too few today", self.applink("key", "import", "weak", weak).err)
        odd = self.write("odd.pem", (KEYS / "odd/exponent_3.pem").read_bytes())
        self.assertIn("applink: warning: its public exponent 3 is weak", self.applink("key", "import", "odd", odd).err)
        sound = self.write("sound.pem", (KEYS / "pkcs8.pem").read_bytes())
        self.assertNotIn("warning", self.applink("key", "import", "sound", sound).err)

    def test_from_standard_input(self):
        self.applink("key", "import", "piped", "-", input=(KEYS / "pkcs8.pem").read_bytes())
        self.assertEqual(self.applink("key", "list", "--json").json["keys"][0]["name"], "piped")

    def test_every_file_that_is_no_rsa_private_key(self):
        whole = (KEYS / "pkcs1.pem").read_bytes()
        cases = {
            "encrypted_pkcs8": "encrypted", "encrypted_pkcs1": "encrypted", "public": "public",
            "certificate": "certificate", "ec_pkcs8": "", "ec_sec1": "", "ed25519": "", "rsa512": "",
            "composite_prime": "",
        }
        contents = {name: ((KEYS / f"{name}.pem").read_bytes(), says) for name, says in cases.items()}
        contents["two_keys"] = (whole + (KEYS / "pkcs8.pem").read_bytes(), "2 private keys")
        contents["truncated"] = (whole[: len(whole) // 2], "")
        contents["empty"] = (b"", "")
        contents["noise"] = (bytes(range(256)), "")
        for name, (content, says) in contents.items():
            for source in ("file", "standard input"):
                with self.subTest(key=name, source=source), self.unchanged_store():
                    file = self.write("key.pem", content) if source == "file" else "-"
                    outcome = self.run_applink("key", "import", "k", file, input=content)
                    self.assertIn(outcome.status, (FAILED, USAGE), outcome)
                    self.assertRegex(outcome.err, r"(?m)^applink: error: \S")
                    self.assertRegex(outcome.err, r"(?m)^applink: hint: \S")
                    self.assertIn(says, outcome.err)
                    self.assertEqual(outcome.out, "")

    def test_a_file_that_others_can_read(self):
        for mode in (0o640, 0o604):
            file = self.write("open.pem", (KEYS / "pkcs1.pem").read_bytes(), mode)
            with self.subTest(mode=oct(mode)), self.unchanged_store():
                outcome = self.run_applink("key", "import", "k", file)
                self.assertIn(outcome.status, (FAILED, USAGE))
                self.assertIn("open.pem", outcome.err)
                self.assertRegex(outcome.err, r"hint: .*chmod")

    def test_message_and_hint_name_the_file(self):
        file = self.write("old.pem", (KEYS / "encrypted_pkcs8.pem").read_bytes())
        self.refused(USAGE, "key", "import", "k", file, says=f"{file}: the private key is encrypted",
                     hint="--passphrase-file FILE")
        file = self.write("composite.pem", (KEYS / "composite_prime.pem").read_bytes())
        self.refused(FAILED, "key", "import", "k", file, says=f"{file}: ")

    def test_a_file_that_is_not_there(self):
        with self.unchanged_store():
            self.refused(FAILED, "key", "import", "k", "nowhere.pem", says="nowhere.pem", hint="spelling")

    def test_a_directory_is_no_file_whatever_its_mode(self):
        for mode in (0o700, 0o755):
            (self.home / "directory").mkdir(mode=mode, exist_ok=True)
            (self.home / "directory").chmod(mode)
            outcome = self.refused(FAILED, "key", "import", "k", "directory", says="directory is not a file")
            self.assertNotIn("chmod", outcome.err)


class Export(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def test_the_four_customary_files(self):
        out = self.applink("key", "export", "hubkey", "--all", "keys/hub").out
        self.assertEqual(out.splitlines(), [f"keys/hub/{name}" for name in FOUR_FILES])
        directory = self.home / "keys/hub"
        self.assertEqual(sorted(path.name for path in directory.iterdir()), sorted(FOUR_FILES))
        modes = [stat.S_IMODE((directory / name).stat().st_mode) for name in FOUR_FILES]
        self.assertEqual(modes, [0o600, 0o600, 0o644, 0o644])
        self.assertTrue((directory / "private_key.pem").read_text().startswith("-----BEGIN RSA PRIVATE KEY-----\n"))
        self.assertTrue((directory / "private_key.pkcs8").read_text().startswith("-----BEGIN PRIVATE KEY-----\n"))
        self.assertTrue((directory / "public_key.cer").read_text().startswith("-----BEGIN CERTIFICATE-----\n"))
        public = (directory / "public_key.pem").read_bytes()
        for name in FOUR_FILES[:2]:
            self.assertEqual(openssl("pkey", "-in", str(directory / name), "-pubout"), public)
        self.assertEqual(openssl("x509", "-in", str(directory / "public_key.cer"), "-noout", "-pubkey"), public)

    def test_the_usual_directory(self):
        out = self.applink("key", "export", "hubkey", "--all").out
        self.assertEqual(out.splitlines()[0], "keys/hubkey/private_key.pem")

    def test_nothing_is_overwritten_and_nothing_half_done(self):
        directory = self.home / "keys/hub"
        directory.mkdir(parents=True)
        (directory / "public_key.pem").write_text("mine")
        self.refused(FAILED, "key", "export", "hubkey", "--all", "keys/hub", says="public_key.pem")
        self.assertEqual([path.name for path in directory.iterdir()], ["public_key.pem"])
        self.assertEqual((directory / "public_key.pem").read_text(), "mine")

    def test_a_second_run_finds_its_files_and_is_content(self):
        first = self.applink("key", "export", "hubkey", "--all", "keys/hub").out
        (self.home / "keys/hub/public_key.cer").unlink()
        self.assertEqual(self.applink("key", "export", "hubkey", "--all", "keys/hub").out, first)
        (self.home / "keys/hub/private_key.pem").chmod(0o644)
        self.refused(FAILED, "key", "export", "hubkey", "--all", "keys/hub", says="private_key.pem exists")

    def test_single_forms_on_standard_output(self):
        labels = {"--public-pem": "PUBLIC KEY", "--certificate": "CERTIFICATE",
                  "--private-pem": "RSA PRIVATE KEY", "--private-pkcs8": "PRIVATE KEY"}
        for flag, label in labels.items():
            with self.subTest(flag=flag):
                out = self.applink("key", "export", "hubkey", flag).out
                self.assertTrue(out.startswith(f"-----BEGIN {label}-----\n"), out[:40])
                self.assertTrue(out.endswith(f"-----END {label}-----\n"))

    def test_flags_that_do_not_go_together(self):
        for words in ([], ["--public-pem", "--certificate"], ["--all", "--public-pem"], ["dir", "--public-pem"]):
            with self.subTest(words=words):
                self.refused(USAGE, "key", "export", "hubkey", *words, hint="--all")
        self.assertFalse((self.home / "dir").exists())

    def test_a_private_key_is_not_shown_on_a_terminal_by_accident(self):
        for flag in ("--private-pem", "--private-pkcs8"):
            with self.subTest(flag=flag):
                terminal = harness.Terminal(self, "key", "export", "hubkey", flag)
                self.assertEqual(terminal.wait(), USAGE)
                self.assertNotIn("BEGIN", terminal.read_until("--force"))
        terminal = harness.Terminal(self, "key", "export", "hubkey", "--private-pem", "--force")
        terminal.read_until("-----END RSA PRIVATE KEY-----")
        terminal = harness.Terminal(self, "key", "export", "hubkey", "--public-pem")
        terminal.read_until("-----END PUBLIC KEY-----")


class Remove(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def test_gone_when_said_yes(self):
        self.applink("key", "remove", "hubkey", "--yes")
        self.assertEqual(self.applink("key", "list", "--json").json["keys"], [])

    def test_nobody_to_ask_is_a_no_with_the_flag_that_answers(self):
        with self.unchanged_store():
            self.refused(USAGE, "key", "remove", "hubkey", says="no terminal", hint="--yes")
            self.refused(USAGE, "key", "remove", "hubkey", "--no-input", says="--no-input", hint="--yes")

    def test_refused_while_a_link_signs_with_it(self):
        self.have_link("https://jira.example.com/jira")
        with self.unchanged_store():
            outcome = self.run_applink("key", "remove", "hubkey", "--yes")
            self.assertIn(outcome.status, (FAILED, USAGE))
            self.assertIn("prod", outcome.err)


if __name__ == "__main__":
    harness.main()
