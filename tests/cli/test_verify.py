"""verify: captured requests judged, their mistakes named, and servers' base strings compared."""

import os
import re
import subprocess
import unittest

import harness
from harness import DONE, FAILED, KEYS, USAGE

URL = "https://jira.example.com/jira/rest/api/2/search?jql=a%20b"
WITHOUT_SHA1 = os.environ.get("APPLINK_WITHOUT_SHA1")
PUBLIC = ("--public-key", KEYS / "public.pem")

# The third request of RFC 5849 section 1.2, as it is printed there; it went without TLS.
RFC_PHOTOS = b"""
     GET /photos?file=vacation.jpg&size=original HTTP/1.1
     Host: photos.example.net
     Authorization: OAuth realm="Photos",
        oauth_consumer_key="dpf43f3p2l4k3l03",
        oauth_token="nnch734d00sl2jdk",
        oauth_signature_method="HMAC-SHA1",
        oauth_timestamp="137131202",
        oauth_nonce="chapoH",
        oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"
"""


class VerifyTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.key = self.write("key.pem", (KEYS / "pkcs1.pem").read_bytes())

    def header(self, method, url, *words, consumer_key="hub", token="tok-en"):
        """What `sign` puts into the Authorization header."""
        line = self.applink("sign", method, url, "--key-file", self.key, "--consumer-key", consumer_key,
                            "--token", token, *words).out.strip()
        return "Authorization: " + line.removeprefix("Authorization: ")

    def message(self, method="GET", url=URL, *words, body="", headers=()):
        """The request as a proxy would have seen it."""
        scheme, host, path = re.fullmatch(r"(https?)://([^/]*)(/.*)", url).groups()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", self.header(method, url, *words), *headers]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def report(self, *words, status=DONE, **options):
        outcome = self.run_applink("verify", *words, "--json", **options)
        self.assertEqual(outcome.status, status, outcome)
        self.assertEqual(outcome.json["version"], 1)
        return outcome.json["verification"]


class Valid(VerifyTest):
    def test_in_every_form_a_request_is_captured_in(self):
        header = self.header("GET", URL)
        message = self.message()
        verbose = b"* SSL connection using TLSv1.3\n" + b"".join(
            b"> " + line + b"\n" for line in message.split(b"\r\n")) + b"< HTTP/1.1 200 OK\n"
        self.applink("verify", "GET", URL, "-H", header, *PUBLIC)
        self.applink("verify", self.write("request", message), *PUBLIC)
        self.applink("verify", *PUBLIC, input=message)
        self.applink("verify", "-", *PUBLIC, input=message.replace(b"\r\n", b"\n"))
        self.applink("verify", *PUBLIC, input=message.replace(b"GET /", b"GET https://jira.example.com/"))
        self.applink("verify", *PUBLIC, input=verbose)
        self.applink("verify", *PUBLIC, input=f"$ curl -v \\\n  -H '{header}' '{URL}'\n".encode())

    def test_with_the_key_in_every_form(self):
        message = self.message()
        for name in ("public.pem", "certificate.pem", "public_pkcs1.pem", "pkcs8.pem", "pkcs1.pem", "odd/public.jwk"):
            with self.subTest(name):
                self.applink("verify", "--public-key", KEYS / name, input=message)
        self.applink("verify", "--public-key", KEYS / "encrypted_pkcs8.pem", "--passphrase-file",
                     self.write("passphrase", b"test\n"), input=message)
        self.refused(FAILED, "verify", "--public-key", KEYS / "encrypted_pkcs8.pem", "--passphrase-file",
                     self.write("passphrase", b"other\n"), input=message, says="has no RSA key to verify with")
        self.applink("verify", self.write("request", message), "--public-key", "-",
                     input=(KEYS / "public.pem").read_bytes())

    def test_says_so_and_shows_neither_token_nor_signature(self):
        outcome = self.applink("verify", *PUBLIC, input=self.message())
        self.assertRegex(outcome.out, r"(?m)^  verdict +valid$")
        self.assertRegex(outcome.out, r"(?m)^  consumer key +hub$")
        self.assertIn("GET https://jira.example.com/jira/rest/api/2/search", outcome.out)
        self.assertNotIn("tok-en", outcome.out)
        self.assertNotIn("jql", outcome.out)
        self.assertEqual(outcome.err, "")

    def test_as_json(self):
        report = self.report(*PUBLIC, "--scheme", "https", input=self.message())
        self.assertEqual(report, {
            "valid": True, "signature": "right", "mistakes": [], "why": None, "objections": [],
            "atlassian": [], "method": "GET",
            "url": "https://jira.example.com/jira/rest/api/2/search",
            "signature_method": "RSA-SHA1", "consumer_key": "hub",
            "checked_with": f"{PUBLIC[1]}: an RSA public key of 2048 bits (SPKI PEM)", "notes": []})

    def test_a_form_whose_body_comes_apart_from_its_head(self):
        head = self.message("POST", URL, "--data", "a=b+c",
                            headers=["Content-Type: application/x-www-form-urlencoded", "Content-Length: 5"])
        verbose = b"".join(b"> " + line + b"\n" for line in head.split(b"\r\n"))
        self.assertIn("is not in the capture: give it with -d", self.report(
            *PUBLIC, status=FAILED, input=verbose)["notes"][-1])
        self.applink("verify", *PUBLIC, "-d", "a=b+c", input=verbose)
        header = head.split(b"\r\n")[2].decode()
        report = self.report("POST", URL, "-H", header, "-d", "a=b+c", *PUBLIC)
        self.assertIn("the body is taken for a form", report["notes"][0])

    def test_the_example_of_the_standard(self):
        secrets = ("--consumer-secret-file", self.write("cs", b"kd94hf93k423kf44\n"),
                   "--token-secret-file", self.write("ts", b"pfkkdhi9sl3r4s00\n"),
                   "--now", "1974-05-07T04:00:02Z")
        self.applink("verify", "--scheme", "http", *secrets, input=RFC_PHOTOS)
        outcome = self.refused(FAILED, "verify", "--scheme", "https", *secrets, input=RFC_PHOTOS,
                               says="the signature is right for http://photos.example.net/photos: "
                                    "the client signed the URL without TLS")
        self.assertNotIn("pfkk", outcome.out + outcome.err)

    @unittest.skipUnless(WITHOUT_SHA1, "a sanitizer must be loaded first")
    def test_where_openssl_refuses_sha1(self):
        message = self.message()
        policy = {"LD_PRELOAD": WITHOUT_SHA1}
        self.applink("verify", *PUBLIC, input=message, env=policy)
        self.refused(FAILED, "verify", *PUBLIC, "--scheme", "http", input=message, env=policy, says="with TLS")


