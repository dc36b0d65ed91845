"""applink curl: each printed line is run by a shell and the real curl, or curl takes our place."""

import base64
import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import shlex
import signal
import subprocess
import threading
import urllib.parse

import harness
from harness import DONE, FAILED, PATIENCE, USAGE

SHELLS = {"sh": ["sh", "-c"], "bash": ["bash", "-c"], "zsh": ["zsh", "-c"], "fish": ["fish", "--no-config", "-c"]}
BODY = {"fields": {"summary": "[1,2] a&b it's \"$HOME\" `id` !x 100% ü"}}
JIRA = "https://jira.example.com/jira"


class CurlTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.stdin = b""

    def line(self, *words, flags=(), **options):
        """The command that is printed, without its line end."""
        outcome = self.applink("curl", *flags, "--", *words, **options)
        self.assertTrue(outcome.out.startswith("curl -q ") and outcome.out.endswith("\n"), outcome)
        self.said = outcome.err
        return outcome.out[:-1]

    def run_line(self, line, shell="sh", stdin=b""):
        done = subprocess.run([*SHELLS[shell], line], input=stdin, cwd=self.home, env=self.environment,
                              capture_output=True, check=False, timeout=PATIENCE)
        return harness.Outcome(done.returncode, done.stdout, done.stderr)

    def answer(self, *words, flags=(), stdin=b"", shell="sh"):
        """What curl prints that runs the printed line."""
        flags = (*flags, "--shell", shell) if shell == "fish" else flags
        outcome = self.run_line(self.line("-sS", *words, flags=flags, input=stdin), shell, stdin)
        self.assertEqual(outcome.status, DONE, outcome)
        return outcome.out

    def exec(self, *words, flags=(), **options):
        return self.run_applink("curl", "--exec", *flags, "--", "-sS", *words, **options)


