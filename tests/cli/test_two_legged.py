"""Calls without a user's token: for the client itself, and for a user whom it impersonates."""

import json

import harness
from harness import FAILED, REFUSED, USAGE
from scripted import Script

MYSELF = "/rest/api/2/myself"
ISSUE = "/rest/api/2/issue/TEST-1"
REALM = 'OAuth realm="http%3A%2F%2F127.0.0.1%2Fjira"'
NOT_ALLOWED = (401, {"WWW-Authenticate": REALM + ', oauth_consumer_key="hub", oauth_token=""'}, b"")
WANTS_LOGIN = (401, {"WWW-Authenticate": REALM}, b"")


def answer(user, body=None, status=200):
    content = json.dumps(body or {"name": user}).encode()
    return (status, {"X-AUSERNAME": user, "Content-Type": "application/json"}, content)


class TwoLegged(harness.CommandTest):
    def have(self, *answers, flag="--two-legged"):
        self.have_key()
        self.script = Script(*answers)
        self.addCleanup(self.script.stop)
        self.have_link(self.script.url)
        if flag:
            self.applink("link", "set", "prod", flag)

    def asked(self):
        for _, _, header in self.script.asked:
            self.assertIn('oauth_token=""', header)
        return [f"{method} {path}" for method, path, _ in self.script.asked]

    def test_needs_no_token(self):
        self.have(answer("bot"))
        outcome = self.applink("request", "GET", MYSELF)
        self.assertEqual((outcome.json["name"], outcome.err), ("bot", ""))
        self.assertEqual(self.asked(), ["GET /jira/rest/api/2/myself"])

    def test_a_named_user_needs_one_all_the_same(self):
        self.have()
        self.refused(FAILED, "request", "GET", MYSELF, "--user", "default", says="has no token",
                     hint="applink login prod")

    def test_a_link_that_is_not_two_legged_wants_a_token(self):
        self.have(flag=None)
        self.refused(FAILED, "request", "GET", MYSELF, says="has no token", hint="applink login prod")
        self.applink("link", "set", "prod", "--two-legged")
        self.applink("link", "set", "prod", "--no-two-legged")
        self.refused(FAILED, "request", "GET", MYSELF, says="has no token")

    def test_refused_with_the_box_to_tick(self):
        self.have(NOT_ALLOWED, NOT_ALLOWED, WANTS_LOGIN)
        outcome = self.refused(REFUSED, "request", "GET", MYSELF,
                               says="jira lets this link make no call without a user",
                               hint='ticks "Allow 2-Legged OAuth" at Application links')
        self.assertNotIn("login", outcome.err)
        self.refused(REFUSED, "request", "GET", MYSELF, "--impersonate", "bob",
                     says="jira lets this link impersonate nobody",
                     hint='ticks "Allow user impersonation through 2-Legged OAuth"')
        self.refused(REFUSED, "request", "GET", MYSELF, hint='names at "Execute as"')

    def test_the_answer_proves_whose_it_is(self):
        self.have(answer("bob", {"a": 1}))
        outcome = self.applink("request", "GET", ISSUE + "?fields=a", "--impersonate", "bob")
        self.assertEqual((outcome.json, outcome.err), ({"a": 1}, ""))
        self.assertEqual(self.asked(), ["GET /jira/rest/api/2/issue/TEST-1?fields=a&xoauth_requestor_id=bob"])

    def test_a_change_waits_for_the_proof(self):
        self.have(answer("bob"), answer("bob", {"done": True}))
        outcome = self.applink("request", "PUT", ISSUE, "--impersonate", "bob", "--json", "{}")
        self.assertEqual(outcome.json, {"done": True})
        self.assertEqual(self.asked(), ["GET /jira/rest/api/2/myself?xoauth_requestor_id=bob",
                                        "PUT /jira/rest/api/2/issue/TEST-1?xoauth_requestor_id=bob"])

    def test_an_unknown_user_changes_nothing(self):
        self.have(WANTS_LOGIN)
        self.refused(REFUSED, "request", "DELETE", ISSUE, "--impersonate", "bbo",
                     says="jira does not know the user bbo, and ran the request as nobody",
                     hint="the name that the user logs in with")
        self.assertEqual(len(self.script.asked), 1)

    def test_an_answer_to_another_is_not_printed(self):
        self.have(answer("anonymous", {"public": 1}), answer("alice", {"hers": 1}))
        for words in ("ran the request as nobody", "ran the request as alice and not as bob"):
            outcome = self.refused(REFUSED, "request", "GET", ISSUE, "-i", "--impersonate", "bob", says=words)
            self.assertEqual(outcome.out, "")

    def test_what_is_refused_before_anything_is_sent(self):
        self.have(flag=None)
        self.refused(USAGE, "request", "GET", MYSELF, "--impersonate", "bob",
                     says="makes no calls without a user's token", hint="applink link set prod --two-legged")
        self.applink("link", "set", "prod", "--two-legged")
        self.refused(USAGE, "request", "GET", MYSELF, "--impersonate", "", says="names no user")
        self.refused(USAGE, "request", "GET", MYSELF, "--impersonate", "bob", "--user", "bob",
                     says="exclude each other")
        for query in ("xoauth_requestor_id=eve", "user_id=eve"):
            self.refused(USAGE, "request", "GET", f"{MYSELF}?{query}", "--impersonate", "bob",
                         says="names a user of its own", hint="--impersonate puts it there")
            self.refused(USAGE, "request", "GET", f"{MYSELF}?{query}",
                         says="names a user of its own", hint="--impersonate USER")
        self.assertEqual(self.script.asked, [])


if __name__ == "__main__":
    harness.main()
