"""Links: added, listed, changed, removed; and every base URL that is none."""

import re

import harness
from harness import FAILED, KEYS, USAGE

JIRA = "https://jira.example.com/jira"
LINK = {
    "name": "prod", "url": JIRA, "product": "jira", "consumer_key": "hub", "key": "hubkey", "default": False,
    "request_token_url": None, "authorize_url": None, "access_token_url": None, "identity_url": None,
    "allow_other_hosts": False, "signature_method": "RSA-SHA1", "placement": "header", "body_hash": False,
    "realm": None, "callback_url": None, "two_legged": False, "accept_oauth_1_0": False, "ca_file": None,
    "client_certificate": None, "client_key": None, "proxy": None, "connect_timeout_seconds": 10,
    "max_time_seconds": 60, "ip_version": "any", "http_version": "auto", "allow_http": False,
}


class LinkTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def links(self):
        return self.applink("link", "list", "--json").json["links"]


class Add(LinkTest):
    def test_as_the_documentation_adds_one(self):
        outcome = self.applink("link", "add", "prod", "--url", JIRA, "--consumer-key", "hub", "--key", "hubkey")
        self.assertEqual(outcome.out, "")
        self.assertIn("applink login prod", outcome.err)
        self.assertEqual(self.links(), [LINK])

    def test_everything_there_is_to_say(self):
        ca_file = self.write("ca.pem", (KEYS / "certificate.pem").read_bytes())
        key_file = self.write("client.key", (KEYS / "pkcs8.pem").read_bytes())
        self.applink("link", "add", "wiki", "--url", "http://wiki.example.com:8090/", "--consumer-key", "hub",
                     "--key", "hubkey", "--product", "confluence", "--ca-file", "ca.pem", "--proxy",
                     "http://proxy.example.com:3128", "--max-time", "2m", "--connect-timeout", "3", "--realm", "",
                     "--client-certificate", "ca.pem", "--client-key", "client.key", "--ip-version", "6",
                     "--http-version", "2", "--placement", "query", "--body-hash", "--two-legged",
                     "--accept-oauth-1.0", "--callback-url", "https://hub.example.com/done", "--allow-http",
                     "--default")
        self.assertEqual(self.links(), [{
            **LINK, "name": "wiki", "url": "http://wiki.example.com:8090", "product": "confluence",
            "default": True, "ca_file": str(ca_file), "client_certificate": str(ca_file),
            "client_key": str(key_file), "proxy": "http://proxy.example.com:3128",
            "connect_timeout_seconds": 3, "max_time_seconds": 120, "ip_version": "6", "http_version": "2",
            "placement": "query", "body_hash": True, "two_legged": True, "accept_oauth_1_0": True,
            "callback_url": "https://hub.example.com/done", "allow_http": True,
        }])
        shown = self.applink("link", "show").out
        for text in ("wiki", "confluence", "proxy.example.com", str(ca_file), str(key_file), "120 s", "3 s",
                     "allowed", "query", "sent", "accepted", "https://hub.example.com/done"):
            self.assertIn(text, shown)

    def test_a_proxy_with_a_login_is_refused_and_not_repeated(self):
        for proxy in ("http://u:s3cret@proxy.example.com:3128", "proxy.example.com", "http://a b"):
            with self.subTest(proxy=proxy), self.unchanged_store():
                outcome = self.refused(USAGE, "link", "add", "prod", "--url", JIRA, "--consumer-key", "hub",
                                       "--key", "hubkey", "--proxy", proxy, says="the URL of the proxy", hint=" ")
                self.assertNotIn("s3cret", outcome.err)

    def test_base_urls_that_are_none(self):
        cases = {
            "jira.example.com": "https://jira.example.com",
            "https:jira.example.com": "https://jira.example.com", "//jira.example.com/x": "https://jira.example.com/x",
            "localhost:8080": "http://localhost:8080",
            "": "", "https://": "", "ftp://jira.example.com": "", "https:///jira": "",
            "http://jira.example.com": "", "https://jira.example.com/jira?x=1": "",
            "https://jira.example.com/jira#top": "", "https://me:pw@jira.example.com": "",
            "https://jira.example.com/../x": "", "https://jira.example.com/a b": "",
            "https://jira.example.com/projects/ABC/summary": "probably https://jira.example.com",
            "https://jira.example.com:99999": "", "https://jira\x1b.example.com": "",
        }
        for url, hint in cases.items():
            with self.subTest(url=url), self.unchanged_store():
                outcome = self.refused(USAGE, "link", "add", "prod", "--url", url, "--consumer-key", "hub",
                                       "--key", "hubkey", hint=hint)
                self.assertNotIn("\x1b", outcome.err)
                self.assertNotIn("pw@", outcome.err)

    def test_a_site_of_the_cloud_is_warned_about(self):
        words = ["--consumer-key", "hub", "--key", "hubkey"]
        outcome = self.applink("link", "add", "site", "--url", "https://example.atlassian.net", *words)
        self.assertRegex(outcome.err, r"warning: example\.atlassian\.net is a site of the cloud, where OAuth 1\.0a")
        self.assertNotIn("warning", self.applink("link", "add", "prod", "--url", JIRA, *words).err)
        self.assertIn("cloud", self.applink("link", "set", "prod", "--url", "https://x.atlassian.net").err)

    def test_plain_http_to_this_machine_is_fine(self):
        self.have_link("http://127.0.0.1:2990/jira")
        self.have_link("http://localhost:2990/jira", name="here")
        self.assertEqual(len(self.links()), 2)

    def test_a_name_that_is_taken(self):
        self.have_link(JIRA)
        with self.unchanged_store():
            self.refused(FAILED, "link", "add", "prod", "--url", JIRA + "2", "--consumer-key", "x",
                         "--key", "hubkey", says="prod")

    def test_an_unknown_key(self):
        with self.unchanged_store():
            self.refused(FAILED, "link", "add", "prod", "--url", JIRA, "--consumer-key", "hub", "--key", "hubkye",
                         says="hubkye", hint="hubkey")

    def test_what_is_missing_is_named(self):
        words = {"--url": JIRA, "--consumer-key": "hub", "--key": "hubkey"}
        for left_out in words:
            given = [word for flag, value in words.items() if flag != left_out for word in (flag, value)]
            with self.subTest(left_out=left_out), self.unchanged_store():
                self.refused(USAGE, "link", "add", "prod", *given, says=f"{left_out} is missing",
                             hint="applink link add prod --url")

    def test_names_products_and_consumer_keys_that_are_none(self):
        for name, consumer_key, product in (("a\tb", "hub", "jira"), ("a/b", "hub", "jira"),
                                            ("prod", "two words", "jira"), ("prod", "", "jira"),
                                            ("prod", "hub", "gira")):
            with self.subTest(name=name, consumer_key=consumer_key, product=product), self.unchanged_store():
                self.refused(USAGE, "link", "add", name, "--url", JIRA, "--consumer-key", consumer_key,
                             "--key", "hubkey", "--product", product)

    def test_a_ca_file_that_is_none(self):
        for content in (b"", b"no certificate", (KEYS / "pkcs1.pem").read_bytes()):
            self.write("ca.pem", content)
            with self.subTest(content=content[:30]), self.unchanged_store():
                self.refused(USAGE, "link", "add", "prod", "--url", JIRA, "--consumer-key", "hub",
                             "--key", "hubkey", "--ca-file", "ca.pem", says="ca.pem")

    def test_a_time_that_is_none(self):
        for time in ("soon", "-1", "5x", "m", "1.5s", "99999999999"):
            with self.subTest(time=time), self.unchanged_store():
                self.refused(USAGE, "link", "add", "prod", "--url", JIRA, "--consumer-key", "hub",
                             "--key", "hubkey", f"--max-time={time}", hint="90s, 5m, 1h")


