"""applink sign --batch: JSON lines in, JSON lines out."""

import contextlib
import json
import os
import pty
import re
import signal
import threading
import unittest
import urllib.error
import urllib.request

import harness
from harness import DONE, FAILED, INTERRUPTED, PATIENCE, USAGE

JIRA = "https://jira.example.com/jira"


def line(id, url="/rest/api/2/myself", **more):
    return json.dumps({"id": id, "method": "GET", "url": url, **more}).encode() + b"\n"


class BatchTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.key = self.write("private_key.pem", (harness.KEYS / "pkcs1.pem").read_bytes())
        self.words = ("sign", "--batch", "--key-file", self.key, "--consumer-key", "hub", "--base-url", JIRA,
                      "--token", "T")

    def batch(self, input, *words, status=DONE, **options):
        outcome = self.run_applink(*self.words, *words, input=input, **options)
        self.assertEqual(outcome.status, status, outcome)
        return outcome

    def answers(self, input, *words, **options):
        return [json.loads(answer) for answer in self.batch(input, *words, **options).out.splitlines()]


class Answers(BatchTest):
    def test_the_answer_is_what_sign_prints(self):
        answer, = self.answers(line("a", nonce="N", timestamp=1))
        one = self.applink("sign", "GET", JIRA + "/rest/api/2/myself", "--key-file", self.key, "--consumer-key", "hub",
                           "--token", "T", "--nonce", "N", "--timestamp", "1", "--print", "json").json["signed_request"]
        self.assertEqual(answer, {"id": "a", **{name: one[name] for name in
                                                ("authorization", "base_string", "signature", "url")}})

    def test_the_answers_are_in_the_order_of_the_lines(self):
        for jobs in ((), ("--jobs", 1), ("--jobs", 7)):
            answers = self.answers(b"".join(map(line, range(300))), *jobs)
            self.assertEqual([answer["id"] for answer in answers], list(range(300)))
            self.assertEqual(len({answer["signature"] for answer in answers}), 300)

    def test_a_bad_line_has_its_error_and_the_rest_goes_on(self):
        outcome = self.batch(line(1) + b"{\n" + line(3, metod="x") + line(4), status=FAILED)
        answers = [json.loads(answer) for answer in outcome.out.splitlines()]
        self.assertEqual([answer["id"] for answer in answers], [1, None, 3, 4])
        self.assertEqual([sorted(answer["error"]) for answer in answers[1:3]], [["code", "hint", "message"]] * 2)
        self.assertEqual(answers[2]["error"]["hint"], "did you mean method?")
        self.assertIn("signature", answers[3])
        self.assertEqual(outcome.err.splitlines()[0],
                         "applink: error: 2 of 4 lines could not be signed; the first is line 2")
        self.assertRegex(outcome.err.splitlines()[1], "^applink: hint: .*select")

    def test_no_lines_are_no_answers(self):
        outcome = self.batch(b"")
        self.assertEqual(outcome.out, "")
        self.assertIn("no lines came in", outcome.err)
        self.assertEqual(self.batch(b"", "--quiet").err, "")

    def test_a_huge_line_is_refused_by_itself(self):
        answers = self.answers(line(1) + b"{" + b" " * 5_000_000 + b"}\n" + line(3), status=FAILED)
        self.assertEqual([answer["id"] for answer in answers], [1, None, 3])
        self.assertEqual(answers[1]["error"]["message"], "the line is longer than 1048576 bytes")

    def test_forms_and_bodies_are_signed_as_the_product_reads_them(self):
        form, text, put = self.answers(
            line(1, method="POST", form={"a": ["1", "2"], "b": "c d"})
            + line(2, method="POST", body="a=1&a=2&b=c+d")
            + line(3, method="PUT", body="[1]", content_type="application/json"))
        self.assertEqual(form["body"], "a=1&a=2&b=c+d")
        self.assertNotIn("body", text)
        for answer in (form, text):
            self.assertIn("&a%3D1%26a%3D2%26b%3Dc%2520d%26oauth_consumer_key", answer["base_string"])
        self.assertNotIn("%5B1", put["base_string"])

    def test_the_flags_of_the_client_go_for_every_line(self):
        answers = self.answers(line(1) + line(2, realm="own"), "--realm", "all", "--no-version", "--timestamp", "7")
        self.assertEqual([re.search('realm="(.*?)"', answer["authorization"])[1] for answer in answers], ["all", "own"])
        for answer in answers:
            self.assertNotIn("oauth_version", answer["authorization"])
            self.assertIn('oauth_timestamp="7"', answer["authorization"])

    def test_the_signature_may_be_placed_in_the_query(self):
        answer, = self.answers(line(1), "--placement", "query")
        self.assertNotIn("authorization", answer)
        self.assertIn("oauth_signature=", answer["url"])

    def test_a_url_of_another_server_is_refused(self):
        answer, = self.answers(line(1, url="https://else.example.com/x"), status=FAILED)
        self.assertEqual(answer["error"]["message"],
                         f"https://else.example.com/x does not belong to the base URL {JIRA}")

    def test_a_link_of_the_store_signs(self):
        self.have_key()
        self.have_link(JIRA)
        outcome = self.applink("sign", "--batch", "-l", "prod", "--token", "T", input=line(1))
        self.assertIn('oauth_token="T"', outcome.json["authorization"])


