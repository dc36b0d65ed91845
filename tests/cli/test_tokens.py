"""Tokens: listed, shown without their secrets, forgotten."""

import harness
from harness import DAY, FAILED, REFUSED, UNREACHABLE, USAGE


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

    def test_who_has_one_is_said_where_a_user_has_none(self):
        self.log_in("prod", "--user", "second")
        self.refused(FAILED, "request", "GET", "/rest/api/2/myself", "--user", "secnod", says="secnod",
                     hint="applink login prod --user secnod; users who have one: default, second")

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


class Renewal(harness.RestartTest):
    """A new token by the session behind the old one, without the user."""

    FIVE_YEARS = 5 * 365 * DAY

    def secrets(self, env=None):
        token = self.applink("token", "show", "--json", "--reveal-secrets", env=env).json["token"]
        return {name: token[name] for name in ("token", "session_handle")}

    def renewed(self, env=None):
        before = self.secrets(env)
        outcome = self.applink("token", "renew", "prod", env=env)
        self.assertIn("prod has a new token of alice, good until ", outcome.err)
        self.assertIn("the one before it is dead", outcome.err)
        self.assertEqual(outcome.out, "")
        after = self.secrets(env)
        for name, value in before.items():
            self.assertNotEqual(after[name], value)
            self.assertNotIn(after[name], outcome.err)
        self.assertEqual(self.applink("request", "GET", "/rest/api/2/myself", env=env).json["name"], "alice")

    def test_renewed_as_often_as_wanted(self):
        self.renewed()
        self.renewed()

    def test_renewed_when_the_warning_says_so(self):
        env = self.later(self.FIVE_YEARS - 10 * DAY)
        outcome = self.applink("token", "show", env=env)
        self.assertIn("applink token renew prod makes a new one", outcome.err)
        self.assertIn("applink token renew prod makes a new one", self.applink("token", "list", env=env).err)
        self.renewed(env)
        self.assertEqual(self.applink("token", "show", env=env).err, "")

    def test_renewed_after_it_expired(self):
        env = self.later(self.FIVE_YEARS + DAY)
        self.refused(REFUSED, "request", "GET", "/rest/api/2/myself", env=env, says="token_expired",
                     hint="applink token renew prod")
        self.renewed(env)

    def test_the_session_is_over(self):
        env = self.later(self.FIVE_YEARS + 40 * DAY)
        self.assertIn("applink login prod makes a new one", self.applink("token", "show", env=env).err)
        with self.unchanged_store():
            self.refused(REFUSED, "token", "renew", env=env, says="permission_denied",
                         hint="the session behind the token is over, so its user has to allow a new one: "
                              "applink login prod")

    def test_the_token_is_not_known_there(self):
        self.sandbox.stop()
        self.have_sandbox("--approve-as", "alice", port=self.sandbox.port)
        with self.unchanged_store():
            self.refused(REFUSED, "token", "renew", says="token_rejected", hint="log in again: applink login prod")

    def test_nobody_answers(self):
        self.sandbox.stop()
        with self.unchanged_store():
            self.refused(UNREACHABLE, "token", "renew", says="whether the token was replaced there is not known",
                         hint="then ask again: applink token renew prod")

    def test_none_of_that_name(self):
        self.refused(FAILED, "token", "renew", "prdo", says="prdo", hint="prod")
        self.refused(FAILED, "token", "renew", "--user", "bob", says="bob", hint="login prod --user bob")

    def test_of_the_user_that_is_named(self):
        self.log_in("prod", "--user", "second")
        first = self.secrets()
        outcome = self.applink("token", "renew", "--user", "second")
        self.assertIn("prod has a new token of alice", outcome.err)
        self.assertEqual(self.secrets(), first)


if __name__ == "__main__":
    harness.main()
