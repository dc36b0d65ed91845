"""The dance with a provider that is none of Atlassian's, in every way in which one may sign.

oauthlib verifies every signature that is counted here as good, and says what it understood.
"""

import json
import pathlib
import subprocess
import sys
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import harness
import oauthlib_provider
from harness import FAILED, PATIENCE, REFUSED, USAGE

RSA = ("RSA-SHA1", "RSA-SHA256", "RSA-SHA512")
WITH_SECRET = ("HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT")
PLACEMENTS = ("header", "query", "body")
SECRET = "kd94hf93k423kf44 & more"
IDENTITY = "/rest/api/2/myself"
PHOTOS = "/rest/photos"


def allow(page):
    """The user presses Allow; the last page of an "oob" login is a form-encoded answer."""
    with urllib.request.urlopen(page, timeout=PATIENCE) as answer:
        return dict(urllib.parse.parse_qsl(answer.read().decode()))


class GenericTest(harness.CommandTest):
    """A provider that knows our consumer by its key and by its secret."""

    def setUp(self):
        super().setUp()
        self.secret = SECRET
        public_key = self.have_key().read_text()
        self.provider = oauthlib_provider.Provider({"hub": public_key}, SECRET, RSA + WITH_SECRET)
        self.addCleanup(self.provider.stop)

    def have_provider(self, method, *words, secret=None):
        origin = self.provider.origin
        proof = ("--key", "hubkey") if method in RSA else ("--consumer-secret-file", "-")
        self.applink("link", "add", "photos", "--url", self.provider.url, "--consumer-key", "hub",
                     "--product", "generic", "--signature-method", method, *proof,
                     "--request-token-url", origin + oauthlib_provider.INITIATE,
                     "--authorize-url", origin + oauthlib_provider.ALLOW,
                     "--access-token-url", origin + oauthlib_provider.TOKEN,
                     "--identity-url", self.provider.url + IDENTITY, *words, input=(secret or self.secret).encode())

    def start_login(self):
        return self.applink("login", "photos", "--oob", "--start").out.strip()

    def tokens(self):
        return self.applink("token", "list", "--json").json["tokens"]

    def call(self, *words):
        return self.applink("request", "-l", "photos", *words).json


class EveryMethodInEveryPlace(GenericTest):
    def dance(self, method, placement):
        self.have_provider(method, "--placement", placement, "--body-hash" if method != "PLAINTEXT" else "--default")
        page = self.start_login()
        self.assertIn("lang=en&oauth_token=", page)
        self.applink("login", "photos", "--finish", allow(page)["oauth_verifier"])
        self.assertEqual([token["user_name"] for token in self.tokens()], ["alice"])
        self.assertEqual(self.call("GET", PHOTOS + "?file=vacation.jpg&size=%2B1")["parameters"],
                         [["file", "vacation.jpg"], ["size", "+1"]])
        fields = ("--form-urlencoded", "title=a & b = ü", "--form-urlencoded", "x=")
        for way in ("POST", "PUT"):
            self.assertEqual(self.call(way, PHOTOS, *fields)["parameters"], [["title", "a & b = ü"], ["x", ""]])
        self.assertEqual(self.call("PUT", PHOTOS, "--json", '{"a":[1,2]}')["body"], '{"a":[1,2]}')

    def check_placement(self, placement):
        """Where oauthlib saw the parameters of the first leg, and of a call that has no form."""
        first, last = self.provider.received[0], self.provider.received[-1]
        seen = [place for place, text in (("header", first.headers.get("Authorization", "")), ("query", first.url),
                                          ("body", first.body)) if "oauth_signature=" in text]
        self.assertEqual(seen, [placement])
        self.assertEqual("Authorization" in last.headers, placement != "query", "JSON is no place for a signature")

    def check(self, method, placements=PLACEMENTS):
        for placement in placements:
            with self.subTest(placement=placement):
                self.provider.received.clear()
                self.dance(method, placement)
                self.check_placement(placement)
                self.applink("link", "remove", "photos", "--yes")

    def test_rsa_sha1(self):
        self.check("RSA-SHA1")

    def test_rsa_sha256(self):
        self.check("RSA-SHA256")

    def test_rsa_sha512(self):
        self.check("RSA-SHA512")

    def test_hmac_sha1(self):
        self.check("HMAC-SHA1")

    def test_hmac_sha256(self):
        self.check("HMAC-SHA256")

    def test_hmac_sha512(self):
        self.check("HMAC-SHA512")

    def test_plaintext(self):
        # oauthlib decodes what it finds in a form once more, and so no '%' may be left there. A link
        # does not put these secrets into a URL, where every log would keep them.
        self.secret = self.provider.validator.consumer_secret = "kd94hf93k423kf44"
        self.check("PLAINTEXT", ("header", "body"))


