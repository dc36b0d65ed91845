"""Every mishap of the sandbox against every command that speaks HTTP: how it ends, and what it says.

The table is the documentation: a row is a mishap, a column a command, a cell an outcome. A command
that fails leaves the store as it was.
"""

import contextlib
import json

import harness
from harness import DENIED, DONE, FAILED, REFUSED

MYSELF = "/rest/api/2/myself"
ISSUE = "/rest/api/2/issue/TEST-1"
SEARCH = "/rest/api/2/search?jql="
SUMMARY = ("--json", '{"fields":{"summary":"changed"}}')

COMMANDS = {
    "start": ("login", "prod", "--start"),
    "finish": ("login", "prod", "--finish", "CODE"),
    "renew": ("token", "renew", "prod"),
    "myself": ("request", "GET", MYSELF),
    "issue": ("request", "GET", ISSUE),
    "PUT": ("request", "PUT", ISSUE, *SUMMARY),
}

TABLE = """
                          start     finish    renew     myself     issue      PUT

clock-off=400             clock     clock     clock     clock      clock      clock
clock-off=-400            clock     clock     clock     clock      clock      clock
consumer-unknown          consumer  code      session   token      token      token
key-replaced              key       key       key       key        key        key
token-expired             done      too-late  over      expired    expired    expired
token-revoked             done      code      session   token      token      token
token-of-another-consumer done      code      replaced  token      token      token
user-deactivated          done      unproven  replaced  user       user       user
captcha                   done      unproven  replaced  captcha    captcha    captcha
login-page                page      page      page      page       page       page
login-page=redirect       login     login     login     login      login      login
anonymous                 done      unproven  replaced  not-taken  nobody     nobody
anonymous=empty           done      unproven  replaced  hidden     hidden     hidden
websudo                   done      unproven  replaced  websudo    websudo    websudo
xsrf                      done      done      done      done       done       xsrf
wrong-scheme              scheme    scheme    scheme    scheme     scheme     scheme
wrong-host                host      host      host      host       host       host
rewritten-path            path      path      path      path       path       path
dropped-header            absent    absent    absent    unseen     unseen404  unseen404
eaten-body                done      done      done      done       done       body
bad-gateway               gateway   gateway   unsure    gateway    gateway    gateway
unavailable=7             later     later     unsure    later      later      later
"""

# Those that need a second key: below. Those of the wire: with the limits of the client.
TESTED_ELSEWHERE = {"two-nodes", "stale-key"} | {
    "slow", "hanging", "cut", "broken-chunks", "huge", "broken-gzip", "invalid-utf8",
    "duplicate-headers", "redirect"}

# Exit status, what the error says, what the hint says.
OUTCOMES = {
    "done": (DONE, "", ""),
    "clock": (REFUSED, "timestamp_refused (the time there is 20",
              "the clocks of this machine and of jira are more than five minutes apart"),
    "consumer": (REFUSED, 'consumer_key_unknown ("hub")', "no link in jira has this consumer key"),
    "key": (REFUSED, "signature_invalid", "the public key there is not that of the key hubkey"),
    "code": (REFUSED, "token_rejected", "give the code again, or start over: applink login prod"),
    "too-late": (REFUSED, "token_expired", "this login took too long: start over: applink login prod"),
    "over": (REFUSED, "permission_denied", "the session behind the token is over"),
    "session": (REFUSED, "token_rejected", "the token or its session is not known there any more"),
    "expired": (REFUSED, "token_expired", "renew it: applink token renew prod, or log in again"),
    "token": (REFUSED, "token_rejected",
              "revoked, gone with its consumer, or another consumer's; log in again: applink login"),
    "user": (REFUSED, "401 Unauthorized, without an OAuth problem",
             "the signature is good, but the user may not log in there: deactivated"),
    "captcha": (REFUSED, "403 Forbidden: it wants a CAPTCHA answered", "with a browser once"),
    "page": (REFUSED, "jira answered 200 with its login page", "a login stands in front of it"),
    "login": (REFUSED, "jira redirects to /jira/login.jsp", "it wants a login there"),
    "not-taken": (REFUSED, "401 Unauthorized", "ran as nobody, for the token was not taken"),
    "nobody": (REFUSED, "404 Not Found", "ran as nobody, for the token was not taken"),
    "hidden": (REFUSED, "jira ran the request as nobody", "it did not take the token"),
    "unproven": (REFUSED, "the new token is stored, but not yet proven", ""),
    "replaced": (REFUSED, "the new token is stored, but not yet proven", ""),
    "unsure": (FAILED, "whether the token was replaced there is not known", "applink token renew prod"),
    "websudo": (REFUSED, "this resource requires WebSudo", "by Basic authentication"),
    "xsrf": (FAILED, "403 Forbidden: XSRF check failed", "X-Atlassian-Token: no-check"),
    "scheme": (REFUSED, "signature_invalid", "took the request for one to https://127.0.0.1"),
    "host": (REFUSED, "signature_invalid", "took the request for one to http://jira.internal:8080"),
    "path": (REFUSED, "signature_invalid", "must pass the path on as it is"),
    "absent": (REFUSED, "parameter_absent", "look for a proxy that drops the Authorization header"),
    "unseen": (REFUSED, "401 Unauthorized", "look for a proxy that drops the Authorization header"),
    "unseen404": (REFUSED, "404 Not Found", "look for a proxy that drops the Authorization header"),
    "body": (FAILED, "400 Bad Request", "the body of the answer says why"),
    "gateway": (FAILED, "502 Bad Gateway", "the proxy in front of jira gets no answer from it"),
    "later": (FAILED, "503 Service Unavailable", "try again in 7 seconds"),
}


class MishapTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        file = self.home / "control.json"
        self.sandbox = self.have_login("--control", file)
        self.control = harness.Control(file)

    def tokens(self):
        return self.applink("token", "list", "--json").stdout

    @contextlib.contextmanager
    def nothing_written(self):
        """As unchanged_store(), by the number of events alone: for the many cells of the table."""
        before = self.applink("store", "info", "--json").stdout
        yield
        self.assertEqual(self.applink("store", "info", "--json").stdout, before)

    def pending(self):
        return self.applink("store", "info", "--json").json["store"]["pending_logins"]

    def expect(self, outcome, *words, **options):
        status, says, hint = OUTCOMES[outcome]
        if status == DONE:
            return self.applink(*words, **options)
        return self.refused(status, *words, says=says, hint=hint, **options)


class Commands(MishapTest):
    """The table, column by column."""

    def column(self, command, prepare=lambda: None):
        for mishap, outcomes in harness.rows_of(TABLE):
            outcome = outcomes[command]
            with self.subTest(command=command, mishap=mishap):
                self.control.only()
                prepare()
                self.control.only(mishap)
                words = [self.code if word == "CODE" else word for word in COMMANDS[command]]
                self.judge(outcome, words)

    def judge(self, outcome, words):
        """What is begun, ended, or waits for its proof, is kept; nothing else is."""
        if outcome in ("done", "unproven", "replaced"):
            before = self.tokens()
            self.expect(outcome, *words)
            if outcome == "unproven":
                self.assertEqual((self.tokens(), self.pending()), (before, 1))
            return
        with self.nothing_written():
            self.expect(outcome, *words)

    def test_every_mishap_is_in_the_table_and_in_the_documents(self):
        listed = self.refused(harness.USAGE, "sandbox", "--mishap", "?", says="no mishap is called")
        known = set(listed.err.split("there are: ")[1].strip().split(", "))
        rows = {mishap.split("=")[0] for mishap, _ in harness.rows_of(TABLE)}
        self.assertEqual(known - rows, TESTED_ELSEWHERE)
        document = (harness.TESTS.parent / "docs" / "sandbox.md").read_text()
        self.assertEqual({name for name in known if f"\n| `{name}` |" not in document}, set())

    def test_the_first_sitting(self):
        self.column("start")

    def test_the_second_sitting(self):
        def start():
            self.code = harness.follow(self.applink("login", "prod", "--start").out.strip())

        self.column("finish", start)

    def test_a_renewal(self):
        self.column("renew")
        self.control.only()
        self.assertEqual(self.applink("request", "GET", MYSELF).json["name"], "alice")

    def test_a_call(self):
        self.column("myself")
        self.column("issue")

    def test_a_change(self):
        before = self.applink("request", "GET", ISSUE).stdout
        self.column("PUT")
        self.control.only()
        self.assertEqual(self.applink("request", "GET", ISSUE).stdout, before)