class AtTheSandbox(harness.CommandTest):
    def test_every_answer_is_taken_once_as_its_user(self):
        self.have_login()
        outcome = self.applink("sign", "--batch", input=b"".join(map(line, range(3))))
        for answer in map(json.loads, outcome.out.splitlines()):
            request = urllib.request.Request(answer["url"], headers={"Authorization": answer["authorization"]})
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                self.assertEqual(json.load(response)["name"], "alice")
            with self.assertRaisesRegex(urllib.error.HTTPError, "401"):
                urllib.request.urlopen(request, timeout=PATIENCE)


class Refusals(BatchTest):
    def test_what_is_said_of_one_request_alone(self):
        for words in (("GET",), ("GET", "/x"), ("-d", "a"), ("--data-file", "f"), ("--form", "a=b"),
                      ("--content-type", "a/b"), ("--print", "url"), ("--explain",), ("--base-string-file", "f"),
                      ("--nonce", "n"), ("--callback", "oob"), ("--verifier", "v"), ("--session-handle", "h")):
            self.refused(USAGE, *self.words, *words, says="--batch reads its requests", hint="leave out")

    def test_no_or_too_many_jobs(self):
        for jobs in ("0", "-1", "257"):
            self.refused(USAGE, *self.words, "--jobs", jobs, says="no number of jobs", hint="1 to 256")
        self.refused(USAGE, *self.words, "--jobs", "two", says="two")
        self.refused(USAGE, "sign", "GET", JIRA, "--jobs", "2", says="--jobs is of --batch", hint="--batch --jobs 2")

    def test_another_reader_of_standard_input(self):
        self.refused(USAGE, "sign", "--batch", "--key-file", "-", "--consumer-key", "hub", "--base-url", JIRA,
                     says="cannot both read standard input")

    def test_no_base_url_where_there_is_no_store(self):
        self.refused(USAGE, "sign", "--batch", "--key-file", self.key, "--consumer-key", "hub",
                     says="does not know where", hint="--base-url")

    def test_plaintext_unless_its_secrets_may_be_seen(self):
        words = ("sign", "--batch", "--consumer-key", "hub", "--base-url", JIRA, "--product", "generic", "--token", "T",
                 "--signature-method", "PLAINTEXT", "--consumer-secret-file", self.write("secret", b"s3cret\n"))
        outcome = self.refused(USAGE, *words, says="secrets themselves", input=line(1))
        self.assertEqual(outcome.out, "")
        self.assertEqual(self.applink(*words, "--reveal-secrets", input=line(1)).json["signature"], "s3cret&")

    def test_input_that_cannot_be_read(self):
        directory = os.open(self.home, os.O_RDONLY)
        self.addCleanup(os.close, directory)
        self.refused(FAILED, *self.words, input=None, stdin=directory, says="could not read standard input")


