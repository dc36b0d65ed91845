"""One link on its way from one machine to another, under a passphrase."""

import json
import os
import stat

import harness
from harness import DONE, FAILED, LOCKED, USAGE

URL = "https://jira.example.com/jira"


class ExportTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.have_link(URL)
        self.passphrase = ("--passphrase-file", self.write("passphrase", b"four words are enough\n"))
        self.file = self.home / "prod.link"
        other = self.home / "other"
        other.mkdir()
        self.there = {"HOME": str(other)}  # another machine

    def export(self, *words, **options):
        return self.applink("store", "export", "--link", "prod", *self.passphrase, *words, **options)

    def import_(self, *words, **options):
        return self.applink("store", "import", self.file, *self.passphrase, *words, env=self.there, **options)

    def refuses(self, status, *words, **options):
        """The other machine refuses the file, and its store is as it was."""
        return self.refused(status, "store", "import", self.file, *self.passphrase, *words, env=self.there, **options)

    def shown(self, what, name, env):
        return self.applink(what, "show", name, "--json", env=env).json


class Export(ExportTest):
    def test_into_a_private_new_file(self):
        outcome = self.export("-o", self.file)
        self.assertEqual(outcome.out, f"{self.file}\n")
        self.assertIn(f"exported the link prod to {URL}, the key hubkey and no tokens", outcome.err)
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        text = self.file.read_text()
        self.assertTrue(text.startswith("-----BEGIN APPLINK LINK-----\n"))
        self.refused(FAILED, "store", "export", "--link", "prod", *self.passphrase, "-o", self.file,
                     says="exists", hint="--force")
        self.assertEqual(self.file.read_text(), text)
        self.assertIn("kept as", self.export("-o", self.file, "--force").err)

    def test_to_be_pasted(self):
        self.file.write_bytes(b"From: alice\r\n\r\n> hello\r\n" + self.export().stdout.replace(b"\n", b"\r\n") + b"--\r\n")
        self.import_()

    def test_holds_nothing_in_the_clear(self):
        text = self.export().out
        for word in ("jira.example.com", "hubkey", "prod", "PRIVATE"):
            self.assertNotIn(word, text)

    def test_the_only_link_is_meant(self):
        self.applink("store", "export", *self.passphrase, "-o", self.file)
        self.have_link(URL, name="second")
        self.refused(USAGE, "store", "export", *self.passphrase, hint="name one")
        self.refused(FAILED, "store", "export", "--link", "pord", *self.passphrase, hint="prod")

    def test_asks_for_the_passphrase_twice(self):
        terminal = harness.Terminal(self, "store", "export", "--link", "prod", "-o", self.file)
        terminal.read_until("Passphrase for the exported link prod:")
        self.assertFalse(terminal.echoes())
        terminal.type("secret words\n")
        terminal.read_until("The same again:")
        terminal.type("secret words\n")
        self.assertEqual(terminal.wait(), DONE)
        terminal = harness.Terminal(self, "store", "import", self.file, env=self.there)
        terminal.read_until("Passphrase of ")
        terminal.type("secret words\n")
        terminal.read_until("keeps the link prod")
        self.assertEqual(terminal.wait(), DONE)

    def test_never_waits_where_nobody_can_be_asked(self):
        self.refused(USAGE, "store", "export", "--link", "prod", hint="--passphrase-file")
        self.export("-o", self.file)
        self.refused(USAGE, "store", "import", self.file, env=self.there, hint="--passphrase-file")
        self.refused(USAGE, "store", "import", "-", "--passphrase-file", "-", env=self.there, says="standard input")


