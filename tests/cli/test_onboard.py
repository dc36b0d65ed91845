"""The wizard: from nothing to a proven link, whatever stands there and whichever turn goes wrong."""

import os
import re
import signal
import socket

import harness
from harness import DONE, FAILED, INTERRUPTED, REFUSED, UNREACHABLE, USAGE

REST = ("--admin-user", "admin", "--admin-password-file", "password", "--yes")
UNKNOWN = "does not know the consumer hub yet"
GO_ON = "applink onboard prod"


class OnboardTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.write("password", b"admin\n")
        # The sandbox has one consumer of its own; the wizard's is another.
        self.others = self.have_key("others", "rsa3072.pem")
        self.browser = self.have_browser()

    def have_jira(self, *words, consumer="somebody-else"):
        self.sandbox = self.have_sandbox("--approve-as", "alice", *words, consumer=consumer, public_key=self.others)
        return self.sandbox

    def words(self, *words):
        return ("onboard", "prod", self.sandbox.url, "--consumer-key", "hub", "--key", "hubkey", *words)

    def onboard(self, *words, **options):
        return self.applink(*self.words(*words), env=self.browser, **options)

    def onboarding_refused(self, status, *words, **options):
        return self.refused(status, "--no-input", *self.words(*words), env=self.browser, **options)

    def users(self):
        return [token["user_name"] for token in self.applink("token", "list", "--json").json["tokens"]]


class OverRest(OnboardTest):
    def test_every_product_in_one_command(self):
        for number, (product, version) in enumerate([("jira", 7), ("jira", 8), ("jira", 9), ("jira", 10),
                                                     ("confluence", None), ("bitbucket", None), ("bamboo", None)]):
            with self.subTest(product=product, version=version):
                jira = self.have_jira("--product", product, *(["--version", version] if version else []))
                name = f"link{number}"
                done = self.applink("--no-input", "onboard", name, jira.url, "--consumer-key", "hub", "--key", "hubkey",
                                    *REST, "--json", env=self.browser)
                onboarding = done.json["onboarding"]
                self.assertEqual((onboarding["product"], onboarding["user_name"]), (product, "alice"))
                self.assertTrue(onboarding["product_version"].startswith(str(version or "")))
                self.assertIn('make the application link "applink hub"', done.err)
                first, *_ = re.findall(r"(?m)^  applink (request .*)$", done.err)
                self.assertIn("alice", self.applink(*first.split()).out)

    def test_a_key_is_made_where_there_is_none(self):
        jira = self.have_jira()
        done = self.applink("--no-input", "onboard", "prod", jira.url, *REST, env=self.browser)
        self.assertIn("made the key prod", done.err)
        self.assertIn("set its incoming consumer prod", done.err)
        self.assertEqual(self.users(), ["alice"])

    def test_what_is_done_is_not_done_again(self):
        self.have_jira()
        self.onboard(*REST)
        with self.unchanged_store():
            again = self.applink("--no-input", "onboard", "prod")
        self.assertNotIn("screen", again.err.lower())
        self.assertNotIn("open this page", again.err)
        self.assertIn("prod has a token of alice", again.err)

    def test_a_token_that_is_gone_is_asked_for_again(self):
        self.have_jira()
        self.onboard(*REST)
        self.applink("token", "forget", "prod", "--yes")
        again = self.applink("onboard", "prod", env=self.browser)
        self.assertIn("open this page", again.err)
        self.assertEqual(self.users(), ["alice"])

    def test_a_personal_access_token(self):
        self.have_jira("--personal-access-token", "admin=let-me-in")
        self.write("token", b"let-me-in\n")
        done = self.onboard("--admin-token-file", "token", "--yes")
        self.assertIn("as the owner of the token", done.err)
        self.assertEqual(self.users(), ["alice"])

    def test_it_asks_first(self):
        self.have_jira()
        terminal = harness.Terminal(self, *self.words("--admin-user", "admin"), env=self.browser)
        terminal.read_until("Password of admin in Jira:")
        self.assertFalse(terminal.echoes())
        terminal.type("admin\n")
        self.assertIn("set its incoming consumer hub", terminal.read_until("Do this? [y/N]"))
        terminal.type("n\n")
        self.assertEqual(terminal.wait(), FAILED)
        self.onboarding_refused(USAGE, *REST[:-1], says="Do this?", hint="--yes")
        self.onboarding_refused(REFUSED, says=UNKNOWN)  # nothing was made

    def test_another_key_is_replaced_by_a_yes_of_its_own_alone(self):
        self.have_jira(consumer="hub")
        refusal = self.onboarding_refused(USAGE, *REST, says="Replace what is there?", hint="--replace-consumer")
        self.assertIn("whoever signs with the old key is refused", refusal.err)
        done = self.onboard(*REST, "--replace-consumer")
        self.assertIn("replace the public key of the consumer hub", done.err)
        self.assertEqual(self.users(), ["alice"])

    def test_who_may_not(self):
        self.have_jira("--personal-access-token", "alice=hers")
        self.write("wrong", b"letmein\n")
        self.write("alice", b"alice\n")
        self.write("hers", b"hers\n")
        for words, says, hint in [
            (["--admin-user", "admin", "--admin-password-file", "wrong"], "does not take this password", "login page"),
            (["--admin-user", "alice", "--admin-password-file", "alice"], "administrator", ""),
            (["--admin-token-file", "hers"], "administrator", ""),
            (["--admin-token-file", "wrong"], "401", "token is not expired"),
        ]:
            with self.subTest(words=words):
                self.onboarding_refused(REFUSED, *words, "--yes", says=says, hint=hint)
        self.assertEqual(self.users(), [])


