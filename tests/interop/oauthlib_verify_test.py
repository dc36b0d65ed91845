"""verify: requests that python3-oauthlib signed, in every method and placement, captured and judged."""

import pathlib
import sys

from oauthlib import oauth1

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import harness  # noqa: E402
from harness import FAILED, KEYS

RSA = {"RSA-SHA1": oauth1.SIGNATURE_RSA_SHA1, "RSA-SHA256": oauth1.SIGNATURE_RSA_SHA256,
       "RSA-SHA512": oauth1.SIGNATURE_RSA_SHA512}
SHARED = {"HMAC-SHA1": oauth1.SIGNATURE_HMAC_SHA1, "HMAC-SHA256": oauth1.SIGNATURE_HMAC_SHA256,
          "HMAC-SHA512": oauth1.SIGNATURE_HMAC_SHA512, "PLAINTEXT": oauth1.SIGNATURE_PLAINTEXT}
PLACEMENTS = {"header": oauth1.SIGNATURE_TYPE_AUTH_HEADER, "query": oauth1.SIGNATURE_TYPE_QUERY,
              "body": oauth1.SIGNATURE_TYPE_BODY}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
URL = "https://jira.example.com:8443/jira/rest/x?q=a%20b%2Fc&q=1&e=&u=%C3%A9"
BODY = "f=g+h&f=%7E%21%2A&a="


class OfOauthlib(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.rsa = ("--public-key", KEYS / "public.pem")
        self.shared = ("--consumer-secret-file", self.write("cs", b"c&s/+ %\n"),
                       "--token-secret-file", self.write("ts", b"t=s\n"))

    def captured(self, method_name, url, verb="POST", placement="header", **more):
        """The message that a client with oauthlib would send."""
        client = oauth1.Client(
            "hub", client_secret="c&s/+ %", resource_owner_key="tok", resource_owner_secret="t=s",
            rsa_key=(KEYS / "pkcs1.pem").read_text(), signature_method={**RSA, **SHARED}[method_name],
            signature_type=PLACEMENTS[placement], **more)
        body, headers = (BODY, dict(FORM)) if verb != "GET" else (None, {})
        url, headers, body = client.sign(url, verb, body, headers)
        head = [f"{verb} {url} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return ("\r\n".join(head) + "\r\n\r\n" + (body or "")).encode()

    def test_every_method_and_placement(self):
        for method in {**RSA, **SHARED}:
            for placement in PLACEMENTS:
                for verb in ("POST", "PUT") if placement == "body" else ("GET", "POST", "PUT"):
                    with self.subTest(method=method, placement=placement, verb=verb):
                        key = self.rsa if method in RSA else self.shared
                        message = self.captured(method, URL, verb, placement)
                        outcome = self.applink("verify", *key, input=message)
                        self.assertNotIn("tok", outcome.out.replace("token", ""))

    def test_what_was_changed_on_the_way_is_named(self):
        for method, key in (("RSA-SHA1", self.rsa), ("HMAC-SHA256", self.shared)):
            message = self.captured(method, URL)
            for change, says in (((b"https://", b"http://"), "signed the URL with TLS"),
                                 ((b":8443", b""), "signed the port 8443, which was not asked"),
                                 ((b"/jira/", b"/"), "signed a context path /jira"),
                                 ((b"?q=", b"?user=x&q="), "did not sign the parameter user"),
                                 ((b"POST", b"PUT"), "signed the method POST"),
                                 ((b"f=g+h", b"f=other"), "")):
                with self.subTest(method=method, change=change):
                    self.refused(FAILED, "verify", *key, input=message.replace(*change), says=says)

    def test_a_realm_is_not_signed(self):
        self.applink("verify", *self.rsa, input=self.captured("RSA-SHA1", URL, realm="Jira"))


if __name__ == "__main__":
    harness.main()
