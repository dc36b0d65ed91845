"""The dance and signed calls against a provider nobody here wrote: python3-oauthlib's.

oauthlib verifies every signature that is counted here as good, and says what it understood.
"""

import dataclasses
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import harness
from harness import DENIED, DONE, PATIENCE, REFUSED
from oauthlib_provider import Provider

MYSELF = "/rest/api/2/myself"
ISSUE = "/rest/api/2/issue/TEST-1"
SEARCH = "/rest/api/2/search"


def allow(page):
    """The user presses Allow; oauthlib's page for a callback "oob" is a form-encoded answer."""
    with urllib.request.urlopen(page, timeout=PATIENCE) as answer:
        return dict(urllib.parse.parse_qsl(answer.read().decode()))


def send_again(received):
    """The status and the answer to a request that came to the provider before."""
    request = urllib.request.Request(
        received.url,
        data=received.body.encode() or None,
        headers=received.headers,
        method=received.method,
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


class DanceTest(harness.CommandTest):
    """A provider that knows our consumer, and a link to it."""

    consumer_key = "hub"

    def setUp(self):
        super().setUp()
        public_key = self.have_key().read_text()
        self.provider = Provider({self.consumer_key: public_key})
        self.addCleanup(self.provider.stop)
        self.have_link(self.provider.url, consumer_key=self.consumer_key)

    def start_login(self):
        return self.applink("login", "prod", "--oob", "--start").out.strip()

    def log_in(self, *_, **__):
        code = allow(self.start_login())["oauth_verifier"]
        self.applink("login", "prod", "--finish", code)

    def know_another_key(self):
        """Somebody gave the provider a public key that is not ours."""
        self.applink("key", "create", "other")
        other = self.applink("key", "export", "other", "--public-pem").out
        self.provider.consumers[self.consumer_key] = other

    def tokens(self):
        return self.applink("token", "list", "--json").json["tokens"]

    def pending(self):
        return self.applink("store", "info", "--json").json["store"]["pending_logins"]

    def assert_logged_in(self):
        token, = self.tokens()
        self.assertEqual((token["user_name"], self.pending()), ("alice", 0))
        self.assertEqual(self.provider.validator.request_tokens, {})
        self.assertEqual(len(self.provider.validator.access_tokens), 1)

    def assert_not_logged_in(self):
        self.assertEqual((self.tokens(), self.pending()), ([], 0))
        self.assertEqual(self.provider.validator.access_tokens, {})


class Login(DanceTest):
    def test_in_two_sittings_with_the_code(self):
        page = self.start_login()
        credentials, = self.provider.validator.request_tokens.values()
        self.assertEqual((credentials.client, credentials.callback), ("hub", "oob"))
        self.applink("login", "prod", "--finish", allow(page)["oauth_verifier"])
        self.assert_logged_in()

    def test_in_two_sittings_with_the_address_of_the_redirect(self):
        answer = urllib.parse.urlencode(allow(self.start_login()))
        self.applink("login", "prod", "--finish", f"https://hub.example.com/done?{answer}")
        self.assert_logged_in()

    def test_by_the_redirect_to_this_machine(self):
        outcome = self.applink("login", "prod", env=self.have_browser())
        self.assertEqual(outcome.out, "")
        self.assert_logged_in()

    def test_on_a_page_opened_elsewhere(self):
        process = self.start("login", "prod", "--no-browser", "--quiet")
        page = process.stderr.readline().decode().strip()
        with urllib.request.urlopen(page, timeout=PATIENCE) as last_page:
            self.assertTrue(last_page.geturl().startswith("http://127.0.0.1:"), last_page.geturl())
        process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, DONE)
        self.assert_logged_in()

    def test_a_code_typed_wrong_and_then_right(self):
        terminal = harness.Terminal(self, "login", "prod", "--oob")
        shown = terminal.read_until("Verification code:")
        page = next(word for word in shown.split() if word.startswith("http"))
        code = allow(page)["oauth_verifier"]
        terminal.type("wrong1\n")
        terminal.read_until("Verification code:", times=2)
        self.assertEqual((self.tokens(), self.pending()), ([], 1))
        terminal.type(code + "\n")
        self.assertEqual(terminal.wait(), 0)
        self.assert_logged_in()

    def test_each_leg_is_one_signed_post_and_the_proof_a_get(self):
        self.log_in()
        signed = [(request.method, request.url.removeprefix(self.provider.url), request.body)
                  for request in self.provider.received if "Authorization" in request.headers]
        self.assertEqual(signed, [
            ("POST", "/plugins/servlet/oauth/request-token", ""),
            ("POST", "/plugins/servlet/oauth/access-token", ""),
            ("GET", MYSELF, ""),
        ])

    def test_a_realm(self):
        self.applink("link", "set", "prod", "--realm", "jira")
        self.log_in()
        self.assert_logged_in()
        self.assertIn('realm="jira"', self.provider.received[-1].headers["Authorization"])