class ByHand(OnboardTest):
    def test_the_screens_of_each_version(self):
        for version, says, not_says in [(7, "Create new link", "Atlassian product"), (8, None, None),
                                        (9, "Choose at Application type: Atlassian product", "Create new link"),
                                        (10, "not confirmed for Jira 10", "Create new link")]:
            with self.subTest(version=version):
                self.have_jira("--version", version)
                shown = self.refused(REFUSED, "--no-input", "onboard", f"v{version}", self.sandbox.url, "--key",
                                     "hubkey", "--consumer-key", "hub", says=UNKNOWN, hint=f"onboard v{version}").err
                self.assertIn("Tick Create incoming link", shown)
                self.assertIn(f"{self.sandbox.url}/plugins/servlet/applinks/listApplicationLinks\n", shown)
                if says:
                    self.assertIn(says, shown)
                    self.assertNotIn(not_says, shown)

    def test_what_is_pasted_has_no_blank_before_it(self):
        self.have_jira()
        shown = self.onboarding_refused(REFUSED, says=UNKNOWN).err
        public_key = self.applink("key", "export", "hubkey", "--public-pem").out
        self.assertIn("\n" + public_key, shown)
        for value in ("https://hub.applink.invalid", "applink hub", "hub"):
            self.assertIn(f":\n{value}\n", shown)

    def test_another_product_has_the_nearest_screens(self):
        self.have_jira("--product", "confluence")
        self.onboarding_refused(REFUSED, says="not confirmed for Confluence")

    def test_every_wrong_turn_has_its_words(self):
        """What an administrator did, how the product then answers, and what is said of it."""
        for number, (turn, consumer, mishap, says) in enumerate([
            ("filled the fields under Outgoing", "hub", "consumer-unknown", "under Outgoing Authentication"),
            ("left the incoming side blank", "hub", "consumer-unknown", "left empty"),
            ("did not tick the box", "hub", "consumer-unknown", '"Create incoming link" was not ticked'),
            ("chose External application", "hub", "consumer-unknown", '"External application", which is OAuth 2.0'),
            ("typed the consumer key wrong", "Hub", None, "Consumer Key is not hub, letter by letter"),
            ("pasted the key with something else", "hub", "key-replaced", "something else was pasted with it"),
            ("pasted a certificate", "hub", "key-replaced", "a certificate was pasted"),
            ("pasted another key", "hub", "key-replaced", "another key pair was pasted"),
            ("has a proxy that changes the host", "hub", "wrong-host", "host"),
            ("has a proxy that ends https", "hub", "wrong-scheme", "scheme"),
        ]):
            with self.subTest(turn=turn):
                sandbox = self.have_sandbox("--approve-as", "alice", *(["--mishap", mishap] if mishap else []),
                                            consumer=consumer)
                refusal = self.refused(REFUSED, "--no-input", "onboard", f"turn{number}", sandbox.url, "--key",
                                       "hubkey", "--consumer-key", "hub", hint="")
                self.assertIn(says, " ".join(refusal.err.split()))

    def test_another_key_is_mended_where_it_stands(self):
        self.have_jira(consumer="hub")
        refusal = self.onboarding_refused(REFUSED, says="has another key of the consumer hub", hint=GO_ON).err
        self.assertIn("To mend it: Incoming Authentication", refusal)
        self.assertIn("a certificate was pasted", refusal)
        self.assertNotIn("Screen 1", refusal)

    def test_what_no_screen_could_mend(self):
        for number, (mishap, status, says) in enumerate([
            ("wrong-scheme", REFUSED, "scheme"), ("wrong-host", REFUSED, "host"), ("rewritten-path", REFUSED, "path"),
            ("clock-off=3600", REFUSED, "clock"), ("dropped-header", REFUSED, ""),
            ("unavailable@request-token", FAILED, "503"), ("unavailable", UNREACHABLE, "503"),
        ]):
            with self.subTest(mishap=mishap):
                sandbox = self.have_sandbox("--approve-as", "alice", "--mishap", mishap)
                refusal = self.refused(status, "--no-input", "onboard", f"link{number}", sandbox.url, "--key", "hubkey",
                                       "--consumer-key", "hub", says=says)
                self.assertNotIn("Screen 1", refusal.err)

    def test_it_waits_until_another_terminal_has_done_it(self):
        self.have_jira()
        waiting = self.start(*self.words("--wait", "1h", "--every", "1s"), env=self.browser)
        said = b""
        while b"Waiting until Jira knows" not in said:
            line = waiting.stderr.readline()
            self.assertTrue(line, said)
            said += line
        self.onboard(*REST)
        _, said = waiting.communicate(timeout=harness.PATIENCE)
        self.assertEqual(waiting.returncode, DONE, said)
        self.assertIn(b"knows the consumer hub now", said)
        self.assertIn(b"prod has a token of alice", said)

    def test_the_wait_ends(self):
        self.have_jira()
        self.onboarding_refused(REFUSED, "--wait", "1s", "--every", "1s", says=UNKNOWN, hint=GO_ON)


