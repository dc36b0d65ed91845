#!/usr/bin/python3
"""Runs the installed curl and checks that it sends what read_curl_arguments() says of its arguments.

    curl_arguments_test.py PROBE

Each line is run three times against a recording server on loopback: as it was typed, as it was
rewritten, with a header in the place of the signature, and as it was rewritten with its arguments
hidden in files. Method, target, Content-Type, body and the number of requests must be those that
were read; what is rewritten must send the same bytes.
"""

import base64
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

AUTHORIZATION = 'OAuth oauth_nonce="1", oauth_signature="a%2Bb%3D"'

# What may be seen of a command whose arguments are hidden; an option before a value that is empty.
HARMLESS = re.compile("-q|-K|hidden-[0-9]+|--next|-:|--?[a-z-]+|-[A-Z]")

FILES = {
    "form.txt": b"a=1&b=two words\r\nc=3\n&d=%2F\n",
    "crlf.txt": b"x=1\r\n\r\ny=2\r\n",
    "empty.txt": b"",
    "text.txt": "grüße & küsse = 100% +~\n".encode(),
    "body.json": b'{"fields":{"summary":"[1,2] a&b"}}\n',
    "binary.bin": bytes(range(256)),
    "long.txt": b"k=" + b"0123456789abcdef" * 200 + b"\r\n",
    "headers.txt": b"X-One: 1\r\nContent-Type: text/plain\r\n\r\nX-Two: 2\n",
    "quiet.conf": b'# nothing that matters\nsilent\nuser-agent = "a \\"b\\" c"\n--max-time 20\n',
    "post.conf": b'-X PATCH\ndata "a=1 2"\ndata-urlencode = "q=x y"\nheader: "X-A: b"\n',
    "next.conf": b"url = URL/one\nnext\nurl URL/two\n-d z=9\n",
    "-odd": b"odd=1",
}
STDIN = b"from=stdin&n=1\r\nmore=2\n"

