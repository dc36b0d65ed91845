"""key inspect: what any file is, what Jira makes of it, and whether two belong together."""

import base64
import subprocess

import harness
from harness import DONE, FAILED, KEYS, USAGE

PASSPHRASE = "open sesame"


def openssl(*words, input=None):
    return subprocess.run(["openssl", *words], input=input, capture_output=True, check=True).stdout


class InspectTest(harness.CommandTest):
    def inspect(self, *words, **options):
        return self.applink("key", "inspect", *words, **options)

    def report(self, *words, **options):
        document = self.inspect(*words, "--json", **options).json
        self.assertEqual(document["version"], 1)
        return document["inspection"]


class Facts(InspectTest):
    def test_of_a_private_key_as_openssl_and_ssh_keygen_have_them(self):
        file = self.write("key.pem", (KEYS / "pkcs1.pem").read_bytes())
        der = openssl("rsa", "-in", file, "-pubout", "-outform", "DER")
        digest = openssl("dgst", "-sha256", "-binary", input=der)
        report = self.report(file)
        self.assertEqual((report["file"], report["stored_key"]), (str(file), None))
        self.assertEqual((report["kind"], report["form"], report["algorithm"]), ("private key", "PKCS#1 PEM", "RSA"))
        self.assertEqual((report["bits"], report["exponent"]), (2048, "65537"))
        self.assertEqual(report["sha256"], digest.hex())
        self.assertEqual(report["sha256_base64"], base64.b64encode(digest).decode())
        said = subprocess.run(["ssh-keygen", "-l", "-f", file], capture_output=True, check=True).stdout.decode()
        self.assertEqual(report["ssh_fingerprint"], said.split()[1])
        self.assertEqual((report["certificate"], report["warnings"], report["repairs"]), (None, [], []))
        for door in ("admin_form", "rest"):
            self.assertFalse(report[door]["takes_it"])
            self.assertTrue(report[door]["why_not"])

    def test_which_of_jiras_doors_takes_it(self):
        doors = {"public": (True, True), "certificate": (True, False), "public_pkcs1": (False, False),
                 "request": (False, False)}
        for name, expected in doors.items():
            with self.subTest(file=name):
                report = self.report(KEYS / f"{name}.pem")
                self.assertEqual((report["admin_form"]["takes_it"], report["rest"]["takes_it"]), expected)

    def test_of_a_certificate(self):
        report = self.report(KEYS / "certificate.pem")
        dates = openssl("x509", "-in", KEYS / "certificate.pem", "-noout", "-enddate", "-dateopt", "iso_8601").decode()
        end = dates.strip().removeprefix("notAfter=").replace(" ", "T")
        self.assertEqual(report["certificate"]["not_after"], end)
        self.assertEqual(report["kind"], "certificate")

    def test_of_a_certificate_that_has_expired(self):
        self.applink("key", "create", "hub", "--out", "keys", "--days", 1)
        self.assertEqual(self.report("keys/public_key.cer")["warnings"], [])
        late = self.report("keys/public_key.cer", env={"APPLINK_CLOCK_OFFSET": str(2 * harness.DAY)})
        self.assertIn("expired", late["warnings"][0])
        self.assertTrue(late["admin_form"]["takes_it"], "jira does not mind")

    def test_of_what_is_no_key(self):
        cases = {"web page": b"<!DOCTYPE html><html></html>", "empty file": b"",
                 "unknown file": b"nothing of the kind\n", "broken key file": (KEYS / "pkcs1.pem").read_bytes()[:900]}
        for kind, content in cases.items():
            with self.subTest(kind=kind):
                report = self.report("-", input=content)
                self.assertEqual(report["file"], "standard input")
                self.assertEqual((report["sha256"], report["bits"]), (None, None))
                self.assertTrue(report["description"])
                self.assertTrue(report["advice"], report)

    def test_weak_keys_are_warned_of(self):
        self.assertTrue(self.report("-", input=(KEYS / "rsa1024.pem").read_bytes())["warnings"])

    def test_others_may_read_it(self):
        for name, warned in (("pkcs8.pem", True), ("encrypted_pkcs8.pem", True), ("public.pem", False)):
            for mode in (0o600, 0o640, 0o604):
                with self.subTest(file=name, mode=oct(mode)):
                    file = self.write(name, (KEYS / name).read_bytes(), mode)
                    warnings = [text for text in self.report(file)["warnings"] if f"chmod 600 {file}" in text]
                    self.assertEqual(bool(warnings), warned and mode != 0o600)

    def test_a_file_that_cannot_be_read(self):
        self.refused(FAILED, "key", "inspect", "absent", says="absent")
        self.refused(FAILED, "key", "inspect", ".", says="not a file")

    def test_which_one(self):
        self.refused(USAGE, "key", "inspect", says="FILE is missing", hint="--stored")
        self.refused(USAGE, "key", "inspect", "file", "--stored", "k", hint="--match")
        self.refused(USAGE, "key", "inspect", "-", "--match", "-", says="standard input")
        self.refused(USAGE, "key", "inspect", "-", "--passphrase-file", "-", says="standard input")


