"""No command leaves a secret of the store in memory that it frees: what is kept, what opens it, what
signs. What SQLite has in its hands is sealed, and so is what it leaves behind."""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import struct
import unittest

import harness
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FREED_MEMORY = os.environ.get("APPLINK_FREED_MEMORY")
CONSUMER_SECRET = "consumer-secret-of-the-photos"
TOKEN_SECRET = "token-secret-from-a-file"
PHOTOS = "https://photos.example.net/api"
MYSELF = "/rest/api/2/myself"
# No secret, and on the heap: found again, it shows that the search finds.
LABEL = "a-label-that-is-no-secret"


def block(data):
    return struct.pack(">I", len(data)) + data


def data_key_of(database, unlock_key):
    """As docs/formats.md sections 4 and 5 have it."""
    with sqlite3.connect(database) as connection:
        method, parameters, wrapped = connection.execute("SELECT * FROM unlock WHERE method = 'key file'").fetchone()
    connection.close()
    place = block(method.encode()) + block(parameters)
    return AESGCM(unlock_key).decrypt(wrapped[1:13], wrapped[13:], b"\1" + block(b"unlock") + place)


@unittest.skipUnless(FREED_MEMORY, "a sanitizer must be loaded first")
class FreedMemory(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.sandbox = self.have_sandbox("--approve-as", "alice", "--state", "sandbox.state")
        self.have_link(self.sandbox.url)
        self.secrets = {}  # bytes -> name
        self.found = self.home / "found"
        unlock_key = base64.b64decode((self.home / ".config/applink/store.key").read_text().split()[-1])
        data_key = data_key_of(self.home / ".local/share/applink/store.db", unlock_key)
        self.watch("unlock key", unlock_key)
        self.watch("unlock key", base64.b64encode(unlock_key)[:40])
        self.watch("data key", data_key)
        for name in ("records", "log"):
            self.watch(f"key of {name}", hmac.digest(data_key, b"applink/1/" + name.encode(), hashlib.sha256))
        for name, secret in (("consumer secret", CONSUMER_SECRET), ("token secret from a file", TOKEN_SECRET)):
            self.watch(name, secret.encode())

    def watch(self, name, secret):
        """A piece of it, as long as a watched one may be."""
        self.secrets[secret[:64]] = name

    def watch_tokens(self):
        state = json.loads((self.home / "sandbox.state").read_text())
        for token in [*state["request_tokens"], *state["access_tokens"]]:
            self.watch("token secret", token["secret"].encode())
            if "session" in token:
                self.watch("session handle", token["session"]["handle"].encode())

    def leaves_nothing(self, *words, **options):
        watched = self.write("watched", "\n".join(secret.hex() for secret in [LABEL.encode(), *self.secrets]).encode())
        outcome = self.applink(*words, **options, env={
            "LD_PRELOAD": FREED_MEMORY, "APPLINK_WATCHED_SECRETS": str(watched),
            "APPLINK_FOUND_SECRETS": str(self.found)})
        found = set(map(int, self.found.read_text().split())) if self.found.exists() else set()
        self.found.unlink(missing_ok=True)
        names = list(self.secrets.values())
        with self.subTest(words=words[:2]):
            self.assertEqual(sorted({names[number - 1] for number in found if number > 0}), [])
        return outcome, 0 in found

    def test_of_a_login_and_what_its_token_is_used_for(self):
        page = self.leaves_nothing("login", "--user", LABEL, "--start")[0].out.strip()
        self.watch_tokens()
        self.leaves_nothing("login", "--user", LABEL, "--finish", harness.follow(page))
        self.watch_tokens()
        self.assertIn("session handle", self.secrets.values())
        for words in (("request", "GET", MYSELF, "--user", LABEL), ("sign", "GET", MYSELF, "--user", LABEL),
                      ("token", "list"), ("token", "list", "--json"), ("token", "renew", "--user", LABEL),
                      ("token", "forget", "prod", "--user", LABEL, "--yes")):
            self.leaves_nothing(*words)
            self.watch_tokens()

    def test_of_what_is_done_with_the_store_as_a_whole(self):
        self.log_in("prod", "--user", LABEL)
        self.watch_tokens()
        seen = [self.leaves_nothing(*words)[1] for words in (
            ("token", "show", "--user", LABEL), ("store", "info"), ("store", "check"), ("store", "backup", "backup.db"),
            ("link", "list"), ("link", "set", "prod", "--max-time", "9s"), ("key", "list"), ("key", "show", "hubkey"),
            ("link", "remove", "prod", "--yes"))]
        self.assertTrue(any(seen), "the search finds nothing at all")

    def test_of_consumer_secrets(self):
        secret = self.write("secret", CONSUMER_SECRET.encode() + b"\n")
        token_secret = self.write("token-secret", TOKEN_SECRET.encode() + b"\n")
        link = ("--url", PHOTOS, "--consumer-key", "dpf", "--product", "generic")
        for name, method, given in (("a", "HMAC-SHA1", secret), ("b", "PLAINTEXT", "-")):
            self.leaves_nothing("link", "add", name, *link, "--signature-method", method, "--consumer-secret-file", given,
                                input=secret.read_bytes())
        self.leaves_nothing("link", "set", "a", "--consumer-secret-command", f"cat {secret}")
        self.leaves_nothing("sign", "GET", f"{PHOTOS}/x", "-l", "a", "--token", "T", "--token-secret-file", token_secret)
        self.leaves_nothing("sign", "GET", f"{PHOTOS}/x", "--consumer-key", "dpf", "--consumer-secret-file", secret,
                            "--token", "T", "--token-secret-file", token_secret, "--signature-method", "HMAC-SHA256")
        self.leaves_nothing("link", "list")


if __name__ == "__main__":
    harness.main()