# Each line as it would be typed; U is the URL of the server. "whole" reads every body.
LINES = """
U
-sS U
U/a?b=c&d=e%20f
U/a%7eb;m=1/(x)?q='*'!
U?
U#part
U?x=1#part
--url U/x
-X DELETE U/x
-XPUT U
-sSXPATCH U/y
--request GET -d a=1 U
-I U
--head U?x=1
-I -X OPTIONS U
-d a=1 U
-d a=1 -d b=2 U
-da=1 U
-sSda=1 U
-d a=1&b=2 --data c=3 U
-d @form.txt U
-d @crlf.txt U
-d @empty.txt U
-d @long.txt U
-d @- U
-d x=1 -d @- -d y=2 U
--data-ascii @form.txt U
--data-binary @binary.bin U
--data-binary @crlf.txt U
--data-binary @- U
--data-binary a=1 U
--data-raw @form.txt U
--data-raw a=1@2 U
--data-urlencode content U
--data-urlencode =a=b U
--data-urlencode name=a=b&c U
--data-urlencode @text.txt U
--data-urlencode name@text.txt U
--data-urlencode name@empty.txt U
--data-urlencode @empty.txt U
--data-urlencode name@- U
--data-urlencode a=1 --data-urlencode b=2 -d c=3 U
--data-urlencode q@binary.bin U
--data-ur a=1 U
--json {"a":1} U
--json {"a":1 --json ,"b":2} U
--json @body.json U
--json @- U
--json {} -d x=1 U
-d x=1 --json {} U
--json {} -X PUT U
--json {} -H Content-Type:text/x-json U
--json {} -H content-type: U
--json a=1 -G U
--json {} -H Accept:text/plain U
-d {} -H Content-Type:application/json U
-X PUT -H Content-Type:application/json -d @body.json U/issue/TEST-1
-H Content-Type:application/json --data-binary @- U
-d a=1 -H Content-Type:application/x-www-form-urlencoded;charset=UTF-8 U
-d a=1 -H CONTENT-TYPE:Application/X-WWW-Form-Urlencoded U
-d a=1 -H Content-Type: U
-d a=1 -H Content-Type; U
-H Content-Type: -H Content-Type:text/plain -d x U
-H Content-Type:text/plain U
-d a=1 -H @headers.txt U
-H X-Empty; -H Accept: -H Nothing U
-d a=1 -H Transfer-Encoding:chunked U
-d a=1 -H Expect:100-continue U
-d a=1 -X PUT U
-d a=1 -X PATCH U
-d a=1 --http1.0 U
-d a=1 --compressed --tr-encoding U
-G U
-G -d a=1 U
-G -d a=1 -d b=2 U?x=0
-G -d a=1 U?x=0&
-G -d a=1 U?
-G -d a=1 U#f
-G -d a=%2Fb U
-G -d @crlf.txt U
-G -d @- U
-G --data-urlencode jql=project\u00a0=\u00a0TEST U/search?maxResults=50
-G --data-urlencode q@text.txt U
-G -I -d a=1 U
-G -X DELETE -d a=1 U
--get --data-binary @empty.txt U?a=1
--no-get -d a=1 U
-G --no-get -d a=1 U
--url-query a=1 U
--url-query a=b\u00a0c U?x=1
--url-query =a&b U
--url-query plain U
--url-query +raw=a%20b U
--url-query name@text.txt U
--url-query a=1 --url-query b=2 -d body=1 U
-F a=1 U
-F a=1 -F b=@body.json U
-F a=@body.json;type=application/json --form-string b=@x U
-F a=1 -X PUT U
-T body.json U/file
-T body.json U/file?x=1
-T - U/file
-T . U/file
-T body.json -X POST U/file
-T body.json -H Content-Type:application/json U/file
-T body.json U/one U/two
-T body.json -T text.txt U/one U/two
U/one U/two
-d a=1 U/one U/two
-d @- U/one U/two
--json @- U/one U/two
--json {} U/one U/two
-o o1 U/one -o o2 U/two
-o o1 -o o2 U/one U/two
U/{one,two}
U/{a,b}/[1-3]
U/[01-10:3]
U/[a-e:2]?x={1,2}
U/[1-2] -o out_#1
U/[9-11]
-g U/plain
-d a=1 U/[1-2]
-d a=1 U/one --next -I U/two
-d a=1 U/one -: U/two
-G -d a=1 U/one --next --json {} U/two --next -X DELETE U/three
U/one --next U/{two,three} --next -F a=1 U/four
-K quiet.conf U
-K quiet.conf -d a=1 U/one U/two
-K post.conf U
-K next.conf
-K next.conf --next -d a=1 U/three
-Kquiet.conf -s U
-A agent -e http://example.com/ -b k=v U
-b k=v -c jar -D heads -o out -w %{http_code} U
-r 0-9 -z 2020-01-01 U
-i --fail-with-body --no-fail-early --no-buffer -N U
-4 --http1.1 --max-time 20 --connect-timeout 5 U
--path-as-is U/a/b
--path-as-is U/a/../b?c
--path-as-is -G -d x=1 U/a/b
--no-location --no-retry-connrefused U
--retry-delay 1 --retry-max-time 5 --max-redirs 3 U
--proto =http --proto-default https U
--basic U
-C 5 U
-q U
-qs U
-- U
-d a=1 -- U
-d -odd U
-d @-odd U
--DATA a=1 U
--crlf --json {} U
-L U
-d  U
-d  -d a=1 --data-raw  U
-A  U
-A x -A  -e y U
-H  -H X-A:1 U
-d a\u00a0"b"\\c\u00a0{ U
--data-raw two\u00b6lines\u00b6"\\n" U
""".strip().split("\n")
# As they were typed they follow redirects, squash the path or cannot be compared for another reason.
REWRITTEN_ALONE = {"--path-as-is -G -d x=1 U/a/b"}
WHOLE = ['--json {"a":1 --json ,"b":2} U', "--json {} -d x=1 U", "-d x=1 --json {} U",
         "--json @body.json U", "--json @- U", "-T body.json U/file", "--data-binary @binary.bin -X PUT U",
         "-H Content-Type:text/plain -d @form.txt U"]

