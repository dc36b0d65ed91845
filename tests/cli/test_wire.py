"""A wire that misbehaves, against every command that speaks HTTP: how it ends, and what it says.

The table is the documentation: a row is a mishap on the wire, a column a command, a cell an outcome. A
command that fails leaves the store as it was, and has sent one request with one signature. The link
"bare" makes calls without a token.
"""

import contextlib
import json
import socket
import ssl
import threading

import harness
from harness import DONE, FAILED, REFUSED, UNREACHABLE

ISSUE = "/rest/api/2/issue/TEST-1"
SUMMARY = ("--json", '{"fields":{"summary":"changed"}}')

COMMANDS = {
    "start": ("login", "prod", "--start"),
    "finish": ("login", "prod", "--user", "finishing", "--finish", "CODE"),
    "renew": ("token", "renew", "prod", "--user", "renewing"),
    "GET": ("request", "GET", ISSUE),
    "PUT": ("request", "PUT", ISSUE, *SUMMARY),
    "2-legged": ("request", "GET", ISSUE, "--link", "bare"),
    "as-bob": ("request", "GET", ISSUE, "--link", "bare", "--impersonate", "bob"),
    "retry": ("request", "GET", ISSUE, "--retry", "1"),
}

TABLE = """
                             start       finish      renew       GET         PUT         2-legged    as-bob      retry

slow=20                      unfinished  unfinished  unheard     unfinished  unfinished  unfinished  unfinished  unfinished
hanging                      late        late        unheard     late        late        late        late        late
cut                          broken      broken      unheard     broken      broken      broken      broken      broken
broken-chunks                broken      broken      unheard     broken      broken      broken      broken      broken
huge                         longer      longer      unsure      longer      longer      longer      longer      longer
broken-gzip                  coded       coded       unsure      coded       coded       coded       coded       coded
invalid-utf8                 no-text     no-text     unsure      done        done        done        done        done
duplicate-headers            lengths     lengths     unsure      lengths     lengths     lengths     lengths     lengths
duplicate-headers=challenge  done        done        done        done        done        done        done        done
redirect                     moved       moved       unsure      moved       moved       moved       moved       moved
redirect=path:301            moved       moved       unsure      moved       moved       moved       moved       moved
redirect=host:307            elsewhere   elsewhere   unsure      elsewhere   elsewhere   elsewhere   elsewhere   elsewhere
redirect=scheme:308          secure      secure      unsure      secure      secure      secure      secure      secure
"""

# Exit status, what the error says, what the hint says.
OUTCOMES = {
    "done": (DONE, "", ""),
    "late": (UNREACHABLE, "did not answer within 1 s", "raise the link's time limit"),
    "unfinished": (UNREACHABLE, "did not finish its answer within 1 s", "raise the link's time limit"),
    "broken": (UNREACHABLE, "broke off its answer: ", "a proxy between may have closed the connection"),
    "longer": (FAILED, "the answer of 127.0.0.1 is longer than ", "ask for less at a time"),
    "coded": (FAILED, 'in the coding "gzip", which nobody asked for', "Accept-Encoding: gzip"),
    "lengths": (FAILED, "has more than one Content-Length", "look for a proxy between"),
    "no-text": (FAILED, "answer is not usable: it has a raw byte outside of ASCII", ""),
    # Of a renewal.
    "unsure": (FAILED, "whether the token was replaced there is not known", "applink token renew prod"),
    "unheard": (UNREACHABLE, "whether the token was replaced there is not known", "applink token renew prod"),
    "moved": (FAILED, "jira redirects to /moved/jira/", "the base URL is probably http://127.0.0.1:"),
    "elsewhere": (FAILED, "jira redirects to http://jira.example.com/jira/",
                  "a signature is not sent on to another address"),
    "secure": (FAILED, "jira redirects to https://127.0.0.1:", "the base URL is probably https://127.0.0.1:"),
}