class AtTheSandbox(CurlTest):
    def setUp(self):
        super().setUp()
        self.sandbox = self.have_login()
        self.rest = self.sandbox.url + "/rest/api/2"
        self.body = self.write("body.json", json.dumps(BODY).encode())

    def status(self, *words, **options):
        return self.answer("-o", "/dev/null", "-w", "%{http_code} ", *words, **options).split()

    def summary(self):
        return json.loads(self.answer(self.rest + "/issue/TEST-1"))["fields"]["summary"]

    def test_every_shell_runs_the_line(self):
        for shell in SHELLS:
            with self.subTest(shell=shell):
                self.assertEqual(json.loads(self.answer(self.rest + "/myself", shell=shell))["name"], "alice")

    def test_every_shell_sends_the_body(self):
        for shell in SHELLS:
            with self.subTest(shell=shell):
                body = {"fields": {"summary": BODY["fields"]["summary"] + shell}}
                self.answer("-X", "PUT", "-H", "Content-Type: application/json", "-d", json.dumps(body),
                            self.rest + "/issue/TEST-1", shell=shell)
                self.assertEqual(self.summary(), body["fields"]["summary"])

    def test_a_body_in_a_file(self):
        self.answer("-X", "PUT", "-H", "Content-Type: application/json", "-d", "@body.json",
                    self.rest + "/issue/TEST-1")
        self.assertIn("the body is not signed: OAuth 1.0 signs forms, and this is application/json", self.said)
        self.assertEqual(self.summary(), BODY["fields"]["summary"])

    def test_a_body_from_standard_input(self):
        self.answer("-X", "PUT", "--json", "@-", self.rest + "/issue/TEST-1", stdin=self.body.read_bytes())
        self.assertEqual(self.summary(), BODY["fields"]["summary"])

    def test_an_upload(self):
        self.answer("-H", "Content-Type: application/json", "-T", "body.json", self.rest + "/issue/TEST-1")
        self.assertIn("the body is not signed: curl reads what -T uploads", self.said)
        self.assertEqual(self.summary(), BODY["fields"]["summary"])

    def test_a_query(self):
        jql = "project = TEST AND summary ~ \"x\" ORDER BY key"
        for words in (["-G", "--data-urlencode", f"jql={jql}", self.rest + "/search"],
                      ["--url-query", f"jql={jql}", self.rest + "/search?maxResults=1"],
                      [self.rest + "/search?jql=project%20%3D%20TEST"]):
            with self.subTest(words=words):
                self.assertIn("issues", json.loads(self.answer(*words)))
        self.assertIn("issues", json.loads(self.answer(
            "--json", '{"jql":"project = TEST"}', self.rest + "/search")))

    def test_every_transfer_has_a_signature(self):
        line = self.line(self.rest + "/myself", "--next", "-I", self.rest + "/serverInfo")
        self.assertEqual(line.count("oauth_signature="), 2)
        nonces = [word for word in line.split() if word.startswith("oauth_nonce=")]
        self.assertEqual(len(set(nonces)), 2)
        self.assertEqual(self.status(self.rest + "/myself", "--next", "-sS", "-o", "/dev/null", "-w", "%{http_code}",
                                     self.rest + "/issue/TEST-2"), ["200", "200"])
        self.assertEqual(self.answer("-o", "out_#1", "-w", "%{http_code} ", self.rest + "/issue/TEST-[1-3]").split(),
                         ["200"] * 3)
        self.assertIn("TEST-3", (self.home / "out_3").read_text())

    def test_a_form_and_multipart_are_taken_as_signed(self):
        # This interface takes JSON alone: that is found after the signature.
        for words in (["-d", "jql=a%20b", "-d", "x="], ["--data-urlencode", "jql@body.json"], ["-F", "file=@body.json"]):
            with self.subTest(words=words):
                self.assertEqual(self.status(*words, self.rest + "/search"), ["415"])

    def test_a_signature_is_good_once(self):
        line = self.line("-sS", self.rest + "/myself")
        self.assertRegex(self.said, r"good once, and until 20\d\d-[-0-9T:]+Z: jira takes a signature for 5 minutes")
        self.assertIn("alice", self.run_line(line).out)
        self.assertIn("nonce_used", self.run_line(line).out)

    def test_placements(self):
        for words in (["--placement", "query"], ["--placement", "header", "--realm", "a \"b\"", "--no-version"]):
            with self.subTest(words=words):
                self.assertIn("alice", self.answer(self.rest + "/myself", flags=words))
        self.assertEqual(self.status("-d", "a=1", self.rest + "/search", flags=["--placement", "body"]), ["415"])
        self.assertEqual(self.status("-X", "POST", self.rest + "/search", flags=["--placement", "body"]), ["415"])

    def test_a_line_that_begins_with_curl(self):
        self.assertIn("alice", self.answer(self.rest + "/myself"))
        self.assertTrue(self.applink("curl", "--", "curl", self.rest + "/myself").out.startswith("curl -q -g "))

    def test_exec(self):
        outcome = self.exec(self.rest + "/myself")
        self.assertEqual((outcome.status, outcome.err, outcome.json["name"]), (DONE, "", "alice"))
        self.assertEqual(self.exec("-f", self.rest + "/nothing").status, 22)  # curl's own
        self.assertIn("alice", self.exec(self.rest + "/myself", flags=["--placement", "query"]).out)
        self.assertEqual(self.exec(self.rest + "/myself", "--next", "-sS", self.rest + "/myself").out.count("alice@"), 2)

    def test_exec_leaves_standard_input_to_curl(self):
        self.exec("-X", "PUT", "-H", "Content-Type: application/json", "-d", "@-", self.rest + "/issue/TEST-1",
                  input=self.body.read_bytes())
        self.assertEqual(self.summary(), BODY["fields"]["summary"])


class FromTheStore(CurlTest):
    def test_what_curl_does_not_know_of_the_link(self):
        self.have_key()
        self.have_link(JIRA)
        self.applink("link", "set", "prod", "--two-legged")
        self.line(JIRA + "/x")
        self.assertNotIn("curl does not know", self.said)
        authority = self.write("ca.pem", (harness.KEYS / "certificate.pem").read_bytes())
        self.applink("link", "set", "prod", "--ca-file", authority, "--proxy", "http://proxy.example.com:3128")
        self.line(JIRA + "/x")
        self.assertIn("curl does not know what the link says: --ca-file (its --cacert), --proxy (its -x)", self.said)


class WithoutAStore(CurlTest):
    def setUp(self):
        super().setUp()
        self.key = self.write("private_key.pem", (harness.KEYS / "pkcs1.pem").read_bytes())
        self.client = ("--key-file", self.key, "--consumer-key", "hub", "--token", "T")

    def refuse(self, *words, flags=(), client=None, **more):
        client = self.client if client is None else client
        outcome = self.refused(more.pop("status", USAGE), "curl", *client, *flags, "--", *words, **more)
        self.assertEqual(outcome.out, "")
        return outcome

    def arguments(self, *words, flags=()):
        return shlex.split(self.line(*words, flags=[*self.client, "--nonce", "N", "--timestamp", "1", *flags]))[1:]