class NotValid(VerifyTest):
    def test_names_the_mistake(self):
        message = self.message()
        report = self.report(*PUBLIC, "--scheme", "http", status=FAILED, input=message)
        self.assertEqual((report["valid"], report["signature"], report["mistakes"]), (False, "wrong", ["scheme"]))
        self.assertIn("the client signed the URL with TLS, and it was sent without", report["why"])
        self.refused(FAILED, "verify", *PUBLIC, input=message.replace(b"/jira/", b"/"), hint="--base-string",
                     says="the client signed a context path /jira that was not sent")
        self.refused(FAILED, "verify", *PUBLIC, "--base-url", "https://jira.example.com:8443/jira",
                     input=message, says="the client left out the port 8443")
        self.refused(FAILED, "verify", *PUBLIC, input=message.replace(b"?jql", b"?user=x&jql"),
                     says="the client did not sign the parameter user")

    def test_tells_another_key_from_another_text(self):
        message = self.message()
        self.refused(FAILED, "verify", "--public-key", KEYS / "rsa3072.pem", input=message,
                     says="it is of another key, or cut off")
        self.refused(FAILED, "verify", *PUBLIC, input=message.replace(b"a%20b", b"other"),
                     says="this key made the signature, over another text")

    def test_signed_by_openssl_with_a_line_end(self):
        text = b"GET&https%3A%2F%2Fh%2F&a%3Db"
        file = self.write("text", text)

        def signed(data):
            raw = subprocess.run(["openssl", "dgst", "-sha1", "-sign", self.key], input=data,
                                 capture_output=True, check=True).stdout
            return subprocess.run(["base64", "-w0"], input=raw, capture_output=True, check=True).stdout.decode()

        check = ("verify", "--base-string-file", file, *PUBLIC, "--signature")
        self.applink(*check, signed(text))
        self.applink("verify", "--base-string-file", "-", *PUBLIC, "--signature", signed(text), input=text + b"\n")
        self.refused(FAILED, *check, signed(text + b"\n"), says="signed a line end behind it, as echo prints one")
        self.refused(FAILED, *check, signed(b"other"), says="over another text")

    def test_names_what_the_standard_objects_to(self):
        old = self.message("GET", URL, "--timestamp", "1196666512")
        report = self.report(*PUBLIC, status=FAILED, input=old)
        self.assertEqual((report["valid"], report["signature"]), (False, "right"))
        self.assertEqual([o["name"] for o in report["objections"]], ["stale timestamp"])
        self.refused(FAILED, "verify", *PUBLIC, input=old, says="servers take what is within 300 seconds",
                     hint="--now TIME")
        self.applink("verify", *PUBLIC, "--now", "1196666512", input=old)
        self.applink("verify", *PUBLIC, "--now", "2007-12-03T07:21:52Z", input=old)
        twice = self.message().replace(b"oauth_nonce", b"oauth_nonce=\"x\", oauth_nonce")
        self.assertEqual(self.report(*PUBLIC, status=FAILED, input=twice)["objections"][0]["name"],
                         "repeated parameter")
        self.refused(FAILED, "verify", "GET", URL, *PUBLIC, says="oauth_consumer_key is missing",
                     hint="give the Authorization header too")

    def test_names_what_atlassian_objects_to(self):
        message = self.message("PUT", "https://h/x", "--data", "a=b", "--signature-method", "RSA-SHA256",
                               headers=["Content-Type: application/x-www-form-urlencoded"], body="a=b")
        report = self.report(*PUBLIC, input=message)
        self.assertTrue(report["valid"], "the standard has nothing against it")
        self.assertEqual([o["name"] for o in report["atlassian"]], ["signature method", "form body"])
        self.assertRegex(self.applink("verify", *PUBLIC, input=message).out, r"(?m)^  Jira +it takes RSA-SHA1 alone")

    def test_of_another_kind_than_the_key(self):
        secret = self.write("secret", b"s\n")
        self.refused(FAILED, "verify", "--consumer-secret-file", secret, input=self.message(),
                     says="the signature method is \"RSA-SHA1\"", hint="--public-key FILE checks RSA")