class Change(LinkTest):
    def setUp(self):
        super().setUp()
        self.have_link(JIRA)

    def test_one_thing_changes_and_the_rest_stays(self):
        before = self.links()[0]
        self.applink("link", "set", "prod", "--max-time", "90s")
        self.assertEqual(self.links()[0], {**before, "max_time_seconds": 90})

    def test_an_empty_value_takes_away(self):
        before = self.links()[0]
        self.applink("link", "set", "prod", "--proxy", "http://proxy.example.com:3128", "--realm", "r")
        self.assertEqual(self.links()[0]["realm"], "r")
        self.applink("link", "set", "prod", "--proxy=", "--realm=")
        self.assertEqual(self.links()[0], before)

    def test_the_default_link(self):
        self.applink("link", "set", "prod", "--default")
        self.assertTrue(self.links()[0]["default"])
        self.assertIn("default", self.applink("link", "list").out)

    def test_plain_http_needs_to_be_allowed_for_as_long_as_the_url_is_plain(self):
        self.applink("link", "set", "prod", "--url", "http://jira.example.com", "--allow-http")
        with self.unchanged_store():
            self.refused(USAGE, "link", "set", "prod", "--forbid-http")
        self.applink("link", "set", "prod", "--url", JIRA, "--forbid-http")
        self.assertFalse(self.links()[0]["allow_http"])

    def test_what_changes_nothing_or_is_wrong(self):
        with self.unchanged_store():
            self.refused(USAGE, "link", "set", "prod", says="nothing", hint="link set --help")
            self.refused(USAGE, "link", "set", "prod", "--url", JIRA, says="prod", hint="link show")
            self.refused(USAGE, "link", "set", "prod", "--url", "nonsense://x")
            self.refused(FAILED, "link", "set", "prod", "--key", "other", says="other")
            self.refused(FAILED, "link", "set", "prdo", "--default", says="prdo", hint="prod")

    def test_another_client_has_to_log_in(self):
        said = self.applink("link", "set", "prod", "--consumer-key", "hub2").err
        self.assertIn("applink login prod", said)
        self.assertNotIn("warning", said)


