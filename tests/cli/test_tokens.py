"""Tokens: listed, shown without their secrets, forgotten."""

import harness
from harness import FAILED, USAGE


class Tokens(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.sandbox = self.have_login()

    def test_listed_with_who_and_how_long(self):
        listed = self.applink("token", "list", "--json").json
        self.assertEqual(listed["version"], 1)
        token, = listed["tokens"]
        self.assertEqual(set(token), {"link", "user_label", "user_name", "consumer_key", "state", "created",
                                      "expires", "renewable_until"})
        self.assertEqual((token["user_name"], token["consumer_key"]), ("alice", "hub"))
        self.assertGreater(token["renewable_until"], token["expires"])
        self.assertGreater(token["expires"], token["created"])
        table = self.applink("token", "list").out
        self.assertIn("alice", table)
        self.assertIn(token["expires"], table)

    def test_secrets_are_shown_on_demand_alone(self):
        revealed = self.applink("token", "show", "prod", "--json", "--reveal-secrets").json["token"]
        secrets = [revealed[name] for name in ("token", "token_secret", "session_handle")]
        for secret in secrets:
            self.assertRegex(secret, r"^[0-9A-Za-z]{32}$")
        for words in (["token", "show", "prod"], ["token", "show", "--json"], ["token", "list"],
                      ["token", "list", "--json"], ["link", "show"], ["store", "info"]):
            said = self.applink(*words)
            for secret in secrets:
                self.assertNotIn(secret, said.out + said.err)
        self.assertIn(secrets[0], self.applink("token", "show", "prod", "--reveal-secrets").out)

    def test_shown_with_the_page_that_revokes(self):
        page = f"{self.sandbox.url}/plugins/servlet/oauth/users/access-tokens"
        self.assertIn(page, self.applink("token", "show", "prod").out)
        self.assertEqual(self.applink("token", "show", "--json").json["token"]["revoke_at"], page)

    def test_none_of_that_name(self):
        self.refused(FAILED, "token", "show", "prdo", says="prdo", hint="prod")
        self.refused(FAILED, "token", "show", "prod", "--user", "bob", says="bob", hint="--user bob")

    def test_forgotten_after_a_yes(self):
        with self.unchanged_store():
            self.refused(USAGE, "token", "forget", "prod", hint="--yes")
        outcome = self.applink("token", "forget", "prod", "--yes")
        self.assertIn("/plugins/servlet/oauth/users/access-tokens", outcome.err)
        self.assertEqual(self.applink("token", "list", "--json").json["tokens"], [])
        self.refused(FAILED, "request", "GET", "/rest/api/2/myself", says="prod", hint="applink login prod")

    def test_a_login_that_is_not_complete_is_forgotten_too(self):
        def pending():
            return self.applink("store", "info", "--json").json["store"]["pending_logins"]

        self.applink("login", "prod", "--start", "--user", "bob")
        said = self.applink("token", "forget", "prod", "--user", "bob", "--yes").err
        self.assertIn("forgot the login that is not complete", said)
        self.assertNotIn("revokes", said)
        self.assertEqual(pending(), 0)
        self.applink("login", "prod", "--start")
        said = self.applink("token", "forget", "prod", "--yes").err
        self.assertIn("the token of alice and the login that is not complete", said)
        self.assertIn("revokes", said)
        self.assertEqual(pending(), 0)
        self.refused(FAILED, "token", "forget", "prod", "--yes", says="no token", hint="applink login prod")

    def test_a_link_goes_with_its_tokens(self):
        self.applink("link", "remove", "prod", "--yes")
        self.assertEqual(self.applink("token", "list", "--json").json["tokens"], [])


if __name__ == "__main__":
    harness.main()
