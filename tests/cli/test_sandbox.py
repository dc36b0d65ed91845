"""The command that runs a provider to try things against."""

import signal
import socket
import urllib.request

import harness
from harness import DONE, FAILED, INTERRUPTED, USAGE


class SandboxCommand(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.public_key = self.have_key()

    def test_prints_its_base_url_first_and_serves(self):
        sandbox = self.have_sandbox("--approve-as", "alice")
        self.assertRegex(sandbox.url, r"^http://127\.0\.0\.1:\d+/jira$")
        with urllib.request.urlopen(sandbox.url + "/rest/api/2/serverInfo", timeout=harness.PATIENCE) as answer:
            self.assertEqual(answer.status, 200)

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
                 ["--consumer", f"=x"], ["--port", "70000"], ["--port", "-1"], ["--context-path", "jira"],
                 ["--consumer", f"hub={self.public_key}", "--approve-as", "nobody-known"])
        for words in cases:
            with self.subTest(words=words):
                outcome = self.run_applink("sandbox", *words)
                self.assertIn(outcome.status, (FAILED, USAGE), outcome)
                self.assertRegex(outcome.err, r"(?m)^applink: error: \S")
                self.assertEqual(outcome.out, "")

    def test_a_number_that_is_no_port(self):
        self.refused(USAGE, "sandbox", "--port", "99999", says="not a port: 99999", hint="65535")

    def test_needs_no_store(self):
        env = {"HOME": ""}
        sandbox = self.have_sandbox(env=env)
        self.assertTrue(sandbox.url)


if __name__ == "__main__":
    harness.main()