class LoginOfAnOddlyNamedConsumer(DanceTest):
    consumer_key = 'R&D=100%+"hub"'

    def test_the_name_is_encoded(self):
        self.log_in()
        self.assert_logged_in()
        self.assertEqual(self.applink("request", "GET", MYSELF).json["consumer"], self.consumer_key)


class LoginRefused(DanceTest):
    def test_denial(self):
        self.provider.mood.denies = True
        outcome = self.refused(DENIED, "login", "prod", env=self.have_browser(), says="Deny")
        self.assertEqual(outcome.out, "")
        self.assert_not_logged_in()

    def test_denial_in_words(self):
        self.start_login()
        self.refused(DENIED, "login", "prod", "--finish", "denied", says="Deny")
        self.assert_not_logged_in()

    def test_wrong_signature(self):
        self.know_another_key()
        with self.unchanged_store():
            self.refused(REFUSED, "login", "prod", "--start", says="signature_invalid",
                         hint="Public Key")

    def test_wrong_signature_at_the_exchange(self):
        code = allow(self.start_login())["oauth_verifier"]
        self.know_another_key()
        with self.unchanged_store():
            self.refused(REFUSED, "login", "prod", "--finish", code, says="signature_invalid")

    def test_unknown_consumer(self):
        self.applink("link", "set", "prod", "--consumer-key", "hbu")
        with self.unchanged_store():
            self.refused(REFUSED, "login", "prod", "--start", says='consumer_key_unknown ("hbu")',
                         hint="Consumer key")

    def test_every_nonce_was_used(self):
        self.provider.mood.every_nonce_was_used = True
        with self.unchanged_store():
            self.refused(REFUSED, "login", "prod", "--start", says="nonce_used",
                         hint="sign the request again")

    def test_a_login_the_provider_has_forgotten(self):
        code = allow(self.start_login())["oauth_verifier"]
        self.provider.validator.request_tokens.clear()
        self.refused(REFUSED, "login", "prod", "--finish", code, says="token_rejected",
                     hint="applink login prod")
        self.assertEqual(self.tokens(), [])

    def test_a_token_that_is_never_good(self):
        code = allow(self.start_login())["oauth_verifier"]
        self.provider.mood.tokens_are_expired = True
        self.refused(REFUSED, "login", "prod", "--finish", code, says="token_expired")
        self.assertEqual((self.tokens(), self.pending()), ([], 1))
        # Nothing given is lost: when the provider thinks better of it, the token is there.
        self.provider.mood.tokens_are_expired = False
        self.applink("login", "prod", env={"BROWSER": "/bin/false"})
        self.assert_logged_in()

    def test_a_refusal_without_a_name(self):
        self.provider.mood.names_problems = False
        self.know_another_key()
        with self.unchanged_store():
            self.refused(REFUSED, "login", "prod", "--start", says="401 Unauthorized")