class Import(ExportTest):
    def test_all_that_belongs_to_it(self):
        self.export("-o", self.file)
        outcome = self.import_()
        self.assertIn(f"keeps the link prod to {URL}, the key hubkey and no tokens", outcome.err)
        self.assertIn("next: applink login prod", outcome.err)
        here, there = self.shown("link", "prod", {}), self.shown("link", "prod", self.there)
        self.assertEqual(here, there)
        self.assertEqual(self.shown("key", "hubkey", {})["key"]["sha256"],
                         self.shown("key", "hubkey", self.there)["key"]["sha256"])
        self.applink("store", "check", env=self.there)

    def test_tokens_go_along_and_are_good_there(self):
        sandbox = self.have_sandbox("--approve-as", "alice")
        self.applink("link", "set", "prod", "--url", sandbox.url, "--yes")
        self.log_in()
        self.assertIn("renewed on one of the two machines", self.export("-o", self.file).err)
        outcome = self.import_("--json")
        tokens = outcome.json["import"]["tokens"]
        self.assertEqual([(t["user_label"], t["user_name"]) for t in tokens], [("default", "alice")])
        answer = self.applink("request", "GET", "/rest/api/2/myself", env=self.there)
        self.assertEqual(json.loads(answer.stdout)["name"], "alice")

        self.export("-o", self.file, "--force", "--without-tokens")
        self.import_("--as", "second", "--key-as", "second")
        self.assertEqual(len(self.applink("token", "list", "--json", env=self.there).json["tokens"]), 1)

    def test_from_standard_input(self):
        text = self.export().stdout
        self.applink("store", "import", "-", *self.passphrase, input=text, env=self.there)
        self.shown("link", "prod", self.there)

    def test_a_consumer_secret(self):
        secret = self.write("secret", b"kd94hf93k423kf44\n")
        self.applink("link", "add", "photos", "--product", "generic", "--url", "https://photos.example.net",
                     "--consumer-key", "key", "--signature-method", "HMAC-SHA256", "--consumer-secret-file", secret,
                     "--two-legged")
        text = self.applink("store", "export", "--link", "photos", *self.passphrase)
        self.assertIn("its consumer secret and no tokens", text.err)
        self.file.write_bytes(text.stdout)
        self.assertIsNone(self.import_("--json").json["import"]["key"])
        words = ("sign", "GET", "https://photos.example.net/x", "-l", "photos", "--token", "", "--nonce", "n",
                 "--timestamp", "1700000000")
        self.assertEqual(self.applink(*words).out, self.applink(*words, env=self.there).out)

    def test_a_dry_run_shows_it_and_changes_nothing(self):
        self.export("-o", self.file)
        outcome = self.import_("--dry-run")
        self.assertRegex(outcome.out, r"(?m)^url +" + URL)
        self.assertRegex(outcome.out, r"(?m)^key, SHA-256 +[0-9a-f]{64}$")
        self.assertRegex(outcome.out, r"(?m)^exported +\S+Z by \S+@\S+$")
        self.assertFalse((self.home / "other/.local").exists(), "no store was made")
        shown = self.import_("--dry-run", "--json").json["import"]
        self.assertEqual(shown["key"]["becomes"], "added")
        self.assertEqual(shown["tokens"], [])
        self.import_()
        self.refuses(FAILED, "--dry-run", says='there is a link "prod" already', hint="--as NAME")
        outcome = self.import_("--dry-run", "--as", "second", "--json")
        self.assertIn("it is the same", outcome.err)
        shown = outcome.json["import"]
        self.assertEqual((shown["link"]["name"], shown["key"]["becomes"]), ("second", "reused"))

    def test_names_that_are_taken(self):
        self.export("-o", self.file)
        self.import_()
        self.refuses(FAILED, says='there is a link "prod" already', hint="--as NAME")
        self.assertIn("it is the same", self.import_("--as", "second").err)
        self.assertIn("the same key is kept as hubkey too", self.import_("--as", "third", "--key-as", "mine").err)
        self.applink("link", "remove", "second", "--yes", env=self.there)
        other = self.write("other.pem", (harness.KEYS / "rsa3072.pem").read_bytes())
        self.applink("key", "import", "taken", other, env=self.there)
        events = self.applink("store", "info", "--json", env=self.there).json
        self.refuses(FAILED, "--as", "fourth", "--key-as", "taken", says='another key "taken"', hint="--key-as NAME")
        self.assertEqual(self.applink("store", "info", "--json", env=self.there).json, events)
        for flag in ("--as", "--key-as"):
            self.refuses(USAGE, flag, "no/name")

    def test_a_wrong_passphrase(self):
        self.export("-o", self.file)
        self.passphrase = ("--passphrase-file", self.write("wrong", b"other words\n"))
        self.refuses(LOCKED, says="the passphrase does not open", hint="type it again")
        self.assertFalse((self.home / "other/.local").exists(), "no store was made")

    def test_what_is_no_exported_link(self):
        text = self.export().out
        for content, says in ((b"", "no exported link"), (b"\0" * 1000, "no exported link"),
                              (text[:300].encode(), "cut off"), ((text + text).encode(), "more than one"),
                              (text.replace("\n", "\n=", 2).encode(), "no base64")):
            self.file.write_bytes(content)
            outcome = self.refuses(FAILED, says=says)
            self.assertIn(str(self.file), outcome.err)
        self.refused(FAILED, "store", "import", self.home / "absent", *self.passphrase, env=self.there)

    def test_a_bit_that_was_changed(self):
        lines = self.export().out.splitlines()
        changed = bytearray(lines[5], "ascii")
        changed[7] = ord("A") if changed[7] != ord("A") else ord("B")
        lines[5] = changed.decode()
        self.file.write_text("\n".join(lines))
        self.refuses(LOCKED, says="or a byte of it was changed")

    def test_files_that_stay_behind_are_named(self):
        ca_file = self.write("ca.pem", (harness.KEYS / "certificate.pem").read_bytes())
        self.applink("link", "set", "prod", "--ca-file", ca_file)
        self.export("-o", self.file)
        self.assertNotIn("ca.pem", self.import_("--dry-run").err)
        os.rename(ca_file, self.home / "elsewhere.pem")
        outcome = self.import_()
        self.assertIn(f"the link needs {ca_file}, which is not on this machine", outcome.err)
        self.assertIn("applink link set prod --ca-file FILE", outcome.err)


if __name__ == "__main__":
    harness.main()
