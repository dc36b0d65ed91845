"""The dance against the sandbox: by hand, by browser, in two sittings, denied, unanswered."""

import os
import socket
import urllib.error
import urllib.parse
import urllib.request

import harness
from harness import DENIED, DONE, FAILED, REFUSED, UNREACHABLE, USAGE


class LoginTest(harness.CommandTest):
    """A sandbox that approves by itself, and a link to it."""

    approval = ("--approve-as", "alice")

    def setUp(self):
        super().setUp()
        self.have_key()
        self.sandbox = self.have_sandbox(*self.approval)
        self.have_link(self.sandbox.url)

    def tokens(self):
        return self.applink("token", "list", "--json").json["tokens"]

    def pending(self):
        return self.applink("store", "info", "--json").json["store"]["pending_logins"]


class TwoSittings(LoginTest):
    def test_start_prints_the_page_alone_and_finish_takes_the_code(self):
        started = self.applink("login", "prod", "--oob", "--start")
        page = started.out.rstrip("\n")
        self.assertEqual(page.count("\n"), 0)
        self.assertTrue(page.startswith(f"{self.sandbox.url}/plugins/servlet/oauth/authorize?oauth_token="), page)
        self.assertEqual((self.pending(), self.tokens()), (1, []))
        finished = self.applink("login", "prod", "--finish", harness.follow(page))
        self.assertEqual(finished.out, "")
        self.assertIn("alice", finished.err)
        self.assertEqual(self.pending(), 0)
        token, = self.tokens()
        self.assertEqual((token["link"], token["user_label"], token["user_name"], token["state"]),
                         ("prod", "default", "alice", "good"))

    def test_finish_takes_the_address_of_the_redirect(self):
        page = self.applink("login", "prod", "--start").out.strip()
        token = urllib.parse.parse_qs(urllib.parse.urlsplit(page).query)["oauth_token"][0]
        code = harness.follow(page)
        address = f"http://127.0.0.1:1/callback?oauth_token={token}&oauth_verifier={code}"
        self.applink("login", "prod", "--finish", address)
        self.assertEqual(len(self.tokens()), 1)

    def test_the_address_of_another_login_is_refused(self):
        self.applink("login", "prod", "--start")
        with self.unchanged_store():
            self.refused(USAGE, "login", "prod", "--finish",
                         "http://127.0.0.1:1/?oauth_token=other&oauth_verifier=abcdef")

    def test_a_wrong_code_leaves_everything_as_it_was(self):
        page = self.applink("login", "prod", "--start").out.strip()
        harness.follow(page)
        with self.unchanged_store():
            self.refused(REFUSED, "login", "prod", "--finish", "wrong1", says="token_rejected")

    def test_finish_without_start(self):
        with self.unchanged_store():
            self.refused(FAILED, "login", "prod", "--finish", "abcdef", says="prod", hint="--start")

    def test_a_denial_in_the_address(self):
        page = self.applink("login", "prod", "--start").out.strip()
        token = urllib.parse.parse_qs(urllib.parse.urlsplit(page).query)["oauth_token"][0]
        self.refused(DENIED, "login", "prod", "--finish",
                     f"http://127.0.0.1:1/?oauth_token={token}&oauth_verifier=denied")
        self.assertEqual(self.tokens(), [])

    def test_labels_keep_tokens_apart(self):
        self.log_in()
        self.log_in("prod", "--user", "second")
        self.assertEqual([token["user_label"] for token in self.tokens()], ["default", "second"])

    def test_flags_that_do_not_go_together(self):
        with self.unchanged_store():
            self.refused(USAGE, "login", "prod", "--start", "--finish", "x")
            self.refused(USAGE, "login", "prod", "--start", "--timeout", "1m")
            self.refused(USAGE, "login", "prod", "--user", "no label")
            self.refused(USAGE, "login", "prod", "--timeout", "0", says="--timeout", hint="5m")


# Before anything else is opened, the directory that is listed among them.
DESCRIPTORS_SCRIPT = b"""#!/usr/bin/python3
import os
found = [name for name in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + name)]
with open("descriptors", "w") as file:
    file.write(" ".join(sorted(found)))
"""