REFUSED_BY_CURL_TOO = """
-I -d a=1 U
-F a=1 -d b=2 U
-F a=1 -I U
-T body.json -d a=1 U/x
-T body.json -I U/x
--no-such-option U
-d
--dat a=1 U
--no-data U
--no-next U
U/{a
U/[5-1]
U/[1-
U/{}
U/a}b
U/{a,{b,c}}
U/[a-Z]
U/[1-5:9]
-K missing.conf U
-
-G -d a=b\u00a0c U
""".strip().split("\n")


# Of these random lines are made, from a fixed seed.
SEED = 788
RANDOM_LINES = 150
PIECES = """
-d a=1|-d b=2&c|-d @form.txt|-d @crlf.txt|-d @-|--data-binary @crlf.txt|--data-raw @x
--data-urlencode n=a b|--data-urlencode n@text.txt|--data-urlencode =x/y|--data-ascii z
--json {"a":1}|--json @body.json|--url-query q=1 2|--url-query +r=%20|-G|--no-get|-I|-X PUT
-XDELETE|-F a=1|--form-string b=@|-T body.json|-T text.txt|-H Content-Type:text/plain
-H Content-Type:application/x-www-form-urlencoded|-H Content-Type:|-H Accept:a/b|-H X-A;
-H @headers.txt|-sS|-o out|-o out_#1|-K quiet.conf|-K post.conf|-L|--compressed|-i|-g|-A agent
--next|-: U/again|U/{a,b}|U/[1-2]?x=%2F|U/two?y|U?z=1&|-0|--http1.1|--no-buffer|-e a;auto
""".strip().replace("\n", "|").split("|")


def random_lines():
    rng = random.Random(SEED)
    for _ in range(RANDOM_LINES):
        pieces = rng.choices(PIECES, k=rng.randrange(1, 6))
        pieces.insert(rng.randrange(len(pieces) + 1), "U/x")
        yield " ".join(pieces)