class OfALink(VerifyTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.have_link("https://jira.example.com/jira")

    def test_takes_key_and_rules_from_the_store(self):
        message = self.message()
        report = self.report("-l", "prod", input=message)
        self.assertEqual((report["checked_with"], report["notes"]), ("the key hubkey of the link prod", []))
        self.applink("verify", input=message)  # the URL names the link

    def test_notices_another_consumer_key_and_context_path(self):
        header = self.header("GET", URL, consumer_key="other")
        report = self.report("GET", URL, "-H", header, "-l", "prod", status=FAILED)
        self.assertEqual(report["signature"], "right")
        self.assertEqual(report["objections"][0]["words"], 'the consumer key is "other" and not "hub"')
        self.refused(FAILED, "verify", "GET", URL.replace("/jira/", "/"), "-H", header, "-l", "prod",
                     says="signed a context path /jira that was not sent")

    def test_a_url_of_no_link(self):
        self.refused(FAILED, "verify", input=self.message().replace(b"jira.example.com", b"other.example.com"),
                     says="no key is given", hint="--public-key FILE")


class OfALinkWithASecret(VerifyTest):
    def test_takes_its_secrets_from_the_store(self):
        secret = self.write("secret", b"cs\n")
        self.applink("link", "add", "photos", "--product", "generic", "--url", "https://photos.example.net/api",
                     "--consumer-key", "hub", "--signature-method", "HMAC-SHA1", "--consumer-secret-file", secret)
        url = "https://photos.example.net/api/x"
        shared = ("sign", "GET", url, "--signature-method", "HMAC-SHA1", "--consumer-key", "hub",
                  "--consumer-secret-file", secret)
        two_legged = self.applink(*shared, "--token", "").out.strip()
        report = self.report("GET", url, "-H", two_legged)
        self.assertEqual(report["checked_with"], "the secrets of the link photos")
        self.assertEqual(report["atlassian"], [])
        token_secret = self.write("token-secret", b"ts\n")
        other = self.applink(*shared, "--token", "t", "--token-secret-file", token_secret).out.strip()
        report = self.report("GET", url, "-H", other, status=FAILED)
        self.assertIn("has no secret of this token", report["checked_with"])
        self.applink("verify", "GET", url, "-H", other, "--consumer-secret-file", secret,
                     "--token-secret-file", token_secret)


class Text(VerifyTest):
    def base_string(self, message, *words):
        return self.applink("verify", "--base-string", *words, input=message).out

    def test_prints_what_is_to_be_signed(self):
        text = self.applink("sign", "GET", URL, "--key-file", self.key, "--consumer-key", "hub", "--token", "t",
                            "--nonce", "n", "--timestamp", "1", "--print", "base-string").out
        message = self.message("GET", URL, "--nonce", "n", "--timestamp", "1").replace(b"tok-en", b"t")
        self.assertEqual(self.base_string(message), text)

    def test_compares_with_what_a_server_signed(self):
        message = self.message()
        ours = self.base_string(message)
        request = self.write("request", message)
        same = self.applink("verify", request, "--diff", self.write("same", ours.encode()))
        self.assertIn("the very same text", same.out)
        for name, change, kind, words in (
                ("scheme", ("https", "http"), "scheme", "it saw the scheme http instead of https"),
                ("host", ("jira.example", "inner.example"), "host", "it saw the host inner.example.com"),
                ("port", ("example.com", "example.com%3A8080"), "port", "it saw the port 8080 instead of 443"),
                ("context", ("%2Fjira%2Frest", "%2Frest"), "context path", "none instead of \"/jira\""),
                ("missing", ("jql%3Da%2520b%26", ""), "parameter missing", "did not see the parameter jql"),
                ("added", ("jql%3D", "a%3D1%26jql%3D"), "parameter added", "a parameter a that was never sent"),
                ("changed", ("a%2520b", "c"), "parameter changed", "another value of the parameter jql"),
                ("double", ("a%2520b", "a%252520b"), "double encoded", "encoded the parameter jql once more")):
            theirs = self.write(name, ours.replace(*change).encode())
            outcome = self.refused(FAILED, "verify", request, "--diff", theirs, says=words)
            self.assertNotIn("tok-en", outcome.out + outcome.err)
            document = self.run_applink("verify", request, "--diff", theirs, "--json").json["comparison"]
            self.assertEqual((document["same"], document["differences"][0]["kind"]), (False, kind))

    def test_compares_with_the_answer_of_a_server(self):
        file = self.home / "control.json"
        sandbox = self.have_login("--control", file)
        harness.Control(file).only("wrong-scheme")
        url = sandbox.url + "/rest/api/2/myself"
        header = "Authorization: " + self.applink("sign", "GET", url).out.strip().removeprefix("Authorization: ")
        exchange = subprocess.run(["curl", "-sSv", "-H", header, url], capture_output=True, check=True)
        captured = self.write("exchange", exchange.stderr)  # both sides of it: > and <
        for answer in (exchange.stdout, exchange.stderr):
            self.refused(FAILED, "verify", captured, "--diff", "-", input=answer, hint="Tomcat's connector",
                         says="it saw the scheme https instead of http")
        self.assertEqual(self.report(captured)["signature"], "right")
        self.refused(FAILED, "verify", captured, "--diff", "-", input=b"oauth_problem=nonce_used",
                     says="no signature base string", hint="signature_invalid")


class Refused(VerifyTest):
    def test_what_does_not_go_together(self):
        request = self.write("request", self.message())
        for words, says in (
                (["--base-string", "--diff", "x", request], "one thing at a time"),
                (["--base-string-file", "x"], "go together"),
                (["--signature", "x", request], "go together"),
                (["--diff", "x", *PUBLIC, request], "needs no key"),
                (["--diff", "-"], "standard input"),
                (["--public-key", "-"], "standard input"),
                ([*PUBLIC, "--consumer-secret-file", request, request], "with a key or with secrets"),
                (["--scheme", "ftp", request, *PUBLIC], "neither http nor https"),
                (["--now", "soon", request, *PUBLIC], "not a moment"),
                (["G@T", URL, *PUBLIC], "no HTTP method"),
                (["GET", "jira.example.com", *PUBLIC], "no scheme"),
                (["GET", URL, "-H", "x", *PUBLIC], "not a header"),
                (["GET", URL, "-d", "a", "--data-file", request, *PUBLIC], "one body"),
                (["--base-string-file", request, "--signature", "x", "--signature-method", "PLAINTEXT"],
                 "PLAINTEXT signs no base string"),
                (["--base-string-file", request, "--signature", "x", "--signature-method", "X", *PUBLIC], "X")):
            with self.subTest(says):
                self.refused(USAGE, "verify", *words, says=says)

    def test_what_is_no_request(self):
        for text, says in ((b"", "there is no request in it"), (b"hello", "METHOD TARGET HTTP/1.1"),
                           (b"curl $URL", "$URL, whose value only the shell"),
                           (b"curl https://h/a https://h/b", "makes 2 requests"),
                           (b"curl -d @- https://h/", "")):
            with self.subTest(text):
                self.refused(USAGE, "verify", *PUBLIC, input=text, says=says)

    def test_what_is_no_key(self):
        self.refused(FAILED, "verify", "--public-key", KEYS / "ec_public.pem", input=self.message(),
                     says="has no RSA key to verify with")
        self.refused(FAILED, "verify", "--public-key", self.home / "none", input=self.message(), says="none")


class WithoutAStore(harness.CommandTest):
    def test_none_is_made_to_look_for_a_key(self):
        self.refused(FAILED, "verify", "GET", "https://jira.example.com/x", says="no key is given", hint="--public-key FILE")
        self.assertEqual(list(self.home.iterdir()), [])


if __name__ == "__main__":
    harness.main()