class Curl(GenericTest):
    """What applink curl prints, run by a shell and the real curl; and what it runs itself."""

    FORMS = (
        (["-d", "title=a%20b+c", "-d", "x="], "POST", [["title", "a b c"], ["x", ""]]),
        (["-X", "PUT", "--data-urlencode", "title=a & b = ü"], "PUT", [["title", "a & b = ü"]]),
        (["--data-binary", "@form.txt"], "POST", [["a", "1"], ["b", "it's"]]),
        (["-X", "POST"], "POST", []),
    )
    OTHERS = (
        (["-G", "--data-urlencode", "file=vacation 1.jpg"], "GET", [["size", "+1"], ["file", "vacation 1.jpg"]]),
        (["--url-query", "q=a b&c"], "GET", [["size", "+1"], ["q", "a b&c"]]),
        (["-X", "DELETE"], "DELETE", [["size", "+1"]]),
        (["--json", '{"a":[1,2]}'], "POST", [["size", "+1"]]),
        (["-T", "form.txt", "-H", "Content-Type: text/plain"], "PUT", [["size", "+1"]]),
        (["-F", "a=1"], "POST", [["size", "+1"]]),
    )

    def setUp(self):
        super().setUp()
        # oauthlib decodes what it finds in a form once more, and so no '%' may be left there.
        self.secret = self.provider.validator.consumer_secret = "kd94hf93k423kf44"
        self.write("form.txt", b"a=1&b=it%27s")
        self.url = self.provider.url + PHOTOS

    def printed(self, *words):
        line = self.applink("curl", *self.flags, "--reveal-secrets", "--", "-sS", *words).out
        return subprocess.run(["sh", "-c", line], cwd=self.home, env=self.environment, capture_output=True,
                              check=True, timeout=PATIENCE).stdout

    def run_by_us(self, *words):
        return self.applink("curl", "--exec", *self.flags, "--", "-sS", *words).stdout

    def check(self, words, method, parameters, url):
        for way in (self.printed, self.run_by_us):
            with self.subTest(way=way.__name__, words=words, flags=self.flags):
                answer = json.loads(way(*words, url))
                self.assertEqual((answer["method"], answer["parameters"]), (method, parameters))

    def check_all(self, methods):
        self.have_provider(methods[0])
        self.applink("login", "photos", "--finish", allow(self.start_login())["oauth_verifier"])
        for method in methods:
            self.flags = ["--signature-method", method]
            for line in self.OTHERS:
                self.check(*line, self.url + "?size=%2B1")
            for placement in ("header", "query", "body"):
                if (placement, method) == ("query", "PLAINTEXT"):
                    continue
                self.flags = ["--signature-method", method, "--placement", placement]
                for line in self.FORMS:
                    self.check(*line, self.url)

    def test_methods_of_keys(self):
        self.check_all(("RSA-SHA1", "RSA-SHA256"))

    def test_methods_of_secrets(self):
        self.check_all(("HMAC-SHA256", "PLAINTEXT"))

    def test_a_link_that_places_in_the_body(self):
        self.have_provider("RSA-SHA1", "--placement", "body", "--body-hash")
        self.applink("login", "photos", "--finish", allow(self.start_login())["oauth_verifier"])
        self.flags = []
        for line in self.FORMS:
            self.check(*line, self.url)
            self.assertIn("oauth_signature=", self.provider.received[-1].body)
        for line in self.OTHERS[:-1]:  # of what -F composes there is no hash
            self.check(*line, self.url + "?size=%2B1")
            self.assertIn("oauth_signature=", self.provider.received[-1].headers["Authorization"])

    def test_two_transfers(self):
        self.have_provider("RSA-SHA1")
        self.applink("login", "photos", "--finish", allow(self.start_login())["oauth_verifier"])
        self.flags = []
        for way in (self.printed, self.run_by_us):
            answers = way("-d", "a=1", self.url, "--next", "-sS", self.url + "/{x,y}?q=[1-2]").decode()
            self.assertEqual(answers.count('"name": "alice"'), 5, answers)


class Refused(GenericTest):
    def test_another_secret(self):
        for method in WITH_SECRET:
            with self.subTest(method=method):
                self.have_provider(method, secret="another")
                outcome = self.refused(REFUSED, "login", "photos", "--start", says="signature_invalid",
                                       hint="applink link set photos --consumer-secret")
                self.assertNotIn("another", outcome.err)
                self.applink("link", "remove", "photos", "--yes")

    def test_another_secret_of_the_token(self):
        self.have_provider("HMAC-SHA256")
        self.applink("login", "photos", "--finish", allow(self.start_login())["oauth_verifier"])
        secrets = self.provider.validator.access_secrets
        secrets.update(dict.fromkeys(secrets, "another"))
        self.run_applink("request", "-l", "photos", "GET", PHOTOS)
        outcome = self.run_applink("request", "-l", "photos", "GET", PHOTOS)
        self.assertEqual(outcome.status, REFUSED, outcome)
        self.assertIn("signature_invalid", outcome.err)

    def test_a_method_that_the_provider_does_not_take(self):
        self.provider.validator.allowed_signature_methods = ("HMAC-SHA1",)
        self.have_provider("HMAC-SHA256")
        with self.unchanged_store():
            self.refused(FAILED, "login", "photos", "--start", says="400")
        self.applink("link", "set", "photos", "--signature-method", "HMAC-SHA1")
        self.start_login()


