"""Logins whose answer comes another way: through a tunnel, by another address, from a clipboard."""

import contextlib
import getpass
import http.client
import signal
import socket
import urllib.error
import urllib.parse
import urllib.request

import harness
from harness import DENIED, DONE, FAILED, INTERRUPTED, USAGE


def token_in(page):
    return urllib.parse.parse_qs(urllib.parse.urlsplit(page).query)["oauth_token"][0]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def sent_to(page):
    """Where the sandbox sends the browser from this page."""
    opener = urllib.request.build_opener(NoRedirect())
    try:
        opener.open(page, timeout=harness.PATIENCE)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise AssertionError("the page sends nobody anywhere")


class CallbackTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.sandbox = self.have_sandbox("--approve-as", "alice")
        self.have_link(self.sandbox.url)

    def users(self):
        return [token["user_name"] for token in self.applink("token", "list", "--json").json["tokens"]]

    def waiting(self, *words):
        """A login that waits, what it said so far, and its page."""
        process = self.start("login", "prod", "--no-browser", *words)
        said = []
        for line in process.stderr:
            said.append(line.decode())
            if line.startswith(b"http"):
                return process, "".join(said), line.decode().strip()
        return self.fail(f"no page was shown: {said}")

    def outcome(self, process):
        stdout, stderr = process.communicate(timeout=harness.PATIENCE)
        return harness.Outcome(process.returncode, stdout, stderr)


