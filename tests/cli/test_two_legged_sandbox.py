"""Two-legged calls against the sandbox: what the scripted provider of test_two_legged.py cannot judge."""

import harness
from harness import FAILED, REFUSED, USAGE

MYSELF = "/rest/api/2/myself"
ISSUE = "/rest/api/2/issue/TEST-1"
BODY = '{"fields":{"summary":"changed"}}'


class TwoLegged(harness.CommandTest):
    def have(self, *words, two_legged="--two-legged"):
        self.have_key()
        self.sandbox = self.have_sandbox("--approve-as", "alice", *words)
        self.have_link(self.sandbox.url)
        if two_legged:
            self.applink("link", "set", "prod", two_legged)

    def get(self, path, *words):
        return self.applink("request", "GET", path, *words)

    def test_needs_no_token_and_runs_as_the_user_that_the_admin_named(self):
        self.have("--two-legged", "--execute-as", "bob")
        outcome = self.get(MYSELF)
        self.assertEqual((outcome.json["name"], outcome.err), ("bob", ""))

    def test_a_named_token_is_taken_all_the_same(self):
        self.have("--two-legged", "--execute-as", "bob")
        self.refused(FAILED, "request", "GET", MYSELF, "--user", "default", says="has no token",
                     hint="applink login prod")
        self.log_in()
        self.assertEqual(self.get(MYSELF, "--user", "default").json["name"], "alice")
        self.assertEqual(self.get(MYSELF).json["name"], "bob")
        self.applink("link", "set", "prod", "--no-two-legged")
        self.assertEqual(self.get(MYSELF).json["name"], "alice")

    def test_a_link_that_is_not_two_legged_wants_a_token(self):
        self.have("--two-legged", two_legged=None)
        self.refused(FAILED, "request", "GET", MYSELF, says="has no token", hint="applink login prod")

    def test_refused_with_the_box_to_tick(self):
        self.have()
        outcome = self.refused(REFUSED, "request", "GET", MYSELF,
                               says="jira lets this link make no call without a user",
                               hint='ticks "Allow 2-Legged OAuth" at Application links')
        self.assertNotIn("login", outcome.err)
        self.refused(REFUSED, "request", "GET", MYSELF, "--impersonate", "bob",
                     says="jira lets this link impersonate nobody",
                     hint='ticks "Allow user impersonation through 2-Legged OAuth"')

    def test_impersonates_the_user_that_is_asked_for(self):
        self.have("--impersonation")
        for user in ("bob", "alice"):
            outcome = self.get(MYSELF, "--impersonate", user)
            self.assertEqual((outcome.json["name"], outcome.err), (user, ""))
        self.applink("request", "PUT", ISSUE, "--impersonate", "bob", "--json", BODY)
        self.assertEqual(self.get(ISSUE + "?fields=summary", "--impersonate", "alice").json["fields"]["summary"],
                         "changed")

    def test_an_unknown_user_gets_no_answer_of_nobody(self):
        self.have("--impersonation")
        for path in ("/rest/api/2/serverInfo", MYSELF, ISSUE):
            with self.subTest(path=path):
                outcome = self.refused(REFUSED, "request", "GET", path, "--impersonate", "nobody.known",
                                       says="jira does not know the user nobody.known, and ran the request as nobody",
                                       hint="the name that the user logs in with")
                self.assertEqual(outcome.out, "")

    def test_an_unknown_user_changes_nothing(self):
        self.have("--impersonation")
        before = self.get(ISSUE, "--impersonate", "bob").stdout
        self.refused(REFUSED, "request", "PUT", ISSUE, "--impersonate", "nobody.known", "--json", BODY,
                     says="does not know the user")
        self.assertEqual(self.get(ISSUE, "--impersonate", "bob").stdout, before)

    def test_what_is_refused_before_anything_is_sent(self):
        self.have("--impersonation", two_legged=None)
        self.refused(USAGE, "request", "GET", MYSELF, "--impersonate", "bob",
                     says="makes no calls without a user's token", hint="applink link set prod --two-legged")
        self.applink("link", "set", "prod", "--two-legged")
        self.refused(USAGE, "request", "GET", MYSELF, "--impersonate", "", says="names no user")
        self.refused(USAGE, "request", "GET", MYSELF, "--impersonate", "bob", "--user", "bob", says="exclude each other")
        for query in ("xoauth_requestor_id=eve", "user_id=eve"):
            self.refused(USAGE, "request", "GET", f"{MYSELF}?{query}", "--impersonate", "bob",
                         says="names a user of its own", hint="--impersonate puts it there")
            self.refused(USAGE, "request", "GET", f"{MYSELF}?{query}",
                         says="names a user of its own", hint="--impersonate USER")


if __name__ == "__main__":
    harness.main()
