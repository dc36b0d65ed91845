#!/usr/bin/python3
"""Signatures and the places they are sent in, judged by python3-oauthlib, which nobody here wrote.

    signature_test.py PROBE KEY

Requests from a fixed seed are signed by PROBE in all seven signature methods and sent in header,
query and body. Base string and signature must be those that oauthlib makes, the request as sent
must be accepted by oauthlib's provider, and refused by one that knows other secrets.
"""

import base64
import hashlib
import random
import subprocess
import sys

from oauthlib.common import Request
from oauthlib.oauth1 import Client, RequestValidator, SignatureOnlyEndpoint
from oauthlib.oauth1.rfc5849 import signature

import base_string_test

SEED = 2104
REQUESTS = 8  # of each method in each place
PLACEMENTS = ["header", "query", "body"]
SIGN = {
    "RSA-SHA1": signature.sign_rsa_sha1_with_client,
    "RSA-SHA256": signature.sign_rsa_sha256_with_client,
    "RSA-SHA512": signature.sign_rsa_sha512_with_client,
    "HMAC-SHA1": signature.sign_hmac_sha1_with_client,
    "HMAC-SHA256": signature.sign_hmac_sha256_with_client,
    "HMAC-SHA512": signature.sign_hmac_sha512_with_client,
    "PLAINTEXT": signature.sign_plaintext_with_client,
}
HASHES = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}
SECRETS = ["", "secret", "a&b=c", "100% ä", "~-._", "\U0001f511"]
FORM = "application/x-www-form-urlencoded"


class Validator(RequestValidator):
    """A provider that knows one client with one token, and demands nothing of their form."""

    enforce_ssl = False
    timestamp_lifetime = 10**12
    allowed_signature_methods = tuple(SIGN)
    dummy_client = "dummy"

    def __init__(self, made, public_key):
        super().__init__()
        self.made, self.public_key = made, public_key

    def check_client_key(self, client_key):
        return True

    def check_nonce(self, nonce):
        return True

    def validate_timestamp_and_nonce(self, *_, **__):
        return True

    def validate_client_key(self, client_key, request):
        return client_key == self.made["client"]

    def get_client_secret(self, client_key, request):
        return self.made["client_secret"]

    def get_access_token_secret(self, client_key, token, request):
        return self.made["token_secret"]

    def get_rsa_key(self, client_key, request):
        return self.public_key


def plain(rng, made):
    """What both sides leave to the other: oauthlib knows a form by exactly this type, wants a
    timestamp of ten digits, and decodes protocol parameters of query and body twice."""
    made["timestamp"] = rng.randrange(10**9, 10**10)
    made["client"] = "client-%d" % rng.randrange(10**6)
    made["token"] = rng.choice(["", "token"])
    made.pop("callback", None)
    if made.get("content_type") in base_string_test.FORM_TYPES:
        made["content_type"] = FORM
    return made


def request(rng, method, placement):
    made = plain(rng, base_string_test.request(rng))
    made["signature_method"], made["placement"] = method, placement
    made["body_hash"] = method != "PLAINTEXT" and rng.random() < 0.5
    made["client_secret"] = rng.choice(SECRETS)
    made["token_secret"] = rng.choice(SECRETS) if made["token"] else ""
    if method == "PLAINTEXT":
        made["url"] = "https" + made["url"][made["url"].index(":"):]
        if placement != "header":
            made["client_secret"] = "client~secret"
            made["token_secret"] = "token.secret" if made["token"] else ""
    if placement == "body":
        made["method"] = rng.choice(["POST", "PUT", "PATCH", "post"])
        if made.get("content_type") != FORM:
            made.pop("content_type", None)
            made.pop("body", None)
    return made


def expected_body_hash(made):
    form = made.get("content_type") == FORM or made["placement"] == "body"
    if not made["body_hash"] or form:
        return None
    digest = HASHES[made["signature_method"].split("-")[1]]
    return base64.b64encode(digest(made.get("body", "").encode()).digest()).decode()


def oauthlib_client(made, private_key):
    return Client(made["client"], client_secret=made["client_secret"],
                  resource_owner_key=made["token"] or None,
                  resource_owner_secret=made["token_secret"],
                  signature_method=made["signature_method"], rsa_key=private_key,
                  nonce=made["nonce"], timestamp=str(made["timestamp"]))


def expected_base_string(made):
    protocol = [("oauth_consumer_key", made["client"]), ("oauth_token", made["token"]),
                ("oauth_signature_method", made["signature_method"]),
                ("oauth_timestamp", str(made["timestamp"])), ("oauth_nonce", made["nonce"]),
                ("oauth_version", "1.0")]
    if expected_body_hash(made):
        protocol.append(("oauth_body_hash", expected_body_hash(made)))
    return base_string_test.expected_with(made, protocol)


def is_accepted(made, sent, public_key):
    endpoint = SignatureOnlyEndpoint(Validator(made, public_key))
    return endpoint.validate_request(sent["url"], sent["method"], sent["body"], sent["headers"])[0]


def faults(made, answer, keys):
    """What is wrong with the answer to one request."""
    if "error" in answer:
        return [answer["error"]]
    found = []
    base_string = expected_base_string(made)
    if answer["base_string"] != base_string:
        found.append("base string %s" % base_string)
    wanted = SIGN[made["signature_method"]](base_string, oauthlib_client(made, keys["private"]))
    if answer["signature"] != wanted:
        found.append("signature %s" % wanted)
    sent = answer["sent"]
    if not is_accepted(made, sent, keys["public"]):
        found.append("acceptance")
    other = {**made, "client_secret": made["client_secret"] + "x"}
    if is_accepted(other, sent, keys["other"]):
        found.append("refusal by a provider with other secrets")
    return found


def check_bodies(rng):
    """oauthlib's own oauth_body_hash, which it makes with SHA-1 alone, is the one expected here."""
    for body in ["", "Hello World!", '{"a": "ä"}']:
        made = {"signature_method": "HMAC-SHA1", "content_type": "application/json", "body": body,
                "placement": "header", "body_hash": True, "client": "c", "client_secret": "",
                "token": "", "token_secret": "", "nonce": "n", "timestamp": rng.randrange(10**9)}
        asked = Request("http://h/", "POST", body, {"Content-Type": "application/json"})
        theirs = dict(oauthlib_client(made, None).get_oauth_params(asked))["oauth_body_hash"]
        assert theirs == expected_body_hash(made), body


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], capture_output=True, text=True,
                          check=True).stdout


def read_keys(path):
    with open(path, encoding="ascii") as file:
        private = file.read()
    other = path.replace("pkcs1.pem", "rsa1024.pem")
    assert other != path
    return {"private": private, "public": openssl("rsa", "-in", path, "-pubout"),
            "other": openssl("rsa", "-in", other, "-pubout")}


def main():
    probe, keys = sys.argv[1:3], read_keys(sys.argv[2])
    rng = random.Random(SEED)
    check_bodies(rng)
    requests = [request(rng, method, placement) for method in SIGN for placement in PLACEMENTS
                for _ in range(REQUESTS)]
    wrong = 0
    for made, answer in zip(requests, base_string_test.ask(probe, requests)):
        for fault in faults(made, answer, keys):
            wrong += 1
            if wrong <= 5:
                print("request:  %r\nexpected: %s\nanswer:   %s\n" % (made, fault, answer))
    print("%d faults in %d signed requests" % (wrong, len(requests)))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