class Port(CallbackTest):
    def setUp(self):
        super().setUp()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def test_the_answer_is_taken_at_the_port_and_the_tunnel_is_named(self):
        process, said, page = self.waiting("--callback-port", self.port)
        self.assertRegex(said, rf"(?m)^  ssh -L {self.port}:127\.0\.0\.1:{self.port} {getpass.getuser()}@\S+$")
        address = sent_to(page)
        self.assertTrue(address.startswith(f"http://127.0.0.1:{self.port}/callback/"), address)
        harness.Page(address)
        self.assertEqual(self.outcome(process).status, DONE)
        self.assertEqual(self.users(), ["alice"])

    def test_a_port_that_is_taken(self):
        with socket.create_server(("127.0.0.1", self.port)):
            with self.unchanged_store():
                self.refused(FAILED, "login", "prod", "--callback-port", self.port,
                             says=f"cannot wait for the answer at port {self.port}: Address already in use",
                             hint="--callback-port")

    def test_no_port(self):
        for word in ("0", "65536", "-1", "http", "80 ", ""):
            with self.subTest(word):
                self.refused(USAGE, "login", "prod", f"--callback-port={word}", says="--callback-port",
                             hint="1024")

    def test_a_callback_on_this_machine_is_listened_at(self):
        for host in ("127.0.0.1", "localhost", "[::1]"):
            callback = f"http://{host}:{self.port}/back?from=jira"
            process, said, page = self.waiting("--callback-url", callback)
            self.assertIn(f"ssh -L {self.port}:", said)
            address = sent_to(page)
            self.assertTrue(address.startswith(callback + "&oauth_token="), address)
            # By number: whether this machine has a name or an IPv6 address is not the question.
            harness.Page(address.replace(host, "127.0.0.1"))
            self.assertEqual(self.outcome(process).status, DONE)

    def test_the_tunnel_is_for_those_who_have_no_browser_here(self):
        outcome = self.applink("login", "prod", "--callback-port", self.port, env=self.have_browser())
        self.assertNotIn("ssh", outcome.err)
        process = self.start("login", "prod", "--callback-port", self.port)
        said = []
        while not said or "ssh" not in said[-1]:
            said.append(process.stderr.readline().decode())
            self.assertNotEqual(said[-1], "", said)
        self.assertEqual(said[-2], "no browser can be started here; for one on another machine, run there:\n")
        harness.Page(sent_to([line for line in said if line.startswith("http")][0].strip()))
        self.assertEqual(self.outcome(process).status, DONE)

    def test_the_link_keeps_a_callback(self):
        callback = f"http://127.0.0.1:{self.port}/back"
        self.applink("link", "set", "prod", "--callback-url", callback)
        process, said, page = self.waiting()
        self.assertIn("ssh -L", said)
        address = sent_to(page)
        self.assertTrue(address.startswith(callback + "?"), address)
        harness.Page(address)
        self.assertEqual(self.outcome(process).status, DONE)
        page = self.applink("login", "prod", "--oob", "--start").out.strip()
        self.applink("login", "prod", "--finish", harness.follow(page))
        process, said, page = self.waiting("--callback-url", "")
        address = sent_to(page)
        self.assertFalse(address.startswith(callback), address)
        harness.Page(address)
        self.assertEqual(self.outcome(process).status, DONE)

    def test_a_callback_elsewhere_is_forwarded_to_the_port(self):
        callback = "https://hub.example.com/jira/back"
        process, said, page = self.waiting("--callback-url", callback, "--callback-port", self.port)
        self.assertNotIn("ssh", said)
        query = urllib.parse.urlsplit(sent_to(page)).query
        self.assertEqual(self.forwarded(f"/back?{query}", "evil.example.com"), 421)
        self.assertEqual(self.forwarded(f"/back?{query}", f"127.0.0.1:{self.port}"), 200)
        self.assertEqual(self.outcome(process).status, DONE)
        self.assertEqual(self.users(), ["alice"])


    def test_the_proxy_may_pass_the_host_on(self):
        for authority, host in (("https://Hub.example.com", "hub.example.com"),
                                ("https://hub.example.com:8443", "hub.example.com:8443"),
                                ("https://hub.example.com:443", "hub.example.com")):
            process, _, page = self.waiting("--callback-url", f"{authority}/", "--callback-port", self.port)
            query = urllib.parse.urlsplit(sent_to(page)).query
            self.assertEqual(self.forwarded(f"/?{query}", host), 200)
            self.assertEqual(self.outcome(process).status, DONE)

    def forwarded(self, target, host):
        """The status that a proxy in front of the port gets, where it says this Host."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=harness.PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", target, headers={"Host": host})
            return connection.getresponse().status


class Url(CallbackTest):
    callback = "https://hub.example.com/jira/back"

    def test_the_address_is_carried_over_in_a_second_sitting(self):
        page = self.applink("login", "prod", "--start", "--callback-url", self.callback).out.strip()
        address = sent_to(page)
        self.assertTrue(address.startswith(self.callback + "?oauth_token="), address)
        self.applink("login", "prod", "--finish", address)
        self.assertEqual(self.users(), ["alice"])

    def test_the_address_is_pasted(self):
        terminal = harness.Terminal(self, "login", "prod", "--no-browser", "--callback-url", self.callback)
        terminal.read_until("the address that the browser is at:")
        page = [word for word in terminal.seen.split() if word.startswith("http")][0]
        terminal.type(f"“{sent_to(page)}”\n")
        self.assertEqual(terminal.wait(), DONE)
        self.assertEqual(self.users(), ["alice"])

    def test_what_is_no_callback(self):
        for url, words in (
            ("hub.example.com/back", "callback URL"), ("ftp://hub.example.com/", "callback URL"),
            ("https://hub.example.com/#top", "fragment"), ("http://hub.example.com/", "http"), ("https://me:pw@hub.example.com/", "callback URL"),
            ("oob", "callback URL"),
        ):
            with self.subTest(url):
                self.refused(USAGE, "login", "prod", "--start", "--callback-url", url, says=words, hint=" ")

    def test_flags_that_do_not_go_together(self):
        for says, *words in (
            ("--oob", "--oob", "--callback-port", "8400"),
            ("--oob", "--oob", "--callback-url", self.callback),
            ("--start", "--start", "--callback-port", "8400"),
            ("--finish", "--finish", "x", "--callback-port", "8400"),
            ("--finish", "--finish", "x", "--callback-url", self.callback),
            ("--timeout", "--callback-url", self.callback, "--timeout", "1m"),
            ("--timeout", "--oob", "--timeout", "1m"),
            ("--timeout", "--finish", "x", "--timeout", "1m"),
        ):
            with self.subTest(words):
                self.refused(USAGE, "login", "prod", *words, says=says, hint=" ")


class Pasted(CallbackTest):
    """What a person makes of a code or an address on the way."""

    def test_codes_and_addresses_in_any_dress(self):
        dresses = (
            lambda address, code: f" {code[:3]} {code[3:]} ",
            lambda address, code: f"'{code}'",
            lambda address, code: f"\ufeff{code}\u200b",
            lambda address, code: f"oauth_verifier={code}",
            lambda address, code: f"<{address}>",
            lambda address, code: address[:60] + "\n    " + address[60:],
            lambda address, code: urllib.parse.quote(address, safe=""),
        )
        for number, dress in enumerate(dresses):
            label = f"dress{number}"
            page = self.applink("login", "prod", "--start", "--user", label).out.strip()
            code = harness.follow(page)
            address = f"http://127.0.0.1:1/callback/x?oauth_token={token_in(page)}&oauth_verifier={code}"
            with self.subTest(number):
                self.applink("login", "prod", "--user", label, "--finish", dress(address, code))
        self.assertEqual(self.users(), ["alice"] * len(dresses))

    def test_an_address_in_pieces_is_put_together(self):
        terminal = harness.Terminal(self, "login", "prod", "--oob")
        page = [word for word in terminal.read_until("Verification code:").split() if word.startswith("http")][0]
        code = harness.follow(page)
        address = f"http://127.0.0.1:1/callback/x?oauth_token={token_in(page)}&oauth_verifier={code}"
        cut = len(address) - 12
        terminal.type(f"{address[:40]}\n")
        terminal.read_until("The address goes on:")
        terminal.type(f"{address[40:cut]}\n")
        terminal.read_until("The address goes on:", 2)
        terminal.type(f"{address[cut:]}\n")
        self.assertEqual(terminal.wait(), DONE)
        self.assertEqual(self.users(), ["alice"])

    def test_an_address_that_does_not_go_on(self):
        terminal = harness.Terminal(self, "login", "prod", "--oob")
        terminal.read_until("Verification code:")
        terminal.type("http://127.0.0.1:1/\n")
        terminal.read_until("The address goes on:")
        terminal.type("\n")
        terminal.read_until("there is no code in the address")
        terminal.read_until("Verification code:", 2)


class HowToGoOn(CallbackTest):
    def test_ctrl_c_while_it_waits(self):
        process, _, page = self.waiting("--user", "second")
        self.addCleanup(lambda: process.poll() is None and process.kill())
        process.send_signal(signal.SIGINT)
        outcome = self.outcome(process)
        self.assertEqual(outcome.status, INTERRUPTED, outcome)
        self.assertIn("applink: hint: to go on: applink login prod --user second --finish CODE-OR-URL\n", outcome.err)
        self.applink("login", "prod", "--user", "second", "--finish", sent_to(page))
        self.assertEqual(self.users(), ["alice"])

    def test_ctrl_c_at_the_question(self):
        terminal = harness.Terminal(self, "login", "prod", "--oob")
        terminal.read_until("Verification code:")
        terminal.type("\x03")
        terminal.read_until("applink login prod --finish CODE-OR-URL")
        self.assertEqual(terminal.wait(), INTERRUPTED)
        self.assertEqual(self.applink("store", "info", "--json").json["store"]["pending_logins"], 1)

    def test_nobody_answers_in_time(self):
        outcome = self.refused(DENIED, "login", "prod", "--no-browser", "--timeout", "1s")
        page = [line for line in outcome.err.splitlines() if line.startswith("http")][0]
        self.assertIn("applink login prod --finish URL", outcome.err)
        self.applink("login", "prod", "--finish", sent_to(page))
        self.assertEqual(self.users(), ["alice"])


if __name__ == "__main__":
    harness.main()