class Prints(WithoutAStore):
    def test_what_was_typed_and_the_signature(self):
        arguments = self.arguments("-sS", "-X", "DELETE", JIRA + "/rest/x?a=1", "-o", "out")
        self.assertEqual(arguments[:8], ["-q", "-sS", "-g", "--path-as-is", "-X", "DELETE", "-o", "out"])
        self.assertEqual(arguments[8], "-H")
        self.assertRegex(arguments[9], r'^Authorization: OAuth oauth_consumer_key="hub", oauth_token="T", '
                                       r'.*oauth_timestamp="1", oauth_nonce="N", .*oauth_signature="[^"]+"$')
        self.assertEqual(arguments[10:], [JIRA + "/rest/x?a=1"])

    def test_placements(self):
        self.assertRegex(self.arguments(JIRA + "/x?a=1", flags=["--placement", "query"])[-1],
                         r"^https://jira.example.com/jira/x\?a=1&oauth_consumer_key=hub&.*oauth_signature=[^&]+$")
        arguments = self.arguments("-d", "a=1", JIRA + "/x", flags=["--placement", "body"])
        self.assertEqual(arguments[3:6], ["-d", "a=1", "-d"])
        self.assertRegex(arguments[6], "^oauth_consumer_key=hub&.*oauth_signature=")
        self.assertNotIn("-H", arguments)

    def test_a_body_hash(self):
        self.write("body.json", b"{}\n")
        digest = urllib.parse.quote(base64.b64encode(hashlib.sha1(b"{}\n").digest()), safe="")
        for words in (["--json", "@body.json"], ["-T", "body.json"]):
            with self.subTest(words=words):
                header = self.arguments(*words, JIRA + "/x", flags=["--body-hash"])[-2]
                self.assertIn(f'oauth_body_hash="{digest}"', header)
        self.assertNotIn("oauth_body_hash", self.arguments("-d", "a=1", JIRA + "/x", flags=["--body-hash"])[-2])

    def test_a_client_of_the_environment(self):
        self.write("body.json", b"{}")
        env = {"APPLINK_CONSUMER_KEY": "hub", "APPLINK_KEY_FILE": str(self.key), "APPLINK_TOKEN": "T",
               "APPLINK_BASE_URL": JIRA}
        line = self.line("-X", "PUT", "-H", "Content-Type: application/json", "-d", "@body.json",
                         JIRA + "/rest/api/2/issue/TEST-1", env=env)
        self.assertRegex(line, "^curl -q -g --path-as-is -X PUT -H 'Content-Type: application/json' -d @body.json "
                               "-H 'Authorization: OAuth oauth_consumer_key=\"hub\", oauth_token=\"T\", .*' "
                               "https://jira.example.com/jira/rest/api/2/issue/TEST-1$")

    def test_what_it_says(self):
        self.write(".curlrc", b"silent\n")
        self.line("-L", "-v", "-F", "a=1", JIRA + "/x", flags=self.client)
        for words in ("-L was taken out: a signature is good for one URL", "-v prints the signature",
                      "the body is not signed: it is multipart", "/.curlrc is not read (-q)", "good once"):
            self.assertIn(words, self.said)
        self.line("-d", "a=1", "-X", "PUT", JIRA + "/x", flags=self.client)
        self.assertIn("the form in the body is not signed: jira reads none but that of a POST", self.said)
        self.line(JIRA + "/x", flags=self.client[:-2])
        self.assertIn("no token: jira takes such a request for nobody's", self.said)
        self.line(JIRA + "/x", flags=[*self.client, "--timestamp", "1"])
        self.assertIn("until 1970-01-01T00:05:01Z", self.said)
        self.line(JIRA + "/x", flags=[*self.client, "--product", "generic"])
        self.assertIn("as long as the provider takes its timestamp", self.said)
        self.assertEqual(self.applink("curl", "-q", *self.client, "--", JIRA + "/x").err, "")

    def test_other_shells(self):
        self.assertRegex(self.applink("curl", "--shell", "cmd", *self.client, "--", JIRA + "/x?a=%41&b").out,
                         r'^curl -q -g --path-as-is -H \^"Authorization: OAuth .*%\^.* '
                         r'\^"https://jira.example.com/jira/x\^\?a\^=\^%\^41\^&b\^"\n$')
        self.assertRegex(self.applink("curl", "--shell", "powershell", *self.client, "--", JIRA + "/x?a=1").out,
                         r"^& \{ .*'Authorization: OAuth oauth_consumer_key=\\\"hub\\\", .*x\?a=1' \}\n$")
        refused = self.refuse("--json", "[\n]", JIRA + "/x", flags=["--shell", "cmd"], says="which cmd cannot write",
                              hint="choose another shell")
        self.assertNotIn("good once", refused.err)
        self.refuse(JIRA + "/x", flags=["--shell", "tcsh"], says='"tcsh" is not a shell', hint="one of: sh, fish")

    def test_plaintext(self):
        client = ["--consumer-key", "hub", "--consumer-secret-file", self.write("secret", b"s&%"), "--token", "T",
                  "--signature-method", "PLAINTEXT"]
        outcome = self.refuse(JIRA + "/x", client=client, says="a PLAINTEXT signature is the secrets themselves",
                              hint="--reveal-secrets prints it all the same; applink curl --exec sends it unseen")
        self.assertNotIn("s%26", outcome.err)
        self.assertIn('oauth_signature="s%2526%2525%26"', self.line(JIRA + "/x", flags=[*client, "--reveal-secrets"]))


