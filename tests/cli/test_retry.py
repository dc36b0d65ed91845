"""request --retry: what is asked again, and what never is."""

import re

import harness
from harness import DONE, FAILED, UNREACHABLE, USAGE
from scripted import Script


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
        self.assertIn("jira answered 503 Service Unavailable: asking again at once", outcome.err)
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