class AtATerminal(OnboardTest):
    def test_a_page_for_each_screen_and_ctrl_c(self):
        self.have_jira()
        terminal = harness.Terminal(self, *self.words(), env=self.browser)
        for screen in range(1, 5):
            shown = terminal.read_until("Press Enter for the next screen.", screen)
            self.assertIn(f"Screen {screen} of 5", shown)
            self.assertNotIn(f"Screen {screen + 1} of 5", shown)
            terminal.type("\n")
        terminal.read_until("Waiting until Jira knows the consumer hub")
        terminal.process.send_signal(signal.SIGINT)
        self.assertEqual(terminal.wait(), INTERRUPTED)
        shown = terminal.read_rest()
        self.assertIn(f"to go on: {GO_ON}", shown)
        too_wide = [line for line in shown.splitlines() if len(line) > 80 and not line.startswith("http")]
        # Corrections and the like name URLs and paths, which are never broken.
        self.assertEqual([line for line in too_wide if "made a new store" not in line], [])

    def test_each_value_in_the_clipboard(self):
        self.have_jira()
        self.write("xclip", b'#!/bin/sh\ncat >>"$HOME/copied"; env >>"$HOME/environment"\n', 0o700)
        environment = {**self.browser, "DISPLAY": ":0", "PATH": f"{self.home}:{os.environ['PATH']}"}
        terminal = harness.Terminal(self, *self.words("--copy"), env=environment)
        public_key = self.applink("key", "export", "hubkey", "--public-pem").out
        copied = ""
        for number, value in enumerate(["https://hub.applink.invalid", "applink hub", "hub", "hub", public_key], 1):
            terminal.read_until("press Enter", number)
            copied += value
            self.assertEqual((self.home / "copied").read_text(), copied)
            terminal.type("\n")
        terminal.read_until("Waiting until")
        self.assertNotIn("APPLINK_", (self.home / "environment").read_text())

    def test_there_is_no_clipboard(self):
        self.have_jira()
        terminal = harness.Terminal(self, *self.words("--copy"), env={**self.browser, "PATH": "/nowhere"})
        self.assertEqual(terminal.wait(), FAILED)
        self.assertIn("no clipboard", terminal.read_rest())