class Refusals(WithoutAStore):
    def test_what_no_signature_is_good_for(self):
        for words, says in ((["--retry", "3"], "--retry sends the same request again"),
                            (["--anyauth"], "--anyauth sends the request once to ask and again to answer"),
                            (["--digest"], "--digest sends the request once"), (["--ntlm"], "--ntlm sends"),
                            (["--negotiate"], "--negotiate sends"), (["-Z"], "-Z starts transfers again"),
                            (["--location-trusted"], "sends the signature to whatever host"),
                            (["-u", "a:b"], "-u logs in another way"), (["-k"], "-k gives the signed request"),
                            (["-H", "Authorization: x"], "-H sets Authorization, where the signature goes"),
                            (["-H", "Host: x"], "a Host header names another host"),
                            (["--no-such"], "curl has no option --no-such"),
                            (["-d", "a=1", "-I"], "curl does not send a HEAD (-I) and data (-d) at once"),
                            (["-d", "@missing"], "missing")):
            with self.subTest(words=words):
                self.refuse(*words, JIRA + "/x", says=says, status=FAILED if words == ["-d", "@missing"] else USAGE)

    def test_urls(self):
        base = ["--base-url", JIRA]
        self.refuse("https://elsewhere.example.com/x", flags=base,
                    says="https://elsewhere.example.com/x does not belong to the base URL https://jira.example.com/jira")
        self.refuse(JIRA + "/x", "https://elsewhere.example.com/x",
                    says="https://elsewhere.example.com/x does not belong to the base URL https://jira.example.com\n")
        self.refuse(JIRA + "/{a,b", says="the URL has a brace that nothing closes")
        self.refuse(JIRA + "/x y", says="which no URL may contain", hint="write it as %20")
        self.refuse(JIRA + "/a%2Fb", says="%2F in a path")
        self.refuse(JIRA + "/../b", says="a \".\" or \"..\" in it")
        self.refuse("http://jira.example.com/x", says="plain http")
        self.refuse("-sS", says="the curl line has no URL")
        self.refuse("/rest/x", says="the URL has no scheme")

    def test_flags(self):
        self.refused(USAGE, "curl", says="CURL-ARGS are missing", hint="applink curl -- -sS https://")
        self.refused(USAGE, "curl", "-sS", JIRA, says="no option -sS here", hint="CURL-ARGS stand behind --")
        self.refuse(JIRA, JIRA + "/2", flags=["--nonce", "N"], says="the line makes 2 transfers", hint="leave --nonce")
        self.refuse(JIRA, flags=["--exec", "--shell", "sh"], says="--exec needs no shell", hint="one of the two")
        for words in (["-F", "a=1"], ["-T", "-"]):
            self.refuse(*words, JIRA + "/x", flags=["--body-hash"], says="no hash of the body can be signed",
                        hint="--data-binary @FILE")
        for words in (["-F", "a=1"], ["--json", "{}"], ["-T", "-"]):
            self.refuse(*words, JIRA + "/x", flags=["--placement", "body"], says="the body is no form")
        self.refuse(JIRA, flags=["--placement", "body"], says="a GET has no body for the signature")

    def test_standard_input_serves_one(self):
        client = ["--key-file", "-", "--consumer-key", "hub", "--token", "T"]
        key = self.key.read_bytes()
        self.refuse("-d", "@-", JIRA, client=client, input=key, says="--key-file and curl's line cannot both read")
        self.refuse("--json", "@-", JIRA, client=client, flags=["--exec"], input=key,
                    says="--key-file and curl cannot both read")
        self.applink("curl", *client, "--", "--json", "@-", JIRA, input=key)

    def test_a_user_whom_nobody_proves(self):
        for query in ("xoauth_requestor_id=bob", "user_id=bob"):
            self.refuse(JIRA + "/x?" + query, flags=[], client=[*self.client[:-1], ""],
                        says="the query names a user of its own", hint="leave it out: applink request --impersonate")
        self.line(JIRA + "/x?user_id=bob", flags=self.client)

    def test_no_curl(self):
        self.refuse(JIRA, flags=["--exec"], env={"PATH": str(self.home)}, status=FAILED,
                    says="could not start curl: No such file or directory", hint="without --exec")

    def test_no_link(self):
        self.refused(FAILED, "curl", "--", JIRA + "/x", says="this URL is under the base URL of no link",
                     hint="applink link add NAME")