class Calls(DanceTest):
    def setUp(self):
        super().setUp()
        self.log_in()

    def call(self, *words):
        return self.applink("request", *words).json

    def refused_call(self, *words, says, hint):
        """What the provider refuses, with words on why."""
        with self.unchanged_store():
            outcome = self.run_applink("request", *words)
            self.assertEqual(outcome.status, REFUSED, outcome)
            self.assertRegex(outcome.err, f"(?m)^applink: error: .*{says}")
            self.assertRegex(outcome.err, f"(?m)^applink: hint: .*{hint}")
        return outcome

    def test_get(self):
        answer = self.call("GET", MYSELF)
        self.assertEqual((answer["method"], answer["consumer"], answer["body"]), ("GET", "hub", ""))
        self.assertEqual(self.call("GET", self.provider.url + MYSELF), answer)

    def test_put_json(self):
        body = '{"fields":{"summary":"[1,2] a&b = ü ☃ 100%"}}'
        answer = self.call("PUT", ISSUE, "--json", body)
        self.assertEqual((answer["method"], answer["body"]), ("PUT", body))
        self.assertEqual(answer["parameters"], [])
        self.assertEqual(self.provider.received[-1].headers["Content-Type"], "application/json")

    def test_delete(self):
        self.assertEqual(self.call("DELETE", ISSUE)["method"], "DELETE")

    def test_query_parameters(self):
        cases = {
            "a=1&a=1&a=0&b=&c": [["a", "1"], ["a", "1"], ["a", "0"], ["b", ""], ["c", ""]],
            "jql=project+%3D+TEST%20AND%20x~%22%C3%BC%22": [["jql", 'project = TEST AND x~"ü"']],
            "a%20b=%26%3D%25%2B&a+b=%7e%2f": [["a b", "&=%+"], ["a b", "~/"]],
            "z=%E2%98%83&Z=*'()!": [["z", "☃"], ["Z", "*'()!"]],
            "b5=%3D%253D&c%40=&a2=r%20b": [["b5", "=%3D"], ["c@", ""], ["a2", "r b"]],
        }
        for query, meaning in cases.items():
            with self.subTest(query=query):
                self.assertEqual(self.call("GET", f"{SEARCH}?{query}")["parameters"], meaning)
                self.assertTrue(self.provider.received[-1].url.endswith("?" + query))

    def test_form_with_a_query(self):
        fields = [["jql", "a & b = ü"], ["x", "[1,2]"], ["x", "1+1 ~*"], ["a", ""]]
        words = [f"--form-urlencoded={name}={value}" for name, value in fields]
        answer = self.call("POST", SEARCH + "?a=1&x=%20", *words)
        self.assertCountEqual(answer["parameters"], fields + [["a", "1"], ["x", " "]])
        self.assertEqual(urllib.parse.parse_qsl(answer["body"], keep_blank_values=True),
                         [tuple(field) for field in fields])

    def test_a_form_in_a_put_is_signed_for_others_than_jira(self):
        # Atlassian's library looks for a form in a POST alone, RFC 5849 and oauthlib in any method.
        words = ("PUT", ISSUE, "--form-urlencoded", "summary=a & b")
        self.refused_call(*words, says="signature_invalid", hint="Public Key")
        self.applink("link", "set", "prod", "--product", "generic")
        self.assertEqual(self.call(*words)["parameters"], [["summary", "a & b"]])

    def test_a_request_that_is_sent_again(self):
        self.call("GET", MYSELF)
        received = self.provider.received[-1]
        self.assertEqual(send_again(received), (401, "oauth_problem=nonce_used"))
        self.call("GET", MYSELF)

    def test_many_in_a_second_have_nonces_of_their_own(self):
        for _ in range(10):
            self.call("GET", MYSELF)

    def test_what_changes_on_the_way_is_noticed(self):
        self.call("POST", SEARCH + "?a=1", "--form-urlencoded", "b=2")
        received = self.provider.received[-1]
        for change in ({"url": received.url + "1"}, {"body": "b=3"}, {"method": "PUT"}, {}):
            with self.subTest(change=change):
                self.provider.validator.nonces.clear()
                status, answer = send_again(dataclasses.replace(received, **change))
                if change:
                    self.assertEqual((status, answer), (401, "oauth_problem=signature_invalid"))
                else:
                    self.assertEqual(status, 200)

    def test_expired_token(self):
        self.provider.mood.tokens_are_expired = True
        outcome = self.refused_call("GET", MYSELF, says="token_expired", hint="applink login prod")
        self.assertEqual(outcome.out, "oauth_problem=token_expired")

    def test_token_of_another_consumer(self):
        known = self.provider.validator.access_tokens
        known.update(dict.fromkeys(known, "other"))
        self.refused_call("GET", MYSELF, says="token_rejected", hint="applink login prod")

    def test_unknown_consumer(self):
        self.provider.consumers["other"] = self.provider.consumers.pop("hub")
        self.refused_call("GET", MYSELF, says="consumer_key_unknown", hint="Consumer key")

    def test_wrong_signature(self):
        self.know_another_key()
        self.refused_call("GET", MYSELF, says="signature_invalid", hint="Public Key")

    def test_every_nonce_was_used(self):
        self.provider.mood.every_nonce_was_used = True
        self.refused_call("GET", MYSELF, says="nonce_used", hint="sign the request again")

    def test_a_refusal_without_a_name(self):
        self.provider.mood.names_problems = False
        self.provider.mood.tokens_are_expired = True
        self.refused_call("GET", MYSELF, says="401 Unauthorized, without an OAuth problem",
                          hint="applink login prod")


if __name__ == "__main__":
    harness.main()