class Recorder(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.record
        raise AttributeError(name)

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            content = b""
            while True:
                size = int(self.rfile.readline().split(b";")[0], 16)
                content += self.rfile.read(size)
                self.rfile.readline()
                if size == 0:
                    return content
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def record(self):
        self.server.requests.append({
            "method": self.command, "target": self.path, "types": self.headers.get_all("Content-Type"),
            "authorization": self.headers.get_all("Authorization"), "host": self.headers["Host"],
            "fields": sorted((n.lower(), v) for n, v in self.headers.items()
                             if n.lower() not in ("authorization", "content-type")),
            "body": self.body()})
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Comparison:
    def __init__(self, probe, folder):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/jira/rest"
        self.folder = folder
        for name, content in FILES.items():
            self.write(name, content.replace(b"URL", self.url.encode()))
        self.write("stdin", STDIN)
        self.probe = subprocess.Popen([os.path.abspath(probe)], cwd=folder, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)
        self.problems = 0

    def write(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content)

    def arguments(self, line):
        words = [word.replace("\u00a0", " ").replace("\u00b6", "\r\n") for word in line.split(" ")]
        return [self.url + word[1:] if word == "U" or word[:2] in ("U/", "U?", "U#") else word
                for word in words]

    def read(self, arguments, whole=False):
        self.probe.stdin.write(json.dumps({"arguments": arguments, "whole": whole}) + "\n")
        self.probe.stdin.flush()
        return json.loads(self.probe.stdout.readline())

    def run(self, arguments):
        self.server.requests = []
        with open(os.path.join(self.folder, "stdin"), "rb") as stdin:
            done = subprocess.run(["curl", *arguments], cwd=self.folder, stdin=stdin, timeout=30,
                                  env={"HOME": self.folder, "PATH": os.environ["PATH"]},
                                  capture_output=True, check=False)
        return self.server.requests, done

    def problem(self, line, words):
        self.problems += 1
        print(f"{line}\n    {words}")

    def compare(self, line, whole=False, may_be_refused=False):
        arguments = self.arguments(line)
        answer = self.read(arguments, whole)
        if "error" in answer:
            if not may_be_refused:
                self.problem(line, f"refused: {answer['error']}")
            return False
        typed = [] if line in REWRITTEN_ALONE else self.run(arguments)[0]
        for sent, transfer in zip(typed, answer["transfers"]):
            self.check(line, sent, transfer, whole, exact=False)
        for way in ("signed", "hidden"):
            self.check_rewritten(line, typed, answer, way, whole)
        shown = [word for word in answer["hidden"] if word and not HARMLESS.fullmatch(word)]
        if shown:
            self.problem(line, f"{shown} are not hidden")
        return True

    def check_rewritten(self, line, typed, answer, way, whole):
        rewritten, done = self.run(answer[way])
        if len(rewritten) != len(answer["transfers"]):
            self.problem(line, f"{way}, it sent {len(rewritten)} requests: {done.stderr}")
        for sent, transfer in zip(rewritten, answer["transfers"]):
            self.check(line, sent, transfer, whole, exact=True)
            if sent["authorization"] != [AUTHORIZATION]:
                self.problem(line, f"{way}, the signature came as {sent['authorization']}")
        for before, after in zip(typed, rewritten):
            # Of multipart the boundary, and with it the length, may differ.
            multipart = "boundary=" in str(before["types"])
            for part in ("fields",) if multipart else ("fields", "types", "body"):
                if not self.same(before[part], after[part], multipart):
                    self.problem(line, f"{way}, {part} became {after[part]} from {before[part]}")

    @staticmethod
    def same(before, after, multipart):
        if multipart:
            before = [field for field in before if field[0] != "content-length"]
            after = [field for field in after if field[0] != "content-length"]
        return before == after

    def check(self, line, sent, transfer, whole, exact):
        target = transfer["url"][len("http://"):]
        target = target[target.index("/"):]
        said, was = (target, sent["target"]) if exact else (target.lower(), sent["target"].lower())
        if was.rstrip("?&") != said.rstrip("?&"):  # of no data at all curl 7 leaves an "&"
            self.problem(line, f"the target is {was}, and was to be {said}")
        if sent["method"] != transfer["method"]:
            self.problem(line, f"the method is {sent['method']}, not {transfer['method']}")
        if sent["host"] != transfer["url"].split("/")[2]:
            self.problem(line, f"the host is {sent['host']}")
        types = sent["types"] or []
        wanted = [] if transfer["content_type"] is None else [transfer["content_type"]]
        if transfer["kind"] == "multipart":
            types = [kind.split(";")[0] for kind in types]
        if types != wanted:
            self.problem(line, f"Content-Type is {types}, not {wanted}")
        body = base64.b64decode(transfer["body"])
        known = transfer["kind"] in ("form", "none") or (whole and transfer["kind"] != "multipart")
        if known and sent["body"] != body:
            self.problem(line, f"the body is {sent['body'][:80]}, not {body[:80]}")

    def refuse(self, line):
        answer = self.read(self.arguments(line))
        if "error" not in answer or not answer["hint"]:
            self.problem(line, f"not refused with a hint: {answer}")
        sent, _ = self.run(self.arguments(line))
        if sent:
            self.problem(line, "curl itself runs it")


def main():
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(sys.argv[1], folder)
        for line in LINES:
            comparison.compare(line)
        for line in WHOLE:
            comparison.compare(line, whole=True)
        for line in REFUSED_BY_CURL_TOO:
            comparison.refuse(line)
        run = sum(comparison.compare(line, may_be_refused=True) for line in random_lines())
        if run < RANDOM_LINES / 3:
            comparison.problem("random lines", f"only {run} were run")
        comparison.probe.stdin.close()
        comparison.probe.wait(10)
        comparison.server.shutdown()
        print(f"{len(LINES) + len(WHOLE)} lines and {run} random ones run, {len(REFUSED_BY_CURL_TOO)} refused, "
              f"{comparison.problems} problems")
        return 1 if comparison.problems else 0


sys.exit(main())