class ByBrowser(LoginTest):
    def test_the_browser_is_opened_and_the_redirect_taken(self):
        outcome = self.applink("login", "prod", env=self.have_browser())
        self.assertEqual(outcome.out, "")
        self.assertIn(f"{self.sandbox.url}/plugins/servlet/oauth/authorize", outcome.err)
        self.assertEqual(self.tokens()[0]["user_name"], "alice")
        self.assertEqual(self.pending(), 0)

    def test_the_url_is_printed_whatever_is_muted(self):
        outcome = self.applink("login", "--quiet", env=self.have_browser())
        self.assertRegex(outcome.err, r"^http://\S+oauth_token=\S+\n$")

    def test_a_browser_command_with_a_place_for_the_url(self):
        script = self.have_browser()["BROWSER"]
        self.applink("login", "prod", env={"BROWSER": f"/usr/bin/python3 {script} %s:other-browser"})
        self.assertEqual(len(self.tokens()), 1)

    def test_the_browser_inherits_no_descriptor(self):
        browser = self.write("browser", DESCRIPTORS_SCRIPT + harness.BROWSER_SCRIPT, 0o700)
        with open(os.devnull, "rb") as inherited:
            outcome = self.run_applink("login", "prod", env={"BROWSER": str(browser)},
                                       pass_fds=[inherited.fileno()])
        self.assertEqual(outcome.status, DONE, outcome)
        self.assertEqual((self.home / "descriptors").read_text().split(), ["0", "1", "2"])

    def test_no_shell_sees_the_browser_command(self):
        outcome = self.run_applink("login", "prod", "--timeout", "1s",
                                   env={"BROWSER": f"touch;touch {self.home}/owned #"})
        self.assertEqual(outcome.status, DENIED, outcome)
        self.assertFalse((self.home / "owned").exists())

    def test_without_a_browser_the_page_is_opened_elsewhere(self):
        process = self.start("login", "prod", "--no-browser", env={"BROWSER": "/bin/false"})
        page = self.page_in(process)
        with urllib.request.urlopen(page, timeout=harness.PATIENCE) as answer:
            self.assertIn("127.0.0.1", answer.geturl())
        _, _ = process.communicate(timeout=harness.PATIENCE)
        self.assertEqual(process.returncode, DONE)
        self.assertEqual(len(self.tokens()), 1)

    def page_in(self, process):
        for line in process.stderr:
            if line.startswith(b"http"):
                return line.decode().strip()
        return self.fail("no URL was printed")


class Denied(LoginTest):
    """A person at the pages of the sandbox, who logs in there and decides."""

    approval = ()

    def person(self, process):
        for line in process.stderr:
            if line.startswith(b"http"):
                break
        page = harness.Page(line.decode().strip())
        page.submit(os_username="alice", os_password="alice", login="Log In")
        self.assertIn("Allow", page.html)
        return page

    def decide(self, **button):
        process = self.start("login", "prod", "--no-browser")
        page = self.person(process)
        page.submit(**button)
        stdout, stderr = process.communicate(timeout=harness.PATIENCE)
        return harness.Outcome(process.returncode, stdout, stderr), page

    def test_deny_is_a_denial(self):
        outcome, page = self.decide(deny="Deny")
        self.assertEqual(outcome.status, DENIED, outcome)
        self.assertIn("applink: error: ", outcome.err)
        self.assertEqual((self.tokens(), self.pending()), ([], 0))
        self.assertNotIn("oauth_verifier", page.html)

    def test_allow_is_a_login(self):
        outcome, _ = self.decide(approve="Allow")
        self.assertEqual(outcome.status, DONE, outcome)
        self.assertEqual(self.tokens()[0]["user_name"], "alice")

    def test_nobody_answers(self):
        outcome = self.refused(DENIED, "login", "prod", "--no-browser", "--timeout", "1s", says="within 1 second\n")
        self.assertEqual(self.tokens(), [])
        self.assertIn("--finish", outcome.err)