class Held(http.server.BaseHTTPRequestHandler):
    """Keeps the answer back until the test has seen enough."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, self.headers.get("Authorization"), body))
        self.server.came.set()
        self.server.go_on.wait(PATIENCE)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):  # of a curl that was ended
            self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


class CurlInOurPlace(WithoutAStore):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Held)
        self.server.daemon_threads = True
        self.server.seen = []
        self.server.came, self.server.go_on = threading.Event(), threading.Event()
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.addCleanup(self.server.go_on.set)
        self.url = f"http://127.0.0.1:{self.server.server_port}/jira/x"

    def start_exec(self, *words, flags=(), env=None, **options):
        process = self.start("curl", "--exec", *self.client, *flags, "--", "-sS", *words, self.url, env=env, **options)
        self.addCleanup(lambda: (process.poll() is None and process.kill(), process.communicate()))
        return process

    def test_nothing_is_to_be_seen_of_it(self):
        for placement in ("header", "query", "body"):
            with self.subTest(placement=placement):
                self.server.came.clear()
                self.server.go_on.clear()
                process = self.start_exec("-d", "password=hidden", flags=["--placement", placement],
                                          env={"APPLINK_TOKEN": "T-in-the-environment"})
                self.assertTrue(self.server.came.wait(PATIENCE))
                proc = pathlib.Path(f"/proc/{process.pid}")
                self.assertEqual((proc / "comm").read_text(), "curl\n")
                self.assertRegex((proc / "cmdline").read_bytes(), rb"^curl\0-q\0-K\0/dev/fd/[3-9]\0$")
                for secret in (b"oauth", b"hidden", b"T-in-the-environment", b"APPLINK_"):
                    self.assertNotIn(secret, (proc / "cmdline").read_bytes() + (proc / "environ").read_bytes())
                self.assertRegex((proc / "limits").read_text(), r"(?m)^Max core file size +0 +0 ")
                ignored = int((proc / "status").read_text().split("SigIgn:")[1].split()[0], 16)
                self.assertFalse(ignored & 1 << signal.SIGXFSZ - 1, "what we ignore is not for curl")
                files = [os.readlink(link) for link in (proc / "fd").iterdir()]
                self.assertFalse([file for file in files if str(self.home) in file], files)
                self.server.go_on.set()
                self.assertEqual(process.communicate(timeout=PATIENCE), (b"ok", b""))
        places = [(path + str(header) + body.decode()).count("oauth_signature=")
                  for path, header, body in self.server.seen]
        self.assertEqual(places, [1, 1, 1])

    def test_a_signal_ends_it(self):
        process = self.start_exec("-d", "a=1")
        self.assertTrue(self.server.came.wait(PATIENCE))
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(PATIENCE), -signal.SIGINT)

    def test_files_and_signals_are_as_they_were(self):
        self.server.go_on.set()
        ignore = "trap '' HUP; umask 022; exec \"$@\""
        words = ["sh", "-c", ignore, "sh", str(self.binary), "curl", "--exec", *map(str, self.client), "--",
                 "-sS", "-d", "a=1", "-o", "out", self.url]
        subprocess.run(words, cwd=self.home, env=self.environment, check=True, timeout=PATIENCE)
        self.assertEqual((self.home / "out").stat().st_mode & 0o777, 0o644)
        self.server.go_on.clear()
        self.server.came.clear()
        with subprocess.Popen(words, cwd=self.home, env=self.environment) as process:
            self.assertTrue(self.server.came.wait(PATIENCE))
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            self.assertTrue(int(status.split("SigIgn:")[1].split()[0], 16) & 1 << signal.SIGHUP - 1)
            self.server.go_on.set()

    def test_a_form_of_standard_input_is_signed_and_hidden(self):
        self.server.go_on.set()
        form = b"a=" + b"x%20'" * 19_000 + b"&b=2"
        process = self.start_exec("--data-binary", "@-")
        self.assertEqual(process.communicate(form, PATIENCE)[0], b"ok")
        self.assertEqual(self.server.seen[-1][2], form)


if __name__ == "__main__":
    harness.main()
