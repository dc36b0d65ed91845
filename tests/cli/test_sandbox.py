"""The command that runs a provider to try things against."""

import json
import signal
import socket
import urllib.error
import urllib.request

import harness
from harness import DONE, FAILED, INTERRUPTED, REFUSED, USAGE


class SandboxCommand(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.public_key = self.have_key()

    def test_prints_its_base_url_first_and_serves(self):
        sandbox = self.have_sandbox("--approve-as", "alice")
        self.assertRegex(sandbox.url, r"^http://127\.0\.0\.1:\d+/jira$")
        with urllib.request.urlopen(sandbox.url + "/rest/api/2/serverInfo", timeout=harness.PATIENCE) as answer:
            self.assertEqual(answer.status, 200)

    def test_says_the_version_that_it_stands_in_for(self):
        for asked, version in (("7", "7.13.0"), ("8", "8.20.10"), ("10", "10.3.0")):
            sandbox = self.have_sandbox("--version", asked)
            with urllib.request.urlopen(sandbox.url + "/rest/api/2/serverInfo", timeout=harness.PATIENCE) as answer:
                self.assertEqual(json.load(answer)["version"], version)
            sandbox.stop()

    def test_leaves_no_file_that_the_next_start_would_meet(self):
        files = [self.home / "control.json", self.home / "ca.pem"]
        words = ("--control", files[0], "--tls", "--tls-ca-file", files[1])
        for _ in range(2):
            sandbox = self.have_sandbox(*words)
            self.assertEqual([file.exists() for file in files], [True, True])
            self.assertEqual(sandbox.stop(), DONE)
            self.assertEqual([file.exists() for file in files], [False, False])

    def test_another_context_path(self):
        self.assertRegex(self.have_sandbox("--context-path", "/a/b").url, r":\d+/a/b$")
        self.assertRegex(self.have_sandbox("--context-path", "").url, r":\d+$")

    def test_ends_when_told(self):
        for told, status in ((signal.SIGTERM, DONE), (signal.SIGINT, INTERRUPTED)):
            with self.subTest(signal=told):
                sandbox = self.have_sandbox()
                sandbox.process.send_signal(told)
                self.assertEqual(sandbox.process.wait(harness.PATIENCE), status)
                self.assertNotIn(b"error", sandbox.process.stderr.read())

    def test_says_that_it_knows_no_consumer(self):
        sandbox = harness.Sandbox(self.start("sandbox"))
        self.addCleanup(sandbox.stop)
        self.assertIn(b"Ctrl-C", sandbox.process.stderr.readline())
        self.assertIn(b"--consumer KEY=FILE", sandbox.process.stderr.readline())

    def test_takes_a_certificate_too(self):
        certificate = self.write("hub.cer", self.applink("key", "export", "hubkey", "--certificate").stdout)
        sandbox = self.have_sandbox("--approve-as", "alice", public_key=certificate)
        self.have_link(sandbox.url)
        self.log_in()

    def test_a_port_that_is_taken(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.refused(FAILED, "sandbox", "--port", port, "--consumer", f"hub={self.public_key}", says=str(port))

    def test_options_that_are_wrong(self):
        private = self.write("private.pem", (harness.KEYS / "pkcs1.pem").read_bytes())
        cases = (["--consumer", "hub"], ["--consumer", "hub=nowhere.pem"], ["--consumer", f"hub={private}"],
                 ["--consumer", f"=x"], ["--mishap", "nosuch"], ["--product", "trello"], ["--version", "6"],
                 ["--deployment", "moon"], ["--user", ":"], ["--users", "nowhere"], ["--execute-as", "alice"],
                 ["--session-lifetime", "0"], ["--deployment", "cloud", "--two-legged"], ["--port", "70000"], ["--port", "-1"], ["--context-path", "jira"],
                 ["--consumer", f"hub={self.public_key}", "--approve-as", "nobody-known"])
        for words in cases:
            with self.subTest(words=words):
                outcome = self.run_applink("sandbox", *words)
                self.assertIn(outcome.status, (FAILED, USAGE), outcome)
                self.assertRegex(outcome.err, r"(?m)^applink: error: \S")
                self.assertEqual(outcome.out, "")

    def test_a_personal_access_token(self):
        sandbox = self.have_sandbox("--personal-access-token", "admin=let-me-in")
        asked = urllib.request.Request(sandbox.url + "/rest/applinks/3.0/applicationlink", headers={
            "Authorization": "Bearer let-me-in", "Accept": "application/json"})
        with urllib.request.urlopen(asked, timeout=harness.PATIENCE) as answer:
            links = json.load(answer)["applicationLinks"]
        self.assertEqual([link["name"] for link in links], ["hub"])
        for word, says in (("admin", "names no user and a token"), ("nobody=x", 'called "nobody"')):
            self.refused(USAGE, "sandbox", "--personal-access-token", word, says=says)

    def test_a_number_that_is_no_port(self):
        self.refused(USAGE, "sandbox", "--port", "99999", says="not a port: 99999", hint="65535")

    def test_every_product_takes_a_login(self):
        for product in ("jira", "confluence", "bitbucket", "bamboo"):
            with self.subTest(product=product):
                sandbox = self.have_sandbox("--product", product, "--approve-as", "bob")
                self.assertTrue(sandbox.url.endswith("/" + product))
                self.applink("link", "add", product, "--product", product, "--url", sandbox.url,
                             "--consumer-key", "hub", "--key", "hubkey")
                self.assertIn("bob", self.log_in(product).err)
                whoami = self.applink("request", "GET", "/plugins/servlet/applinks/whoami", "-l", product)
                self.assertEqual(whoami.out, "bob")

    def test_what_the_pages_say_of_the_consumer(self):
        sandbox = self.have_sandbox("--consumer-name", "The <hub>", "--consumer-description", "Copies & moves")
        self.have_link(sandbox.url)
        page = harness.Page(self.applink("login", "prod", "--start").out.strip())
        page.submit(os_username="alice", os_password="alice", login="Log In")
        self.assertIn("<h1>Allow The &lt;hub&gt; to act as you?</h1>", page.html)
        self.assertRegex(page.html, r"Description</dt>\s*<dd>Copies &amp; moves</dd>")

    def test_users_and_groups_of_ones_own(self):
        users = self.write("users.json", b'[{"name":"carol","groups":["dev"]}]')
        sandbox = self.have_sandbox("--users", users, "--user", "dave:secret", "--approve-as", "carol")
        self.have_link(sandbox.url)
        self.log_in()
        me = self.applink("request", "GET", "/rest/api/2/myself?expand=groups").json
        self.assertEqual((me["name"], me["groups"]["items"][0]["name"]), ("carol", "dev"))

    def test_the_boxes_of_two_legged_oauth(self):
        sandbox = self.have_sandbox("--two-legged", "--execute-as", "bob", "--impersonation")
        self.have_link(sandbox.url)
        self.applink("link", "set", "prod", "--two-legged")
        self.assertEqual(self.applink("request", "GET", "/rest/api/2/myself").json["name"], "bob")
        alice = self.applink("request", "GET", "/rest/api/2/myself", "--impersonate", "alice")
        self.assertEqual(alice.json["name"], "alice")
        self.refused(REFUSED, "request", "GET", "/rest/api/2/myself", "--impersonate", "zebedee")

    def test_boxes_that_nobody_has_ticked(self):
        self.have_link(self.have_sandbox().url)
        self.applink("link", "set", "prod", "--two-legged")
        for words in ((), ("--impersonate", "alice")):
            self.refused(REFUSED, "request", "GET", "/rest/api/2/myself", *words, hint="2-Legged OAuth")

    def test_lifetimes(self):
        sandbox = self.have_sandbox("--approve-as", "alice", "--access-token-lifetime", "1h")
        self.have_link(sandbox.url)
        self.log_in()
        token, = self.applink("token", "list", "--json").json["tokens"]
        self.assertEqual(token["state"], "renewal due")

    def test_log_and_control(self):
        log, control = self.home / "log", self.home / "control.json"
        sandbox = self.have_sandbox("--log", log, "--control", control, "--mishap", "captcha")
        self.assertEqual(control.stat().st_mode & 0o777, 0o600)
        steer = harness.Control(control)
        self.assertEqual([mishap["mishap"] for mishap in steer("GET")["mishaps"]], ["captcha"])
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        self.assertEqual([line["target"] for line in lines], ["/sandbox-control"])
        self.assertNotIn(steer.access["token"], log.read_text())
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(steer.access["url"], timeout=harness.PATIENCE)
        self.assertEqual(refused.exception.code, 401)
        refused.exception.close()
        self.assertTrue(sandbox.url)

    def test_one_sandbox_a_state_file(self):
        state = self.home / "state"
        first = self.have_sandbox("--state", state)
        self.refused(FAILED, "sandbox", "--state", state, says="another sandbox works on", hint="--state")
        first.stop(signal.SIGKILL)
        self.assertTrue(self.have_sandbox("--state", state).url)

    def test_needs_no_store(self):
        env = {"HOME": ""}
        sandbox = self.have_sandbox(env=env)
        self.assertTrue(sandbox.url)


if __name__ == "__main__":
    harness.main()