class Flow(BatchTest):
    """Each step waits for the one before it, and none for the time."""

    def started(self, *words, **options):
        process = self.start(*self.words, *words, **options)
        self.addCleanup(self.stop, process)
        return process

    def stop(self, process):
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE)
        for pipe in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(BrokenPipeError):
                if pipe:
                    pipe.close()

    def send(self, process, *lines):
        process.stdin.write(b"".join(lines))
        process.stdin.flush()

    def test_each_answer_comes_before_the_next_line_is_sent(self):
        process = self.started()
        for id in range(5):
            self.send(process, line(id))
            self.assertEqual(json.loads(process.stdout.readline())["id"], id)
        process.stdin.close()
        self.assertEqual(process.stdout.read(), b"")
        self.assertEqual(process.wait(PATIENCE), DONE)

    def test_nobody_who_reads_is_an_end_though_more_could_come(self):
        process = self.started()
        self.send(process, line(1))
        process.stdout.readline()
        process.stdout.close()  # and standard input stays open, with nothing in it
        self.assertEqual(process.wait(PATIENCE), FAILED)
        self.assertIn(b"nobody reads the answers", process.stderr.read())

    def test_a_closed_pipe_is_an_end_in_the_middle(self):
        process = self.started()
        feeder = threading.Thread(target=self.feed_until_refused, args=(process.stdin,))
        feeder.start()
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(PATIENCE), FAILED)
        feeder.join(PATIENCE)
        self.assertRegex(process.stderr.read(), b"(?m)^applink: error: (could not write|nobody reads)")

    def feed_until_refused(self, pipe):
        try:
            while True:
                pipe.write(line(1))
        except BrokenPipeError:
            pass

    def test_an_interrupt_leaves_whole_lines_and_a_word_about_them(self):
        process = self.started()
        self.send(process, *map(line, range(20)))
        answers = [process.stdout.readline() for _ in range(20)]
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(PATIENCE), INTERRUPTED)
        self.assertEqual([json.loads(answer)["id"] for answer in answers], list(range(20)))
        self.assertEqual(process.stdout.read(), b"")
        self.assertIn(b"the lines that are out are good", process.stderr.read())

    @unittest.skipIf(any(name.endswith("SAN_OPTIONS") for name in os.environ), "sanitizers keep what is freed")
    def test_it_takes_no_more_memory_for_more_lines(self):
        input = line(1, method="POST", url="/x", body="~" * 4000, content_type="text/plain")
        short, long = (self.peak_kilobytes(input, times) for times in (250, 4000))
        self.assertLess(long, short + 4096)  # 1 MB went in first, and then 16

    def peak_kilobytes(self, input, times):
        process = self.started("--jobs", 2, stdout=open(os.devnull, "wb"))
        for _ in range(times):
            process.stdin.write(input)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, DONE)
        return usage.ru_maxrss


class AtATerminal(BatchTest):
    def said_to_terminal(self, *words, **options):
        """What a terminal shows that standard error is."""
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        outcome = self.run_applink(*self.words, *words, input=line(1) + b"{\n", stderr=slave, **options)
        os.close(slave)
        self.assertEqual(outcome.status, FAILED)
        return os.read(master, 10_000).decode()

    def test_how_far_it_is_is_seen_and_gone_when_the_end_is_told(self):
        said = self.said_to_terminal()
        self.assertRegex(said, r"^\r1 signed(, 1 refused)?\x1b\[K")
        self.assertRegex(said, r"\r\x1b\[Kapplink: .*error:.* 1 of 2 lines could not be signed")

    def test_quiet_mutes_it(self):
        self.assertNotIn("signed\x1b", self.said_to_terminal("--quiet"))


if __name__ == "__main__":
    harness.main()
