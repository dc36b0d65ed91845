"""Signed calls against the sandbox."""

import json
import os
import pathlib
import signal
import socket

import harness
from harness import DAY, DONE, FAILED, REFUSED, UNREACHABLE, USAGE

ISSUE = "/rest/api/2/issue/TEST-1"
MYSELF = "/rest/api/2/myself"
YEAR = 366 * DAY


class Calls(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.sandbox = self.have_login()

    def get(self, path, *words, **options):
        return self.applink("request", "GET", path, *words, **options)

    def test_get_by_url_and_by_path(self):
        by_url = self.get(self.sandbox.url + MYSELF)
        self.assertEqual(by_url.json["name"], "alice")
        self.assertEqual(by_url.err, "")
        for words in ([], ["-l", "prod"], ["--link", "prod"], ["--user", "default"]):
            self.assertEqual(self.get(MYSELF, *words).stdout, by_url.stdout)
        self.assertEqual(self.get(MYSELF, env={"APPLINK_LINK": "prod"}).stdout, by_url.stdout)

    def test_a_url_that_several_links_share(self):
        for name in ("another", "third"):
            self.have_link(self.sandbox.url, name=name)
        url = self.sandbox.url + MYSELF
        self.assertEqual(self.get(url).json["name"], "alice")
        self.refused(USAGE, "request", "GET", url, "--user", "bob", says="another, prod, third", hint="-l another")
        self.refused(FAILED, "request", "GET", url, env={"APPLINK_LINK": "third"}, hint="login third")
        self.log_in("third")
        self.refused(USAGE, "request", "GET", url, says="another, prod, third")
        self.applink("link", "set", "third", "--default")
        self.assertEqual(self.get(url).json["name"], "alice")

    def test_a_body_arrives_byte_for_byte(self):
        summary = '[1,2] a&b'
        self.applink("request", "PUT", ISSUE, "-l", "prod", "--json", '{"fields":{"summary":"[1,2] a&b"}}')
        self.assertEqual(self.get(ISSUE).json["fields"]["summary"], summary)

    def test_every_way_to_give_a_body(self):
        def body(summary):
            return json.dumps({"fields": {"summary": summary}})

        header = ["-H", "Content-Type: application/json"]
        file = self.write("body.json", body("from a file").encode())
        cases = {
            "typed": ["-d", body("typed"), *header],
            "long": [f"--data={body('long')}", *header],
            "from a file": ["-d", "@body.json", *header],
            "from a named file": None,
            "[1,2]": ["--json", body("[1,2]")],
            "ünïcode ☃": ["--json", body("ünïcode ☃")],
        }
        for summary, words in cases.items():
            with self.subTest(summary=summary):
                if words is None:
                    file.write_text(body(summary))
                    words = ["--data-file", file, *header]
                self.applink("request", "PUT", ISSUE, *words)
                self.assertEqual(self.get(ISSUE).json["fields"]["summary"], summary)
        self.applink("request", "PUT", ISSUE, "--data-file", "-", *header, input=body("piped").encode())
        self.assertEqual(self.get(ISSUE).json["fields"]["summary"], "piped")
        self.applink("request", "PUT", ISSUE, "--json", "@-", input=body("piped too").encode())
        self.assertEqual(self.get(ISSUE).json["fields"]["summary"], "piped too")

    def test_a_body_that_looks_like_a_list_or_a_flag_stays_whole(self):
        for body in ("[1,2]", "[]", "--json", "-", "[a,b],[c]"):
            with self.subTest(body=body):
                outcome = self.run_applink("request", "PUT", ISSUE, "--json", body)
                self.assertEqual(outcome.status, FAILED, outcome)
                self.assertIn("400", outcome.err)

    def test_query_parameters_are_signed_as_written(self):
        for query in ("?jql=project%20%3D%20TEST", "?jql=project+%3D+TEST&maxResults=1", "?a=1&a=&b", "?jql="):
            with self.subTest(query=query):
                self.get("/rest/api/2/search" + query)

    def test_include_and_output(self):
        with_head = self.get(MYSELF, "--include").stdout
        head, body = with_head.split(b"\r\n\r\n", 1)
        self.assertTrue(head.startswith(b"HTTP/1.1 200 OK\r\n"), head)
        self.assertIn(b"\r\nContent-Type: application/json", head)
        self.assertEqual(json.loads(body)["name"], "alice")
        self.assertEqual(self.get(MYSELF, "-o", "answer.json").stdout, b"")
        self.assertEqual((self.home / "answer.json").read_bytes(), body)
        self.assertEqual(self.get(MYSELF, "-o", "-").stdout, body)

    def test_a_failing_status_keeps_the_body_and_says_why(self):
        outcome = self.run_applink("request", "GET", "/rest/api/2/issue/NONE-1")
        self.assertEqual(outcome.status, FAILED)
        self.assertIn("errorMessages", outcome.out)
        self.assertRegex(outcome.err, r"applink: error: .*404")

    def test_a_page_where_json_was_asked_for(self):
        outcome = self.get("/login.jsp")
        self.assertIn("<html", outcome.out)
        self.assertRegex(outcome.err, "^applink: warning: this is a page and not JSON: [^\n]+\n$")
        self.assertEqual(self.get("/login.jsp", "-H", "Accept: text/html").err, "")

    def test_an_oauth_problem_has_advice(self):
        self.sandbox.stop()
        again = self.have_sandbox("--approve-as", "alice", port=self.sandbox.port)
        self.assertEqual(again.url, self.sandbox.url)
        outcome = self.run_applink("request", "GET", MYSELF)
        self.assertEqual(outcome.status, REFUSED, outcome)
        self.assertIn("token_rejected", outcome.err)
        self.assertIn("applink login prod", outcome.err)
        self.assertIn("oauth_problem=token_rejected", outcome.out)

    def test_a_clock_that_is_wrong(self):
        for offset, status in ((299 - 5, DONE), (-299 + 5, DONE), (310, REFUSED), (-310, REFUSED)):
            with self.subTest(offset=offset):
                outcome = self.run_applink("request", "GET", MYSELF, env={"APPLINK_CLOCK_OFFSET": str(offset)})
                self.assertEqual(outcome.status, status, outcome)
                if status == REFUSED:
                    self.assertIn("timestamp_refused", outcome.err)
                    self.assertIn("clock", outcome.err)
                    self.assertRegex(outcome.err, r"(?m)^applink: hint: \S")

    def test_what_is_refused_before_anything_is_sent(self):
        cases = [
            (["GET", "https://other.example.com/x", "-l", "prod"], ""),
            (["GET", "/../x"], ""),
            (["GET", "/a%2Fb"], "%2F"),
            (["GET", "ftp://x/y"], ""),
            (["G T", MYSELF], ""),
            (["GET", MYSELF, "-H", "NoColon"], "not a header"),
            (["GET", MYSELF, "-H", ": x"], "not a header"),
            (["GET", MYSELF, "-H", "X: a\nb"], ""),
            (["GET", MYSELF, "-H", "Authorization: Basic eA=="], "Authorization"),
            (["PUT", ISSUE, "--json", "{}", "-d", "x"], "one body"),
            (["POST", ISSUE, "--form-urlencoded", "novalue"], "NAME=VALUE"),
        ]
        for words, says in cases:
            with self.subTest(words=words), self.unchanged_store():
                self.refused(USAGE, "request", *words, says=says)
        for url in ("https://other.example.com/x", self.sandbox.url + "x/y"):
            self.refused(FAILED, "request", "GET", url, says="under the base URL of no link", hint="applink link list")
        self.refused(FAILED, "request", "PUT", ISSUE, "-d", "@nowhere", says="nowhere")
        self.refused(FAILED, "request", "GET", MYSELF, "-l", "prdo", says="prdo", hint="prod")
        self.refused(FAILED, "request", "GET", MYSELF, "--user", "bob", says="bob", hint="--user bob")

    def test_a_form_is_encoded_here_and_signed(self):
        outcome = self.run_applink("request", "POST", "/rest/api/2/search",
                                   "--form-urlencoded", "jql=a & b = ü", "--form-urlencoded", "x=[1,2]")
        self.assertNotIn("oauth_problem", outcome.out + outcome.err)

    def test_several_headers(self):
        self.get(MYSELF, "-H", "X-One: [1,2]", "-H", "X-Two:2", "--header", "Accept: */*")

    def test_nobody_answers(self):
        self.sandbox.stop()
        with self.unchanged_store():
            self.refused(UNREACHABLE, "request", "GET", MYSELF)

    def test_a_full_disk_under_the_answer(self):
        with open("/dev/full", "wb") as full:
            outcome = self.run_applink("request", "GET", MYSELF, stdout=full)
        self.assertEqual(outcome.status, FAILED)
        self.assertIn("No space left", outcome.err)
        self.assertIn("applink: hint: check the disk", outcome.err)

    def test_output_goes_where_its_name_leads(self):
        body = self.get(MYSELF).stdout
        file = self.write("answer.json", b"old", 0o640)
        (self.home / "link").symlink_to("answer.json")
        self.get(MYSELF, "-o", "link")
        self.assertEqual(file.read_bytes(), body)
        self.assertEqual(file.stat().st_mode & 0o777, 0o640)
        self.assertTrue((self.home / "link").is_symlink())
        (self.home / "null").symlink_to("/dev/null")
        self.get(MYSELF, "-o", "null")
        self.assertTrue(pathlib.Path("/dev/null").is_char_device())
        self.assertTrue((self.home / "null").is_symlink())
        self.assertEqual(self.get(MYSELF, "-o", "/dev/stdout").stdout, body)

    def test_output_into_a_pipe(self):
        os.mkfifo(self.home / "pipe")
        process = self.start("request", "GET", MYSELF, "-o", "pipe")
        with open(self.home / "pipe", "rb") as pipe:
            self.assertEqual(json.loads(pipe.read())["name"], "alice")
        _, stderr = process.communicate(timeout=harness.PATIENCE)
        self.assertEqual((process.returncode, stderr), (DONE, b""))
        self.assertTrue((self.home / "pipe").is_fifo())

    def test_nothing_is_sent_when_the_output_cannot_be_written(self):
        before = self.get(ISSUE).stdout
        for output in ("missing/x", ".", ""):
            with self.subTest(output=output):
                self.refused(FAILED, "request", "PUT", ISSUE, "--json", '{"fields":{"summary":"sent"}}',
                             f"--output={output}", says="cannot write")
                self.assertEqual(self.get(ISSUE).stdout, before)

    def test_a_lost_answer_still_says_how_it_ended(self):
        outcome = self.refused(FAILED, "request", "GET", MYSELF, "-o", "/dev/full", says="answered 200 OK")
        self.assertIn("No space left", outcome.err)
        self.sandbox.stop()
        self.have_sandbox("--approve-as", "alice", port=self.sandbox.port)
        outcome = self.refused(REFUSED, "request", "GET", MYSELF, "-o", "/dev/full", says="token_rejected")
        self.assertIn("applink: warning: the server answered 401", outcome.err)

    def test_an_answer_on_a_terminal_is_made_harmless(self):
        body = json.dumps({"fields": {"summary": "\x9b31m \u202e"}}, ensure_ascii=False)
        self.applink("request", "PUT", ISSUE, "--json", body)
        terminal = harness.Terminal(self, "request", "GET", ISSUE)
        shown = terminal.read_until("TEST-1")
        self.assertEqual(terminal.wait(), DONE)
        shown = terminal.read_until("u202e")
        self.assertNotIn("\u202e", shown)

    def test_header_lines_end_on_a_terminal_as_lines_do(self):
        terminal = harness.Terminal(self, "request", "GET", MYSELF, "-i")
        shown = terminal.read_until('"alice"')
        self.assertEqual(terminal.wait(), DONE)
        self.assertIn("HTTP/1.1 200 OK\r\n", shown)
        self.assertNotIn("\\r", shown)


class Restarted(harness.RestartTest):
    """Everything was stopped and started again; a day and five years later."""

    def state_of_token(self, env):
        return self.applink("token", "list", "--json", env=env).json["tokens"][0]["state"]

    def test_the_token_outlives_both(self):
        self.later(0)
        self.assertEqual(self.applink("request", "GET", MYSELF).json["name"], "alice")

    def test_a_day_later(self):
        env = self.later(DAY)
        outcome = self.applink("request", "GET", MYSELF, env=env)
        self.assertEqual((outcome.json["name"], outcome.err), ("alice", ""))
        self.assertEqual(self.state_of_token(env), "good")

    def test_renewal_is_due_in_the_last_month(self):
        env = self.later(5 * 365 * DAY - 10 * DAY)
        outcome = self.applink("request", "GET", MYSELF, env=env)
        self.assertEqual(outcome.json["name"], "alice")
        self.assertIn("applink: warning: the token of prod expires on", outcome.err)
        self.assertIn("applink token renew prod", outcome.err)
        self.assertEqual(self.state_of_token(env), "renewal due")

    def test_five_years_later(self):
        env = self.later(5 * 365 * DAY + DAY)
        outcome = self.run_applink("request", "GET", MYSELF, env=env)
        self.assertEqual(outcome.status, REFUSED, outcome)
        self.assertIn("token_expired", outcome.err)
        self.assertIn("applink: warning: the token of prod expired on", outcome.err)
        self.assertEqual(self.state_of_token(env), "expired")
        self.log_in("prod", env=env)
        self.assertEqual(self.applink("request", "GET", MYSELF, env=env).json["name"], "alice")
        self.assertEqual(self.state_of_token(env), "good")


if __name__ == "__main__":
    harness.main()