class OutOfBand(LoginTest):
    def test_a_person_types_the_code(self):
        terminal = harness.Terminal(self, "login", "prod", "--oob")
        shown = terminal.read_until("Verification code:")
        page = [word for word in shown.split() if word.startswith("http")][0]
        terminal.type(harness.follow(page) + "\n")
        self.assertEqual(terminal.wait(), DONE)
        self.assertEqual(len(self.tokens()), 1)

    def start_typing(self, *words):
        terminal = harness.Terminal(self, "login", "prod", "--oob", *words)
        shown = terminal.read_until("Verification code:")
        return terminal, [word for word in shown.split() if word.startswith("http")][0]

    def test_an_empty_line_and_a_wrong_code_are_asked_about_again(self):
        terminal, page = self.start_typing()
        code = harness.follow(page)
        for times, wrong in enumerate(("\n", "wrong1\n"), 2):
            terminal.type(wrong)
            terminal.read_until("Verification code:", times)
        terminal.type(code + "\n")
        self.assertEqual(terminal.wait(), DONE)
        self.assertEqual(self.tokens()[0]["user_name"], "alice")

    def test_the_third_wrong_code_ends_it(self):
        terminal, page = self.start_typing()
        harness.follow(page)
        terminal.type("wrong1\nwrong2\nwrong3\n")
        self.assertEqual(terminal.wait(), REFUSED)
        terminal.read_until("token_rejected")

    def test_the_end_of_input_names_the_second_sitting(self):
        terminal, page = self.start_typing("--user", "second")
        code = harness.follow(page)
        terminal.type("\x04")
        terminal.read_until("applink login prod --user second --finish CODE")
        self.assertEqual(terminal.wait(), FAILED)
        self.applink("login", "prod", "--user", "second", "--finish", code)

    def test_nobody_to_ask(self):
        self.refused(USAGE, "login", "prod", "--oob", "--no-input", hint="--start")
        self.refused(USAGE, "login", "prod", "--oob", hint="--start")


class Unreachable(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def test_nobody_listens(self):
        with socket.socket() as taken:  # bound and not listening: nobody else gets the port
            taken.bind(("127.0.0.1", 0))
            self.have_link(f"http://127.0.0.1:{taken.getsockname()[1]}/jira")
            with self.unchanged_store():
                outcome = self.refused(UNREACHABLE, "login", "prod", "--start")
                self.assertRegex(outcome.err, r"(?m)^applink: hint: \S")

    def test_something_else_answers(self):
        self.have_sandbox("--approve-as", "alice")
        sandbox = self.have_sandbox("--approve-as", "alice")
        self.have_link(sandbox.url + "/no/such/context")
        with self.unchanged_store():
            outcome = self.run_applink("login", "prod", "--start")
            self.assertIn(outcome.status, (FAILED, REFUSED), outcome)
            self.assertEqual(outcome.out, "")

    def test_a_consumer_that_the_provider_does_not_know(self):
        sandbox = self.have_sandbox("--approve-as", "alice")
        self.have_link(sandbox.url, consumer_key="bub")
        with self.unchanged_store():
            self.refused(REFUSED, "login", "prod", "--start", says='consumer_key_unknown ("bub")')

    def test_the_wrong_key(self):
        other = self.write("other.public.pem", (harness.KEYS / "public.pem").read_bytes())
        self.applink("key", "create", "another")
        sandbox = self.have_sandbox("--approve-as", "alice", public_key=other)
        self.have_link(sandbox.url, key="another")
        with self.unchanged_store():
            self.refused(REFUSED, "login", "prod", "--start", says="signature_invalid")

    def test_plain_http_to_another_machine_is_warned_about_each_time(self):
        self.applink("link", "add", "prod", "--url", "http://jira.invalid", "--consumer-key", "hub",
                     "--key", "hubkey", "--allow-http")
        for _ in range(2):
            outcome = self.refused(UNREACHABLE, "login", "prod", "--start")
            self.assertIn("applink: warning: http://jira.invalid is plain http", outcome.err)


if __name__ == "__main__":
    harness.main()