class WireTest(harness.CommandTest):
    def setUp(self, *words):
        super().setUp()
        control, self.log = self.home / "control.json", self.home / "log"
        self.sandbox = self.have_login("--control", control, "--log", self.log, *words)
        self.control = harness.Control(control)

    def requests(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def at_once(self, commands):
        """{name: outcome} of {name: words}, run at the same time: most of them only wait."""
        outcomes = {}

        def run(name, words):
            outcomes[name] = self.run_applink(*words)

        threads = [threading.Thread(target=run, args=item) for item in commands.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    def judge(self, expected, outcome):
        status, says, hint = OUTCOMES[expected]
        self.assertEqual(outcome.status, status, outcome)
        if status == DONE:
            return
        self.assertRegex(outcome.err, r"(?m)^applink: error: .*" + says.replace("(", r"\("))
        self.assertIn(hint, outcome.err)


class Commands(WireTest):
    """The table."""

    def setUp(self):
        super().setUp("--two-legged", "--execute-as", "alice", "--impersonation")
        self.have_link(self.sandbox.url, "bare")
        self.applink("link", "set", "bare", "--two-legged")
        self.applink("link", "set", "prod", "--default")
        self.limit("1s")

    def limit(self, time):
        for link in ("prod", "bare"):
            self.applink("link", "set", link, "--max-time", time, "--connect-timeout", "1s")

    def ready(self):
        """The commands, with a login to end and a token to renew: what became of the last is not known."""
        self.control.only()
        self.log_in("prod", "--user", "renewing")
        code = harness.follow(self.applink("login", "prod", "--user", "finishing", "--start").out.strip())
        return {name: [code if word == "CODE" else word for word in words] for name, words in COMMANDS.items()}

    def changed_by_success_alone(self, outcomes):
        return contextlib.nullcontext() if outcomes["start"] == "done" else self.unchanged_store()

    def test_row_by_row(self):
        for mishap, outcomes in sorted(harness.rows_of(TABLE), key=lambda row: row[0] == "huge"):
            if mishap == "huge":  # the last: many bytes may take their time
                self.limit("60s")
            with self.subTest(mishap=mishap):
                commands = self.ready()
                self.control.only(mishap)
                with self.changed_by_success_alone(outcomes):
                    sent = len(self.requests())
                    seen = self.at_once(commands)
                    sent = len(self.requests()) - sent
                for command, expected in outcomes.items():
                    with self.subTest(mishap=mishap, command=command):
                        self.judge(expected, seen[command])
                # Whoever has a new token asks whose it is; after an answer to an impersonation that names
                # no user, too.
                proofs = sum(outcomes[command] == "done" for command in ("finish", "renew"))
                proofs += outcomes["as-bob"] in ("moved", "elsewhere", "secure")
                self.assertEqual(sent, len(COMMANDS) + proofs, "one request a command")

    def test_every_mishap_of_the_table_is_documented(self):
        document = (harness.TESTS.parent / "docs" / "sandbox.md").read_text()
        for mishap, _ in harness.rows_of(TABLE):
            self.assertIn(f"\n| `{mishap.split('=')[0]}` |", document)


class Exchange(WireTest):
    """The one request that a second try could not repeat: the token is given, its answer lost."""

    def test_a_token_whose_answer_is_lost(self):
        for mishap, status in (("cut@access-token", UNREACHABLE), ("broken-gzip@access-token", FAILED)):
            with self.subTest(mishap=mishap):
                code = harness.follow(self.applink("login", "prod", "--start").out.strip())
                self.control.only(mishap)
                tokens = self.applink("token", "list", "--json").stdout
                self.refused(status, "login", "prod", "--finish", code)
                self.assertEqual(self.applink("token", "list", "--json").stdout, tokens)
                self.control.only()
                self.refused(REFUSED, "login", "prod", "--finish", code, says="token_rejected",
                             hint="start over: applink login prod")
        self.log_in()

    def test_what_passes_is_asked_again(self):
        self.control.only("cut", times=1)
        sent = len(self.requests())
        outcome = self.applink("request", "GET", ISSUE, "--retry", "1")
        self.assertIn(b"TEST-1", outcome.stdout)
        self.assertIn("asking again in 1 second", outcome.err)
        self.assertEqual([one["status"] for one in self.requests()[sent:]], [200, 200])

    def test_a_callers_own_coding(self):
        self.control.only("broken-gzip")
        outcome = self.applink("request", "GET", ISSUE, "-H", "Accept-Encoding: gzip")
        self.assertIn(b"TEST-1", outcome.stdout)

    def test_a_problem_among_other_challenges(self):
        self.control.only("duplicate-headers=challenge", "consumer-unknown")
        self.refused(REFUSED, "login", "prod", "--start", says='consumer_key_unknown ("hub")')

    def test_headers_that_are_no_text_do_not_reach_the_terminal(self):
        self.control.only("invalid-utf8")
        outcome = self.applink("request", "GET", ISSUE, "--include")
        self.assertIn(b"X-Node: ", outcome.stdout + outcome.stderr)


class Unreachable(harness.CommandTest):
    """Nothing there, or nothing that answers."""

    def setUp(self):
        super().setUp()
        self.have_key()

    def refused_at(self, url, *words, env=None, **expected):
        self.applink("link", "add", "prod", "--url", url, "--consumer-key", "hub", "--key", "hubkey", *words)
        with self.unchanged_store():
            self.refused(UNREACHABLE, "login", "prod", "--start", env=env, **expected)

    def test_nobody_listens(self):
        with socket.socket() as bound:
            bound.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{bound.getsockname()[1]}/jira"
            self.refused_at(url, says="cannot connect to 127.0.0.1:", hint="whether the server runs")

    def test_nobody_answers(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            port = silent.getsockname()[1]
            limits = ("--max-time", "1s", "--connect-timeout", "1s")
            self.refused_at(f"http://127.0.0.1:{port}/jira", *limits, says="did not answer within 1 s")

    def test_no_such_name(self):
        host = "x" * 64 + ".example"  # in no name service: nothing is asked over the network
        self.refused_at(f"https://{host}/jira", env={"no_proxy": "*"},
                        says=f"no address is known for the host {host}", hint="check its spelling")

    def test_no_proxy_there(self):
        with socket.socket() as bound:
            bound.bind(("127.0.0.1", 0))
            proxy = f"http://127.0.0.1:{bound.getsockname()[1]}"
            self.refused_at("https://jira.example.com/jira", "--proxy", proxy,
                            says="the proxy does not lead to jira.example.com: Connection refused",
                            hint="check the link's proxy")


class Tls(harness.CommandTest):
    """The sandbox by TLS: who is trusted, and who has to show who he is."""

    def setUp(self):
        super().setUp()
        self.have_key()
        self.ca_file = self.home / "ca.pem"

    def have_tls_sandbox(self, *words):
        sandbox = self.have_sandbox("--approve-as", "alice", "--tls", "--tls-ca-file", self.ca_file, *words)
        self.assertRegex(sandbox.url, r"^https://127\.0\.0\.1:\d+/jira$")
        return sandbox

    def add_link(self, url, *words):
        self.applink("link", "add", "prod", "--url", url, "--consumer-key", "hub", "--key", "hubkey", *words)

    def test_is_trusted_by_its_file_alone(self):
        sandbox = self.have_tls_sandbox()
        self.add_link(sandbox.url, "--ca-file", self.ca_file)
        self.assertIn(sandbox.url, self.applink("login", "prod", "--start").out)
        self.applink("link", "set", "prod", "--ca-file", "")
        with self.unchanged_store():
            self.refused(UNREACHABLE, "login", "prod", "--start", says="signed by an authority unknown here",
                         hint="--ca-file FILE")

    def test_is_reached_by_ipv6(self):
        sandbox = self.have_tls_sandbox()
        self.add_link(sandbox.url.replace("127.0.0.1", "[::1]"), "--ca-file", self.ca_file)
        try:
            socket.create_connection(("::1", sandbox.port)).close()
        except OSError:
            self.skipTest("this machine has no ::1")
        self.assertIn("https://", self.applink("login", "prod", "--start").out)

    def test_speaks_no_plain_http(self):
        sandbox = self.have_tls_sandbox()
        self.add_link(sandbox.url.replace("https", "http"))
        self.refused(UNREACHABLE, "login", "prod", "--start", says="broke off its answer: ",
                     hint="the URL begins with https://")

    def test_plain_http_is_no_tls(self):
        sandbox = self.have_sandbox()
        self.add_link(sandbox.url.replace("http", "https"))
        self.refused(UNREACHABLE, "login", "prod", "--start", says="no TLS connection to 127.0.0.1:",
                     hint="whether it is http://")

    def test_says_why_it_ends_a_session(self):
        sandbox = self.have_tls_sandbox()
        received, to_send = ssl.MemoryBIO(), ssl.MemoryBIO()
        context = ssl.create_default_context(cafile=str(self.ca_file))
        session = context.wrap_bio(received, to_send, server_hostname="127.0.0.1")
        with socket.create_connection(("127.0.0.1", sandbox.port), timeout=harness.PATIENCE) as wire:
            while not session.cipher():
                with contextlib.suppress(ssl.SSLWantReadError):
                    session.do_handshake()
                    break
                wire.sendall(to_send.read())
                received.write(wire.recv(65536))
            not_encrypted = b"\x17\x03\x03\x00\x20" + bytes(32)
            wire.sendall(to_send.read() + not_encrypted)
            while more := wire.recv(65536):
                received.write(more)
        with self.assertRaisesRegex(ssl.SSLError, "ALERT_BAD_RECORD_MAC"):
            session.read()

    def test_demands_a_client_certificate(self):
        certificate = self.write("client.pem", self.applink("key", "export", "hubkey", "--certificate").stdout)
        key = self.write("client.key", (harness.KEYS / "pkcs1.pem").read_bytes())
        sandbox = self.have_tls_sandbox("--tls-client-ca", certificate)
        self.add_link(sandbox.url, "--ca-file", self.ca_file)
        with self.unchanged_store():
            self.refused(UNREACHABLE, "login", "prod", "--start", says="demands a client certificate",
                         hint="--client-certificate FILE --client-key FILE")
        self.applink("link", "set", "prod", "--client-certificate", certificate, "--client-key", key)
        self.assertIn(sandbox.url, self.applink("login", "prod", "--start").out)

    def test_options_that_are_wrong(self):
        existing = self.write("existing.pem", b"mine")
        for words, says in ((("--tls",), "no file for it"), (("--tls-ca-file", "x.pem"), "no TLS"),
                            (("--tls", "--tls-ca-file", existing), "existing.pem"),
                            (("--proxy-scheme", "ftp"), "no scheme"), (("--proxy-name", "a/b"), "no host"),
                            (("--proxy-port", "0"), "no port")):
            with self.subTest(words=words):
                outcome = self.run_applink("sandbox", *words)
                self.assertIn(outcome.status, (FAILED, harness.USAGE), outcome)
                self.assertIn(says, outcome.err)
                self.assertRegex(outcome.err, r"(?m)^applink: hint: \S")
        self.assertEqual(existing.read_bytes(), b"mine")


if __name__ == "__main__":
    harness.main()