class NobodyKnowsWho(GenericTest):
    def test_a_token_is_kept_and_said_to_be_unproven(self):
        self.have_provider("HMAC-SHA256")
        self.applink("link", "set", "photos", "--identity-url=")
        code = allow(self.start_login())["oauth_verifier"]
        said = self.applink("login", "photos", "--finish", code).err
        self.assertRegex(said, "(?m)^applink: warning: nothing proves whose token it is")
        self.assertEqual([token["user_name"] for token in self.tokens()], [None])
        self.assertEqual(self.call("GET", PHOTOS)["name"], "alice")
        self.assertRegex(self.applink("token", "show", "photos").out, "(?m)^user +not proven$")
        self.assertIn("forgot the token for the link photos",
                      self.applink("token", "forget", "photos", "--yes").err)


class Callback(GenericTest):
    def asked_for(self, *words):
        self.applink("login", "photos", "--start", *words)
        return list(self.provider.validator.request_tokens.values())[-1].callback

    def test_is_the_one_of_the_link_unless_another_is_named(self):
        self.have_provider("RSA-SHA1", "--callback-url", "http://127.0.0.1:9/done")
        self.assertEqual(self.asked_for(), "http://127.0.0.1:9/done")
        self.assertEqual(self.asked_for("--callback-url", "http://127.0.0.1:9/other"), "http://127.0.0.1:9/other")
        self.assertEqual(self.asked_for("--oob"), "oob")


class OAuth10(GenericTest):
    """The provider speaks OAuth 1.0: no confirmation of the callback, and no verifier."""

    def setUp(self):
        super().setUp()
        self.provider.mood.speaks_1_0 = True

    def test_is_refused(self):
        self.have_provider("HMAC-SHA1")
        with self.unchanged_store():
            self.refused(FAILED, "login", "photos", "--start", says="oauth_callback_confirmed",
                         hint="--accept-oauth-1.0")

    def test_in_two_sittings(self):
        self.have_provider("HMAC-SHA1", "--accept-oauth-1.0")
        outcome = self.applink("login", "photos", "--oob", "--start")
        self.assertRegex(outcome.err, "(?m)^applink: warning: .*OAuth 1.0")
        allow(outcome.out.strip())
        self.applink("login", "photos", "--finish=")
        self.assertEqual([token["user_name"] for token in self.tokens()], ["alice"])
        self.assertNotIn("oauth_verifier", self.provider.received[-2].headers["Authorization"])

    def test_before_the_user_has_allowed(self):
        self.have_provider("HMAC-SHA1", "--accept-oauth-1.0")
        self.start_login()
        self.run_applink("login", "photos", "--finish=")
        self.assertEqual(self.tokens(), [])

    def test_by_the_redirect_to_this_machine(self):
        self.have_provider("RSA-SHA256", "--accept-oauth-1.0")
        outcome = self.applink("--quiet", "login", "photos", env=self.have_browser())
        self.assertRegex(outcome.err, "(?m)^applink: warning: .*OAuth 1.0")
        self.assertEqual([token["user_name"] for token in self.tokens()], ["alice"])

    def test_at_the_terminal_by_enter(self):
        self.have_provider("PLAINTEXT", "--accept-oauth-1.0")
        terminal = harness.Terminal(self, "login", "photos", "--oob")
        shown = terminal.read_until("Press Enter after Allow")
        allow(next(word for word in shown.split() if word.startswith("http")))
        terminal.type("\n")
        self.assertEqual(terminal.wait(), 0)
        self.assertEqual([token["user_name"] for token in self.tokens()], ["alice"])

    def test_where_the_provider_speaks_1_0a_after_all_its_code_is_needed(self):
        self.provider.mood.speaks_1_0 = False
        self.have_provider("HMAC-SHA1", "--accept-oauth-1.0")
        outcome = self.applink("login", "photos", "--oob", "--start")
        self.assertNotIn("warning", outcome.err)
        self.refused(USAGE, "login", "photos", "--finish=", says="no code")
        self.applink("login", "photos", "--finish", allow(outcome.out.strip())["oauth_verifier"])


if __name__ == "__main__":
    harness.main()
