"""request --retry: what is asked again, and what never is."""

import http.server
import re
import threading

import harness
from harness import DONE, FAILED, UNREACHABLE, USAGE


class Script:
    """A server that gives one scripted answer after the other, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        script = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get("Content-Length", 0))
                self.rfile.read(length)
                script.asked.append((self.command, self.path, self.headers.get("Authorization", "")))
                status, headers, body = script.answers.pop(0)
                if status is None:  # no answer: the connection ends
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_OPTIONS = do_POST = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/jira"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(harness.PATIENCE)


BUSY = (503, {"Retry-After": "0"}, b"busy")
GONE = (None, {}, b"")
FINE = (200, {"Content-Type": "application/json"}, b'{"fine":true}')


class Retries(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def have_server(self, *answers):
        self.script = Script(*answers)
        self.addCleanup(self.script.stop)
        self.have_link(self.script.url)
        self.applink("link", "set", "prod", "--two-legged", "--max-time", "10")

    def protocol(self, name):
        return [re.search(f'{name}="([^"]*)"', header).group(1) for _, _, header in self.script.asked]

    def test_asked_again_and_signed_afresh(self):
        self.have_server(BUSY, (429, {"Retry-After": "0"}, b""), (502, {"Retry-After": "0"}, b""),
                         (504, {"Retry-After": "0"}, b""), FINE)
        outcome = self.applink("request", "GET", "/rest/x", "--retry", "4")
        self.assertEqual(outcome.json, {"fine": True})
        self.assertIn("jira answered 503 Service Unavailable: asking again in 0 seconds", outcome.err)
        self.assertEqual(len(self.script.asked), 5)
        self.assertEqual(len(set(self.protocol("oauth_nonce"))), 5)
        self.assertEqual(len(set(self.protocol("oauth_signature"))), 5)

    def test_the_last_answer_is_the_answer(self):
        self.have_server(BUSY, BUSY)
        outcome = self.run_applink("request", "GET", "/rest/x", "--retry", "1")
        self.assertEqual((outcome.status, outcome.out), (FAILED, "busy"))
        self.assertIn("jira answered 503", outcome.err)

    def test_asked_once_unasked(self):
        self.have_server(BUSY)
        self.assertEqual(self.run_applink("request", "GET", "/rest/x").status, FAILED)
        self.assertEqual(len(self.script.asked), 1)

    def test_every_other_answer_stands(self):
        for status in (400, 404, 500):
            with self.subTest(status=status):
                self.script = None
                self.have_server((status, {"Retry-After": "0"}, b""))
                self.assertEqual(self.run_applink("request", "GET", "/rest/x", "--retry", "3").status, FAILED)
                self.assertEqual(len(self.script.asked), 1)
                self.applink("link", "remove", "prod", "--yes")

    def test_a_wait_beyond_the_time_limit_is_not_begun(self):
        self.have_server((503, {"Retry-After": "11"}, b"busy"))
        outcome = self.run_applink("request", "GET", "/rest/x", "--retry", "3")
        self.assertEqual(outcome.status, FAILED)
        self.assertIn("in 11 seconds, and the time is over then", outcome.err)

    def test_what_may_have_been_carried_out_is_never_asked_again(self):
        self.have_server()
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            with self.subTest(method=method):
                self.refused(USAGE, "request", method, "/rest/x", "--retry", "1", says=f"a {method} is not repeated",
                             hint="GET, HEAD and OPTIONS")
        self.assertEqual(self.script.asked, [])
        self.script.answers[:] = [GONE]
        self.refused(UNREACHABLE, "request", "POST", "/rest/x", "-d", "{}")
        self.assertEqual(len(self.script.asked), 1)

    def test_a_number_that_is_none(self):
        self.have_server()
        for number in ("-1", "x", ""):
            with self.subTest(number=number):
                self.refused(USAGE, "request", "GET", "/rest/x", f"--retry={number}")

    def test_quiet_says_nothing_of_it(self):
        self.have_server(BUSY, FINE)
        outcome = self.applink("--quiet", "request", "GET", "/rest/x", "--retry", "1")
        self.assertEqual((outcome.status, outcome.err), (DONE, ""))


if __name__ == "__main__":
    harness.main()