class Beginning(OnboardTest):
    def test_a_plan_does_nothing(self):
        self.have_jira()
        with self.unchanged_store():
            plan = self.applink("onboard", "prod", self.sandbox.url, "--plan").out
        self.assertIn("1. Make the key prod\n", plan)
        self.assertIn("5 screens", plan)
        self.assertIn("Over REST, as admin", self.applink(*self.words("--plan", *REST)).out)
        elsewhere = {"HOME": str(self.home / "elsewhere")}
        (self.home / "elsewhere").mkdir()
        self.applink("onboard", "prod", self.sandbox.url, "--plan", env=elsewhere)
        self.assertEqual(list((self.home / "elsewhere").iterdir()), [])

    def test_a_url_that_was_not_quite_it(self):
        self.have_jira()
        origin = self.sandbox.url.removesuffix("/jira")
        for typed in (origin, f"{self.sandbox.url}/browse/DEMO-1?focused=1", f"{self.sandbox.url}/secure/Dashboard.jspa"):
            with self.subTest(typed=typed):
                plan = self.applink("onboard", "prod", typed, "--plan")
                self.assertIn(f"the base URL is {self.sandbox.url}, and not ", plan.err)
                self.assertIn(f"to {self.sandbox.url},", plan.out)

    def test_the_cloud(self):
        self.refused(USAGE, "onboard", "prod", "https://example.atlassian.net/browse/A-1", says="site of the cloud",
                     hint="API token")
        self.refused(USAGE, "onboard", "prod", "example.atlassian.net", says="OAuth 1.0a is deprecated")
        cloud = self.have_jira("--deployment", "cloud")
        self.refused(USAGE, "onboard", "prod", cloud.url, says="site of the cloud", hint="OAuth 2.0")
        self.assertEqual(self.applink("link", "list", "--json").json["links"], [])

    def test_nothing_there(self):
        self.refused(UNREACHABLE, "onboard", "prod", f"http://127.0.0.1:{free_port()}", says="cannot connect")
        self.refused(USAGE, "onboard", "prod", says="no URL", hint="https://jira.example.com/jira")

    def test_a_link_that_is_kept_otherwise(self):
        self.have_jira()
        self.onboard(*REST)
        for words, says, hint in [
            ([self.sandbox.url, "--consumer-key", "spoke"], "kept with other values", "applink link show prod"),
            ([self.have_jira("--context-path", "/").url], "leads to", "choose another name"),
        ]:
            with self.subTest(words=words):
                self.refused(FAILED, "onboard", "prod", *words, says=says, hint=hint)

    def test_a_link_that_signs_with_a_secret(self):
        self.write("secret", b"s3cret\n")
        self.applink("link", "add", "photos", "--url", "https://photos.example.net", "--product", "generic",
                     "--consumer-key", "hub", "--signature-method", "HMAC-SHA1", "--consumer-secret-file", "secret",
                     "--request-token-url", "https://photos.example.net/a", "--authorize-url",
                     "https://photos.example.net/b", "--access-token-url", "https://photos.example.net/c")
        self.refused(USAGE, "onboard", "photos", says="signs with a secret", hint="applink login photos")

    def test_flags_that_do_not_go_together(self):
        self.have_jira()
        for words, says in [
            (["--admin-password-file", "password"], "without --admin-user"),
            (["--admin-user", ""], "--admin-user is empty"),
            (["--admin-user", "admin", "--admin-token-file", "password"], "contradict"),
            (["--replace-consumer"], "without an administrator"),
            (["--copy", *REST], "--copy is for a person"),
            (["--wait", "5m", *REST], "--wait is for a person"),
            (["--every", "5s", *REST], "--every is for a person"),
            (["--every", "0"], "--every leaves no time"),
            (["--timeout", "0"], "--timeout leaves no time"),
            (["--application-name", "a\nb"], "no line of text"),
        ]:
            with self.subTest(words=words):
                self.refused(USAGE, *self.words(*words), says=says)
        self.refused(USAGE, "onboard", "a b", self.sandbox.url, says="a b")


class Removal(OnboardTest):
    def test_both_sides(self):
        self.have_jira()
        self.onboard(*REST)
        removed = self.applink("--no-input", "link", "remove", "prod", "--remote", *REST)
        self.assertIn('delete the application link "applink hub"', removed.err)
        self.assertIn("removed the link prod", removed.err)
        self.onboarding_refused(REFUSED, says=UNKNOWN)

    def test_nothing_is_there_any_more(self):
        self.have_jira()
        self.onboarding_refused(REFUSED, says=UNKNOWN)
        removed = self.applink("link", "remove", "prod", "--remote", *REST)
        self.assertIn("has no application link of the consumer hub", removed.err)
        self.assertEqual(self.applink("link", "list", "--json").json["links"], [])

    def test_no_password_over_plain_http(self):
        self.applink("link", "add", "lab", "--url", "http://jira.example.com", "--allow-http", "--consumer-key", "hub",
                     "--key", "hubkey")
        self.refused(USAGE, "link", "remove", "lab", "--remote", *REST, says="plain http", hint="screens")

    def test_a_refusal_there_leaves_it_here(self):
        self.have_jira()
        self.onboard(*REST)
        self.write("wrong", b"wrong\n")
        with self.unchanged_store():
            self.refused(REFUSED, "link", "remove", "prod", "--remote", "--yes", "--admin-user", "admin",
                         "--admin-password-file", "wrong", says="password")
            self.refused(USAGE, "--no-input", "link", "remove", "prod", "--remote", *REST[:-1], says="Do this", hint="--yes")
        self.refused(USAGE, "link", "remove", "prod", "--remote", says="without an administrator")
        self.refused(USAGE, "link", "remove", "prod", *REST, says="nothing is to be removed there", hint="--remote")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    harness.main()