class Proof(MishapTest):
    def test_a_token_that_cannot_be_proven_waits_for_better_times(self):
        code = harness.follow(self.applink("login", "prod", "--start").out.strip())
        self.control.only("captcha")
        self.expect("unproven", "login", "prod", "--finish", code)
        self.control.only()
        self.assertIn("alice", self.applink("login", "prod", "--finish", code).err)
        self.assertEqual(self.pending(), 0)

    def test_nobody_may_be_answered_with_success(self):
        self.control.only("anonymous")
        with self.unchanged_store():
            outcome = self.expect("hidden", "request", "GET", SEARCH)
        self.assertEqual(json.loads(outcome.out)["total"], 0)

    def test_a_form_that_was_eaten_breaks_the_signature(self):
        self.control.only("eaten-body")
        with self.unchanged_store():
            self.refused(REFUSED, "request", "POST", "/rest/api/2/search", "--form-urlencoded", "jql=x",
                         says="it did not see the parameter jql", hint="the form in the body: look for a proxy")

    def test_the_header_that_xsrf_wants(self):
        self.control.only("xsrf")
        self.applink("request", "PUT", ISSUE, "-H", "X-Atlassian-Token: no-check", *SUMMARY)


class ByListener(MishapTest):
    """A browser on this machine, and a mishap on one of the three ways."""

    def setUp(self):
        super().setUp()
        self.browser = self.have_browser()

    def test_where_it_ends(self):
        cases = (
            ("consumer-unknown@request-token", "consumer"),
            ("bad-gateway@access-token", "gateway"),
            ("token-revoked@access-token", "code"),
            ("user-deactivated", "unproven"),
        )
        for mishap, outcome in cases:
            with self.subTest(mishap=mishap):
                self.control.only(mishap)
                before = self.tokens()
                self.expect(outcome, "login", "prod", env=self.browser)
                self.assertEqual(self.tokens(), before)

    def test_a_page_that_refuses_is_no_answer(self):
        self.control.only("token-expired@authorize")
        before = self.tokens()
        self.refused(DENIED, "login", "prod", "--timeout", "1s", env=self.browser, says="nobody answered")
        self.assertEqual(self.tokens(), before)


class Keys(MishapTest):
    """The administrator has put another public key in the place of ours."""

    def replace_key(self):
        file = self.write("other.pem", (harness.KEYS / "rsa1024.pem").read_bytes())
        self.applink("key", "import", "other", file)
        other = self.applink("key", "export", "other", "--public-pem").out
        self.control("PUT", "/consumers/hub", public_key=other)

    def test_a_replaced_key_is_another_key_at_once(self):
        self.replace_key()
        with self.unchanged_store():
            self.expect("key", "request", "GET", MYSELF)

    def test_a_stale_key_goes_on_for_tokens_in_use_but_not_for_logins(self):
        self.control.only("stale-key")
        self.applink("request", "GET", MYSELF)
        self.replace_key()
        self.applink("request", "GET", MYSELF)
        with self.unchanged_store():
            self.expect("key", "login", "prod", "--start")

    def test_two_nodes_take_turns(self):
        self.control.only("two-nodes")
        with self.unchanged_store():
            for outcome in ("done", "key", "done", "key"):
                self.expect(outcome, "request", "GET", MYSELF)


class Administrator(MishapTest):
    """What happens to tokens for good: no mishap, but the same words."""

    def test_tokens_and_users(self):
        cases = (
            (("POST", "/tokens/expire"), {"user": "alice"}, "expired"),
            (("POST", "/users/alice"), {"active": False}, "user"),
            (("POST", "/tokens/revoke"), {}, "token"),
            (("DELETE", "/consumers/hub"), {}, "token"),
        )
        for request, fields, outcome in cases:
            with self.subTest(request=request), self.unchanged_store():
                self.control(*request, **fields)
                self.expect(outcome, "request", "GET", MYSELF)
            if outcome == "expired":  # which comes before all else: a fresh token for what follows
                self.log_in()
        with self.unchanged_store():
            self.expect("consumer", "login", "prod", "--start")


if __name__ == "__main__":
    harness.main()