class ChangeWithTokens(harness.CommandTest):
    """A token serves the server that gave it and the consumer it was given to, and nobody else."""

    def setUp(self):
        super().setUp()
        self.sandbox = self.have_login()

    def tokens(self):
        return self.applink("token", "list", "--json").json["tokens"]

    def test_nobody_else_gets_the_token(self):
        for flag, value in (("--url", "http://127.0.0.1:2990/jira"), ("--consumer-key", "hub2")):
            with self.subTest(flag=flag):
                self.applink("login", "prod", "--start")
                with self.unchanged_store():
                    self.refused(USAGE, "link", "set", "prod", flag, value, hint="--yes")
                outcome = self.applink("--quiet", "link", "set", "prod", flag, value, "--yes")
                self.assertRegex(outcome.err, "(?m)^applink: warning: .*forgotten.*" + re.escape(self.sandbox.url))
                self.assertEqual(self.tokens(), [])
                self.assertEqual(self.applink("store", "info", "--json").json["store"]["pending_logins"], 0)
                self.refused(FAILED, "request", "GET", "/rest/api/2/myself", says="no token")
                self.applink("link", "set", "prod", "--url", self.sandbox.url, "--consumer-key", "hub")
                self.log_in()

    def test_what_is_no_part_of_the_client_costs_no_token(self):
        outcome = self.applink("link", "set", "prod", "--max-time", "90s")
        self.assertNotIn("warning", outcome.err)
        self.assertEqual(len(self.tokens()), 1)


class Remove(LinkTest):
    def setUp(self):
        super().setUp()
        self.have_link(JIRA)

    def test_gone_when_said_yes_with_the_page_that_revokes(self):
        outcome = self.applink("link", "remove", "prod", "--yes")
        self.assertIn(JIRA + "/plugins/servlet/oauth/users/access-tokens", outcome.err)
        self.assertEqual(self.links(), [])

    def test_asks_first(self):
        with self.unchanged_store():
            self.refused(USAGE, "link", "remove", "prod", hint="--yes")
            terminal = harness.Terminal(self, "link", "remove", "prod")
            terminal.read_until("[y/N]")
            terminal.type("n\n")
            self.assertEqual(terminal.wait(), FAILED)
        terminal = harness.Terminal(self, "link", "remove", "prod")
        terminal.read_until("[y/N]")
        terminal.type("yes\n")
        self.assertEqual(terminal.wait(), 0)
        self.assertEqual(self.links(), [])

    def test_an_unknown_link_has_a_neighbour(self):
        self.refused(FAILED, "link", "remove", "prdo", "--yes", says="prdo", hint="prod")


class Choose(LinkTest):
    """Which link is meant where none is named."""

    def test_the_only_one_the_default_one_and_the_one_of_the_environment(self):
        def shown(**env):
            return self.applink("link", "show", "--json", env=env).json["link"]["name"]

        self.refused(FAILED, "link", "show", says="no link yet", hint="applink link add")
        self.have_link(JIRA)
        self.assertEqual(shown(), "prod")
        self.have_link(JIRA + "2", name="test")
        self.refused(USAGE, "link", "show", says="prod, test", hint="--default")
        self.applink("link", "set", "test", "--default")
        self.assertEqual(shown(), "test")
        self.assertEqual(shown(APPLINK_LINK="prod"), "prod")
        self.refused(FAILED, "link", "show", env={"APPLINK_LINK": "prdo"}, says="APPLINK_LINK", hint="prod")


if __name__ == "__main__":
    harness.main()