class ForPeople(InspectTest):
    def test_fits_80_columns(self):
        files = [*KEYS.glob("*.pem"), *(KEYS / "odd").iterdir()]
        self.assertGreater(len(files), 20)
        for file in files:
            if not file.is_file():
                continue
            with self.subTest(file=file.name):
                out = self.inspect("-", input=file.read_bytes()).out
                self.assertRegex(out, r"(?m)^  is +\S")
                for line in out.splitlines():
                    self.assertLessEqual(len(line), 80, line)

    def test_says_what_matters(self):
        out = self.inspect(KEYS / "certificate.pem").out
        for label in ("is", "exponent", "SHA-256", "ssh-keygen", "certificate", "valid until", "Jira's form", "Jira's REST"):
            self.assertRegex(out, rf"(?m)^  {label}  +\S")
        self.assertRegex(out, r"(?m)^  Jira's form +takes it as it is$")
        self.assertRegex(out, r"(?m)^  Jira's REST +does not take it: ")

    def test_one_answer_where_both_doors_have_it(self):
        self.assertRegex(self.inspect(KEYS / "public.pem").out, r"(?m)^  Jira +takes it as it is, by its form and by REST$")
        self.assertRegex(self.inspect(KEYS / "request.pem").out, r"(?m)^  Jira +takes it neither by its form nor by REST: ")

    def test_hostile_names_and_contents_are_made_harmless(self):
        file = self.write("a\x1b[31mb", b"\x1b[31m<html>")
        self.assertNotIn("\x1b", self.inspect(file).out)


class Encrypted(InspectTest):
    def setUp(self):
        super().setUp()
        content = openssl("pkcs8", "-topk8", "-in", KEYS / "pkcs1.pem", "-passout", f"pass:{PASSPHRASE}")
        self.file = self.write("closed.pem", content)

    def test_is_said_to_be_so_where_nobody_opens_it(self):
        report = self.report(self.file)
        self.assertEqual((report["kind"], report["bits"]), ("encrypted private key", None))

    def test_is_opened_by_the_passphrase(self):
        report = self.report(self.file, "--passphrase-fd", "0", input=PASSPHRASE.encode())
        self.assertEqual(report["bits"], 2048)
        report = self.report(self.file, "--passphrase-fd", "0", input=b"wrong")
        self.assertEqual(report["bits"], None)
        self.assertIn("the passphrase is wrong", report["description"])
        self.assertEqual(report["warnings"], [])

    def test_a_right_passphrase_is_not_blamed_for_what_the_file_holds(self):
        file = self.write("two.p12", (KEYS / "odd/two_keys.p12").read_bytes())
        report = self.report(file, "--passphrase-fd", "0", input=b"testtest")
        self.assertIn("holds 2 private keys: b, a", report["description"])
        self.assertEqual(report["warnings"], [])

    def test_is_asked_for_on_a_terminal_where_enter_is_an_answer(self):
        for answer, seen in ((PASSPHRASE, "65537"), ("", "encrypted")):
            terminal = harness.Terminal(self, "key", "inspect", self.file)
            terminal.read_until("do not open it): ")
            self.assertFalse(terminal.echoes())
            terminal.type(f"{answer}\n")
            self.assertEqual(terminal.wait(), DONE)
            self.assertNotIn(PASSPHRASE, terminal.read_until(seen))


class Stored(InspectTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def test_has_the_facts_of_the_key_and_of_its_certificate(self):
        report = self.report("--stored", "hubkey")
        file = self.report(KEYS / "public.pem")
        self.assertEqual((report["stored_key"], report["file"]), ("hubkey", None))
        self.assertEqual((report["kind"], report["bits"]), ("private key", 2048))
        self.assertEqual(report["sha256"], file["sha256"])
        self.assertEqual(report["certificate"]["subject"], "CN=hubkey")
        self.assertEqual((report["admin_form"], report["rest"]), (None, None))
        self.assertIn("applink key export hubkey --public-pem", self.inspect("--stored", "hubkey").out)

    def test_unknown_names_are_answered_with_the_nearest(self):
        self.refused(FAILED, "key", "inspect", "--stored", "hubkeu", hint="hubkey")


class Match(InspectTest):
    """Do these two belong together? 0 they do, 1 they do not."""

    def setUp(self):
        super().setUp()
        self.have_key()

    def test_two_halves_of_one_key(self):
        private = self.write("key.pem", (KEYS / "pkcs8.pem").read_bytes())
        for other in ("public.pem", "certificate.pem", "public_pkcs1.pem", "pkcs1.pem", "request.pem"):
            for words in ([private], ["--stored", "hubkey"], ["-"]):
                with self.subTest(other=other, words=words):
                    outcome = self.inspect(*words, "--match", KEYS / other, input=private.read_bytes())
                    self.assertIn("they belong together: ", outcome.out)

    def test_two_keys(self):
        for words in ([KEYS / "public.pem"], ["--stored", "hubkey"]):
            outcome = self.refused(FAILED, "key", "inspect", *words, "--match", KEYS / "rsa1024.pem",
                                   says="they do not belong together: ", hint="key inspect")
            self.assertEqual(outcome.out, "")

    def test_for_programs(self):
        for other, same, status in (("certificate", True, DONE), ("rsa1024", False, FAILED)):
            file = KEYS / f"{other}.pem"
            outcome = self.run_applink("key", "inspect", KEYS / "public.pem", "--match", file, "--json")
            self.assertEqual(outcome.status, status)
            self.assertEqual(outcome.json["inspection"]["match"], {"file": str(file), "same_key": same})
        self.assertIsNone(self.report(KEYS / "public.pem")["match"])

    def test_what_has_no_key_to_compare(self):
        page = self.write("page.html", b"<html></html>")
        for one, other in ((page, KEYS / "public.pem"), (KEYS / "public.pem", page),
                           (KEYS / "public.pem", KEYS / "ec_public.pem"), (KEYS / "public.pem", "absent")):
            with self.subTest(one=one, other=other):
                self.refused(FAILED, "key", "inspect", one, "--match", other)

    def test_nothing_of_it_changes_the_store(self):
        with self.unchanged_store():
            self.inspect("--stored", "hubkey", "--match", KEYS / "public.pem")


if __name__ == "__main__":
    harness.main()
