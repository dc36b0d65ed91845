"""Random requests through the executable: what `sign --batch` signs is what oauthlib would have signed, and
`verify` takes what oauthlib signed, and nothing of it that was altered."""

import base64
import hashlib
import hmac
import json
import pathlib
import random
import sys
from urllib.parse import unquote

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from oauthlib import oauth1

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import base_string_test as generated  # noqa: E402
import harness  # noqa: E402
from harness import DONE, FAILED, KEYS  # noqa: E402

SEED = 5849_2
BATCH = 400
VERIFIED = 15
ORIGIN = "https://jira.example.com:8443"
CONSUMER_SECRET, TOKEN_SECRET = "c&s/+ %", "t=s"


def requests(count, seed):
    """Such as sign takes: each with an id, a nonce and a time of its own."""
    rng = random.Random(seed)
    while count:
        path = generated.path(rng)
        if not path or {".", ".."} & set(unquote(path).split("/")):  # sign refuses these
            continue
        query = generated.pairs(rng)
        made = {"id": count, "method": rng.choice(["GET", "POST", "PUT", "DELETE", "PATCH", "X*Y"]),
                "url": ORIGIN + path + (f"?{query}" if query else ""),
                "nonce": f"{rng.getrandbits(64):x}", "timestamp": rng.randrange(1, 2**33)}
        if made["method"] in ("POST", "PUT", "PATCH"):
            if rng.random() < 0.6:
                made.update(content_type=generated.FORM, body=generated.pairs(rng))
            else:
                made.update(content_type="application/json", body='{"summary": "a=b&c ä"}')
        yield made
        count -= 1


class BatchTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.key = self.write("key.pem", (KEYS / "pkcs1.pem").read_bytes())
        self.public_key = serialization.load_pem_private_key(self.key.read_bytes(), None).public_key()
        self.shared = ("--consumer-secret-file", self.write("cs", CONSUMER_SECRET.encode()),
                       "--token-secret-file", self.write("ts", TOKEN_SECRET.encode()))
        self.client = ("--consumer-key", "hub", "--token", "tok", "--product", "generic", "--base-url", ORIGIN)


class Signed(BatchTest):
    def signed(self, *words):
        made = list(requests(BATCH, SEED))
        lines = "".join(json.dumps(one) + "\n" for one in made)
        outcome = self.run_applink("sign", "--batch", *self.client, *words, input=lines.encode())
        answers = [json.loads(line) for line in outcome.stdout.splitlines()]
        self.assertEqual([answer.get("id") for answer in answers], [one["id"] for one in made], outcome.stderr[-400:])
        return zip(made, answers)

    def base_string(self, made, method):
        protocol = [("oauth_consumer_key", "hub"), ("oauth_signature_method", method), ("oauth_token", "tok"),
                    ("oauth_timestamp", str(made["timestamp"])), ("oauth_nonce", made["nonce"]), ("oauth_version", "1.0")]
        return generated.expected_with(made, protocol)

    def test_with_a_key(self):
        for made, answer in self.signed("--key-file", self.key):
            self.assertEqual(answer.get("base_string"), self.base_string(made, "RSA-SHA1"), (SEED, made, answer))
            self.public_key.verify(base64.b64decode(answer["signature"]), answer["base_string"].encode(),
                                   padding.PKCS1v15(), hashes.SHA1())

    def test_with_secrets(self):
        key = "&".join(generated.quote(secret, safe="~") for secret in (CONSUMER_SECRET, TOKEN_SECRET)).encode()
        for made, answer in self.signed(*self.shared, "--signature-method", "HMAC-SHA256"):
            base_string = self.base_string(made, "HMAC-SHA256")
            self.assertEqual(answer.get("base_string"), base_string, (SEED, made, answer))
            mac = hmac.new(key, base_string.encode(), hashlib.sha256).digest()
            self.assertEqual(answer["signature"], base64.b64encode(mac).decode())


class Verified(BatchTest):
    def message(self, made):
        client = oauth1.Client("hub", resource_owner_key="tok", rsa_key=self.key.read_text(),
                               signature_method=oauth1.SIGNATURE_RSA_SHA1)
        headers = {"Content-Type": made["content_type"]} if "body" in made else {}
        is_form = made.get("content_type") == generated.FORM
        # oauthlib writes a form anew; the body that is sent is the one that was made.
        url, headers, _ = client.sign(made["url"], made["method"], made["body"] if is_form else None, headers)
        lines = [f"{made['method']} {url} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n" + made.get("body", "")).encode()

    def test_as_it_was_signed_and_no_other_way(self):
        rng = random.Random(SEED)
        for made in requests(VERIFIED, SEED + 1):
            with self.subTest(made=made):
                message = self.message(made)
                judged = self.run_applink("verify", "--public-key", KEYS / "public.pem", input=message)
                self.assertEqual(judged.status, DONE, (message, judged))
                before, after = rng.choice([(b":8443/", b":8444/"), (b"https://", b"http://"), (b' HTTP/1.1', b"&z=1 HTTP/1.1" if
                                            "?" in made["url"] else b"?z=1 HTTP/1.1"), (made["method"].encode(), b"HEAD")])
                altered = message.replace(before, after, 1)
                judged = self.run_applink("verify", "--public-key", KEYS / "public.pem", input=altered)
                self.assertEqual(judged.status, FAILED, (altered, judged))


if __name__ == "__main__":
    harness.main()
