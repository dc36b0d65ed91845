"""No command that has a private key or a passphrase in its hands leaves them in memory that it frees."""

import base64
import os
import unittest

import harness
from harness import KEYS
from cryptography.hazmat.primitives import serialization

FREED_MEMORY = os.environ.get("APPLINK_FREED_MEMORY")
PASSPHRASE = "correct horse battery staple"
# No secret, and on the heap: found again, it shows that the search finds.
NAME = "a-key-whose-name-is-no-secret"
PRIVATE_FORMS = ("--private-pem", "--private-der", "--private-pkcs8", "--private-pkcs8-der", "--private-base64",
                 "--private-jwk")


def pieces_of(key):
    """A piece of each secret number as it may lie in memory: either byte order, each base64 of it."""
    private = key.private_numbers()
    for number in (private.p, private.q, private.d, private.dmp1, private.dmq1, private.iqmp):
        size = (number.bit_length() + 7) // 8
        whole = number.to_bytes(size, "big")
        yield whole[20:36]
        yield whole[::-1][20:36]
        yield base64.urlsafe_b64encode(whole)[20:40]
    for form in (serialization.PrivateFormat.TraditionalOpenSSL, serialization.PrivateFormat.PKCS8):
        der = key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())
        yield base64.b64encode(der)[-200:-180]  # within one line of the PEM


@unittest.skipUnless(FREED_MEMORY, "a sanitizer must be loaded first")
class FreedMemory(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.pem = (KEYS / "pkcs1.pem").read_bytes()
        self.file = self.write("key.pem", self.pem)
        self.passphrase = self.write("passphrase", PASSPHRASE.encode())
        key = serialization.load_pem_private_key(self.pem, None)
        self.secrets = [*pieces_of(key), PASSPHRASE.encode()]
        lines = [secret.hex() for secret in (NAME.encode(), *self.secrets)]
        watched = self.write("watched", "\n".join(lines).encode())
        self.found = self.home / "found"
        self.watching = {"LD_PRELOAD": FREED_MEMORY, "APPLINK_WATCHED_SECRETS": str(watched),
                         "APPLINK_FOUND_SECRETS": str(self.found)}
        self.applink("key", "import", NAME, self.file)

    def leaves_nothing(self, *words, env=None, **options):
        outcome = self.applink(*words, env={**self.watching, **(env or {})}, **options)
        found = set(map(int, self.found.read_text().split())) if self.found.exists() else set()
        self.found.unlink(missing_ok=True)
        self.assertEqual([self.secrets[number - 1] for number in found if number > 0], [], words)
        return outcome, 0 in found

    def export(self, *words):
        outcome, name_was_found = self.leaves_nothing("key", "export", NAME, *words)
        self.assertTrue(name_was_found, "the search finds nothing at all")
        return self.write("exported", outcome.stdout)

    def read_back(self, file, *words):
        for command in (["key", "import", "again", file], ["key", "inspect", file],
                        ["key", "inspect", file, "--match", file]):
            self.leaves_nothing(*command, *words)
        self.applink("key", "remove", "again", "--yes")

    def test_of_open_forms(self):
        for form in PRIVATE_FORMS:
            with self.subTest(form=form):
                self.read_back(self.export(form))

    def test_of_encrypted_forms(self):
        for form in (["--encrypted-pkcs8", "--kdf", "scrypt"], ["--pkcs12"]):
            with self.subTest(form=form):
                self.export(*form, "--passphrase-file", self.passphrase)

    def test_of_the_four_files_and_of_a_backup(self):
        self.leaves_nothing("key", "export", NAME, "--all", "keys")
        self.leaves_nothing("key", "export", NAME, "--private-pkcs8", "-o", "keys/private_key.pem", "--force")

    def test_of_keys_that_others_wrote_or_bent(self):
        for name in ("openssh.pem", "encrypted_pkcs8.pem", "encrypted_pkcs1.pem", "odd/key.p12", "odd/key_rc2.p12",
                     "odd/key_without_passphrase.p12", "odd/bare_pkcs8.txt", "odd/base64_of_pem.txt", "odd/utf16.pem",
                     "odd/literal_line_ends.txt", "odd/slashes_escaped.json", "odd/private_set.jwk"):
            with self.subTest(file=name):
                self.read_back(self.write("bent", (KEYS / name).read_bytes()),
                               "--passphrase-file", self.write("test", b"test"))

    def test_of_every_origin(self):
        sealed = self.export("--encrypted-pkcs8", "--kdf", "scrypt", "--passphrase-file", self.passphrase)
        self.leaves_nothing("key", "import", "one", "-", input=self.pem)
        self.leaves_nothing("key", "import", "two", "--from-env", "KEY", env={"KEY": self.pem.decode()})
        self.leaves_nothing("key", "import", "three", sealed, "--passphrase-fd", "0", input=PASSPHRASE.encode())
        self.leaves_nothing("key", "import", "four", sealed, "--passphrase-command", f"cat {self.passphrase}")


if __name__ == "__main__":
    harness.main()
