"""applink sign, from the store and without one: every print, every refusal."""

import base64
import os
import re
import shlex
import unittest
import urllib.parse
import urllib.request

import harness
from harness import FAILED, LOCKED, USAGE

URL = "https://jira.example.com/jira/rest/api/2/issue/TEST-1"
JIRA = "https://jira.example.com/jira"
WITHOUT_SHA1 = os.environ.get("APPLINK_WITHOUT_SHA1")
WIKI = harness.TESTS / "vectors" / "oauth_wiki_rsa_sha1.vec"


def parameters_of(header):
    """The parameters of an Authorization header, decoded."""
    return {name: urllib.parse.unquote(value) for name, value in re.findall(r'([\w]+)="([^"]*)"', header)}


def wiki_vector():
    """What wiki.oauth.net published: private_key, signature_base_string, signature."""
    blocks = re.split(r"\n\n+", WIKI.read_text())
    return {block.split(":\n")[0]: block.split(":\n", 1)[1].strip() for block in blocks[1:]}


class StorelessTest(harness.CommandTest):
    """A home in which no store ever appears."""

    def setUp(self):
        super().setUp()
        self.key = self.write("private_key.pem", (harness.KEYS / "pkcs1.pem").read_bytes())
        self.client = ("--key-file", self.key, "--consumer-key", "hub")
        self.files = {"private_key.pem"}
        self.addCleanup(self.assert_nothing_was_written)

    def assert_nothing_was_written(self):
        self.assertEqual({path.name for path in self.home.iterdir()}, self.files)

    def write(self, name, content, mode=0o600):
        if hasattr(self, "files"):
            self.files.add(name)
        return super().write(name, content, mode)

    def sign(self, *words, **options):
        return self.applink("sign", *words, *self.client, "--token", "T", "--nonce", "N", "--timestamp", "1", **options)

    def refuse(self, *words, status=USAGE, client=None, **options):
        return self.refused(status, "sign", *words, *(self.client if client is None else client), **options)


class Prints(StorelessTest):
    BASE_STRING = (
        "GET&https%3A%2F%2Fjira.example.com%2Fjira%2Frest%2Fapi%2F2%2Fissue%2FTEST-1&oauth_consumer_key%3Dhub"
        "%26oauth_nonce%3DN%26oauth_signature_method%3DRSA-SHA1%26oauth_timestamp%3D1%26oauth_token%3DT"
        "%26oauth_version%3D1.0")

    def test_the_base_string(self):
        outcome = self.sign("GET", URL, "--print", "base-string")
        self.assertEqual((outcome.out, outcome.err), (self.BASE_STRING + "\n", ""))

    def test_the_signature_is_that_of_the_base_string(self):
        signature = self.sign("GET", URL, "--print", "signature").out
        base_string = self.write("base_string", self.BASE_STRING.encode() + b"\n")
        again = self.applink("sign", "--base-string-file", base_string, *self.client).out
        self.assertEqual(signature, again)
        self.assertEqual(len(base64.b64decode(signature)), 256)

    def test_the_header_is_the_usual_part(self):
        header = self.sign("GET", URL).out
        self.assertEqual(header, self.sign("GET", URL, "--print", "header").out)
        self.assertTrue(header.startswith('Authorization: OAuth oauth_consumer_key="hub", oauth_token="T", '), header)
        self.assertEqual(header.count("\n"), 1)
        signature = self.sign("GET", URL, "--print", "signature").out.strip()
        self.assertEqual(parameters_of(header)["oauth_signature"], signature)

    def test_the_url_and_the_body(self):
        self.assertEqual(self.sign("GET", JIRA + "/a b", "--print", "url").out, JIRA + "/a%20b\n")
        url = self.sign("GET", JIRA + "/x?a=b", "--placement", "query").out
        self.assertRegex(url, re.escape(JIRA) + r"/x\?a=b&oauth_consumer_key=hub&.*oauth_signature=\S+\n$")
        body = self.sign("POST", URL, "-d", "a=1&b=2", "--placement", "body").out
        self.assertRegex(body, r"^a=1&b=2&oauth_consumer_key=hub&.*oauth_signature=[^\n]+$")
        self.assertEqual(self.sign("POST", URL, "-d", "a=1&b=2", "--print", "body").out, "a=1&b=2")

    def test_json(self):
        json = self.sign("POST", URL + "?q=%C3%BC", "--form", "c=d e", "--print", "json").json
        self.assertEqual(json["version"], 1)
        signed = json["signed_request"]
        self.assertEqual(list(signed), [
            "method", "url", "authorization", "content_type", "body", "signature_method", "placement",
            "form_bodies_signed", "parameters", "base_string", "signature"])
        self.assertEqual((signed["body"], signed["content_type"]), ("c=d+e", "application/x-www-form-urlencoded"))
        self.assertEqual([(p["name"], p["value"], p["from"]) for p in signed["parameters"]], [
            ("q", "ü", "query"), ("oauth_consumer_key", "hub", "signature"), ("oauth_token", "T", "signature"),
            ("oauth_signature_method", "RSA-SHA1", "signature"), ("oauth_timestamp", "1", "signature"),
            ("oauth_nonce", "N", "signature"), ("oauth_version", "1.0", "signature"), ("c", "d e", "body")])
        self.assertEqual(parameters_of(signed["authorization"])["oauth_signature"], signed["signature"])
        self.assertIsNone(self.sign("GET", URL, "--placement", "query", "--print", "json").json
                          ["signed_request"]["authorization"])

    def test_a_published_signature(self):
        vector = wiki_vector()
        key = self.write("wiki.pem", vector["private_key"].encode())
        words = ("http://photos.example.net/photos?file=vacaction.jpg&size=original", "--allow-http", "--key-file", key,
                 "--consumer-key", "dpf43f3p2l4k3l03", "--nonce", "13917289812797014437", "--timestamp", "1196666512")
        for part, name in (("base-string", "signature_base_string"), ("signature", "signature")):
            outcome = self.applink("sign", "GET", *words, "--print", part)
            self.assertEqual(outcome.out, vector[name] + "\n")
            self.assertIn("plain http", outcome.err)

    def test_what_conformance_needs(self):
        header = parameters_of(self.sign("GET", URL, "--no-version", "--realm", "R", "--body-hash").out)
        self.assertEqual(header["realm"], "R")
        self.assertNotIn("oauth_version", header)
        self.assertEqual(header["oauth_body_hash"], "2jmj7l5rSw0yVb/vlWAYkK/YBwk=")  # SHA-1 of nothing
        for method in ("RSA-SHA256", "rsa-sha512"):
            header = parameters_of(self.sign("GET", URL, "--signature-method", method).out)
            self.assertEqual(header["oauth_signature_method"], method.upper())

    def test_secrets_from_files(self):
        consumer = self.write("consumer", b"kd94hf93k423kf44\n")
        token = self.write("token", b"pfkkdhi9sl3r4s00\n")
        # RFC 5849 section 1.2.
        words = ("GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", "--allow-http",
                 "--consumer-key", "dpf43f3p2l4k3l03", "--consumer-secret-file", consumer, "--token", "nnch734d00sl2jdk",
                 "--token-secret-file", token, "--signature-method", "HMAC-SHA1", "--timestamp", "137131202",
                 "--nonce", "chapoH", "--no-version", "--print", "signature")
        self.assertEqual(self.applink("sign", *words).out, "MdpQcU8iPSUjWoN/UDMsK2sui9I=\n")

    def test_a_curl_command(self):
        header = self.sign("GET", URL).out.strip()
        self.assertEqual(shlex.split(self.sign("GET", URL, "--print", "curl").out),
                         ["curl", "-q", "-g", "--path-as-is", "-H", header, URL])
        words = ("POST", URL + "?x=%41", "--form", "a=it's ü", "--placement", "body", "--print", "curl")
        *before, body, url = shlex.split(self.sign(*words).out)
        self.assertEqual(before, ["curl", "-q", "-g", "--path-as-is", "-H",
                                  "Content-Type: application/x-www-form-urlencoded", "--data-raw"])
        self.assertRegex(body, "^a=it%27s[+]%C3%BC&oauth_consumer_key=hub&.*oauth_signature=")
        self.assertEqual(url, URL + "?x=%41")

    def test_plaintext_is_printed_on_demand_alone(self):
        secret = self.write("consumer", b"s&cret")
        words = ("GET", URL, "--consumer-key", "hub", "--consumer-secret-file", secret, "--signature-method", "PLAINTEXT")
        for part in (["--explain"], [], ["--print", "signature"], ["--print", "curl"], ["--print", "json"]):
            outcome = self.refuse(*words, *part, client=(), says="the secrets themselves", hint="--reveal-secrets")
            self.assertNotIn("cret", outcome.out + outcome.err.replace("secret", ""))
        self.assertEqual(self.applink("sign", *words, "--print", "url").out, URL + "\n")
        outcome = self.applink("sign", *words, "--print", "signature", "--reveal-secrets")
        self.assertEqual(outcome.out, "s%26cret&\n")

    def test_explanations(self):
        words = ("POST", JIRA + "/x?jql=a%20%3D%20b", "--form", "c=" + "d" * 200, "--explain")
        text = self.sign(*words).out
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        self.assertNotIn("\x1b", text)
        for line in (r"  the form in the body is signed: jira reads that of a POST",
                     r"  query   jql                     a = b", r"  header  oauth_nonce             N",
                     r"  jql=a%20%3D%20b", r"signature, RSA-SHA1"):
            self.assertIn(line + "\n", text)
        self.assertRegex(text, r"(?m)^  body    c {23}d+$")
        joined = text.replace("\n  ", "")
        self.assertIn(self.sign(*words[:-1], "--print", "base-string").out.strip(), joined)
        self.assertIn(self.sign(*words[:-1], "--print", "header").out.strip(), joined)

    def test_colors(self):
        text = self.sign("GET", URL, "--explain", "--color", "always").out
        for part in ("35mGET", "36mhttps%3A", "32mo"):
            self.assertIn("\x1b[1;" + part, text)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
        self.assertEqual(plain, self.sign("GET", URL, "--explain").out)

    def test_colors_on_a_terminal(self):
        words = ("sign", "GET", URL, "--explain", *self.client, "--token", "T")
        for env, colored in (({}, True), ({"NO_COLOR": "1"}, False)):
            terminal = harness.Terminal(self, *words, env=env)
            seen = terminal.read_until("%3D%3D")  # the signature's end, within the header
            self.assertEqual(terminal.wait(), 0)
            self.assertEqual("\x1b[1;35mGET" in seen, colored)

    def test_the_product_decides_about_forms(self):
        outcome = self.sign("PUT", URL, "-d", "a=1", "--print", "base-string")
        self.assertNotIn("a%3D1", outcome.out)
        self.assertIn("the form in the body is not signed: jira reads none but that of a POST", outcome.err)
        outcome = self.sign("PUT", URL, "-d", "a=1", "--print", "base-string", "--product", "generic")
        self.assertIn("a%3D1", outcome.out)
        self.assertIn("with PUT too, as RFC 5849 says", self.sign("PUT", URL, "-d", "a=1", "--explain", "--product", "generic").out)

    def test_bodies(self):
        form = self.write("form", b"a=1")
        for words in (("-d", "a=1"), ("-d", f"@{form}"), ("--data-file", form), ("--form", "a=1")):
            self.assertIn("&a%3D1%26", self.sign("POST", URL, *words, "--print", "base-string").out)
        self.assertIn("&a%3D1%26", self.sign("POST", URL, "--data-file", "-", "--print", "base-string", input=b"a=1").out)
        json = self.sign("POST", URL, "-d", "{}", "--content-type", "application/json", "--print", "base-string").out
        self.assertIn("&oauth_consumer_key", json)

    def test_a_token_that_is_missing_or_empty(self):
        words = ("GET", URL, *self.client)
        outcome = self.applink("sign", *words)
        self.assertNotIn("oauth_token", outcome.out)
        self.assertIn("--token ''", outcome.err)
        outcome = self.applink("sign", *words, "--token", "")
        self.assertIn('oauth_token=""', outcome.out)
        self.assertEqual(outcome.err, "")

    def test_an_odd_base_string_is_signed_with_a_warning(self):
        words = ("sign", "--base-string-file", "-", *self.client)
        self.assertIn("no signature base string", self.applink(*words, input=b"hello there").err)
        self.assertEqual(self.applink(*words, input=b"GET&a&b").err, "")


class KeysAndVariables(StorelessTest):
    def test_an_encrypted_key(self):
        self.key = self.write("locked.pem", (harness.KEYS / "encrypted_pkcs8.pem").read_bytes())
        passphrase = self.write("passphrase", b"test\n")
        expected = self.sign("GET", URL).out
        client = ("sign", "GET", URL, "--token", "T", "--nonce", "N", "--timestamp", "1", "--consumer-key", "hub",
                  "--key-file", self.key)
        for words, options in ((("--passphrase-file", passphrase), {}), (("--passphrase-fd", "0"), {"input": b"test"}),
                               (("--passphrase-command", "echo test"), {}),
                               ((), {"env": {"APPLINK_PASSPHRASE_FILE": str(passphrase)}})):
            self.assertEqual(self.applink(*client, *words, **options).out, expected)
        self.refused(USAGE, *client, says="encrypted", hint="--passphrase-file")
        wrong = self.write("wrong", b"wrong")
        self.refused(LOCKED, *client, "--passphrase-file", wrong, says="passphrase")

    def test_a_key_from_standard_input(self):
        words = ("sign", "GET", URL, "--token", "T", "--nonce", "N", "--timestamp", "1", "--consumer-key", "hub")
        outcome = self.applink(*words, "--key-file", "-", input=self.key.read_bytes())
        self.assertEqual(outcome.out, self.sign("GET", URL).out)

    def test_keys_that_are_refused(self):
        public = self.write("public.pem", (harness.KEYS / "public.pem").read_bytes())
        open_key = self.write("open.pem", self.key.read_bytes(), 0o644)
        self.refuse("GET", URL, status=FAILED, client=("--consumer-key", "hub", "--key-file", public), says="public")
        self.refuse("GET", URL, status=FAILED, client=("--consumer-key", "hub", "--key-file", open_key), says="open.pem",
                    hint="chmod")
        self.refuse("GET", URL, status=FAILED, client=("--consumer-key", "hub", "--key-file", "nowhere"), says="nowhere")

    def test_variables_stand_for_the_flags(self):
        env = {"APPLINK_CONSUMER_KEY": "hub", "APPLINK_KEY_FILE": str(self.key), "APPLINK_TOKEN": "T",
               "APPLINK_BASE_URL": JIRA}
        words = ("sign", "GET", "/rest/api/2/issue/TEST-1", "--nonce", "N", "--timestamp", "1")
        self.assertEqual(self.applink(*words, env=env).out, self.sign("GET", URL).out)
        other = self.applink(*words, "--token", "other", env=env).out
        self.assertEqual(parameters_of(other)["oauth_token"], "other")
        self.refused(USAGE, "sign", "GET", "https://evil.example/x", env=env,
                     says=f"https://evil.example/x does not belong to the base URL {JIRA}\n")

    def test_secrets_that_variables_name(self):
        env = {"APPLINK_CONSUMER_KEY": "dpf43f3p2l4k3l03", "APPLINK_TOKEN": "nnch734d00sl2jdk",
               "APPLINK_CONSUMER_SECRET_FILE": str(self.write("consumer", b"kd94hf93k423kf44")),
               "APPLINK_TOKEN_SECRET_FILE": str(self.write("token", b"pfkkdhi9sl3r4s00"))}
        words = ("GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", "--allow-http",
                 "--signature-method", "HMAC-SHA1", "--timestamp", "137131202", "--nonce", "chapoH", "--no-version",
                 "--print", "signature")
        self.assertEqual(self.applink("sign", *words, env=env).out, "MdpQcU8iPSUjWoN/UDMsK2sui9I=\n")


class Refusals(StorelessTest):
    def test_requests(self):
        for words, says, hint in (
            ((), "METHOD and URL are missing", "applink sign GET"),
            (("GET",), "URL is missing", "applink sign GET"),
            (("G T", URL), "is not an HTTP method", "one word"),
            (("GET", "jira.example.com/x"), "no URL", "https://"),
            (("GET", "/x"), "no base URL", "--base-url"),
            (("GET", "ftp://jira.example.com/x"), "scheme", "https"),
            (("GET", "http://jira.example.com/x"), "plain http", "--allow-http"),
            (("GET", JIRA + "/a%2Fb"), "%2F in a path", "query"),
            (("GET", JIRA + "/100%"), "begins no escape", "%25"),
            (("GET", JIRA + "/a/../b"), "among its segments", "followed"),
            (("GET", JIRA + "/a?=b"), "without a name", "name it"),
            (("GET", JIRA + "/a#b"), "fragment", "%23"),
            (("GET", JIRA + "/a?oauth_nonce=x"), "oauth_nonce", "leave it out"),
            (("GET", "https://other.example.com/x", "--base-url", JIRA), "does not belong", "alone"),
            (("GET", "/x", "--base-url", JIRA + "/secure/Dashboard.jspa"), "address of a page", JIRA),
            (("POST", URL, "-d", "{}"), "looks like JSON", "--content-type application/json"),
            (("POST", URL, "-d", "[1]"), "looks like JSON", "--content-type application/json"),
            (("POST", URL, "-d", "a b"), "raw space", "%20"),
            (("POST", URL, "-d", "a=%FC"), "no UTF-8", "%C3%BC"),
            (("POST", URL, "--form", "novalue"), "not NAME=VALUE", "--form summary"),
            (("POST", URL, "--form", "a=b", "--data", "a=b"), "one body", "--data, --form"),
            (("POST", URL, "--form", "a=b", "--content-type", "text/plain"), "--form says", "--data"),
            (("POST", URL, "-d", "x", "--content-type", "a\nb"), "no content type", "application/json"),
            (("GET", URL, "--placement", "body"), "no body", "header"),
            (("POST", URL, "-d", "{}", "--content-type", "application/json", "--placement", "body"), "no form", "header"),
            (("PUT", URL, "-d", "a=b", "--placement", "body"), "reads no form in the body of a PUT", "header"),
            (("GET", URL, "--placement", "query", "--print", "header"), "no header", "--print url"),
            (("GET", URL, "--placement", "query", "--realm", "R"), "realm", "--realm="),
            (("GET", URL, "--placement", "cookie"), "not a place", "header"),
            (("GET", URL, "--print", "heder"), "not a part", "did you mean header"),
            (("GET", URL, "--print", "header", "--explain"), "--explain shows every part", "one of the two"),
            (("GET", URL, "--signature-method", "RSA-SHA2"), "RSA-SHA2", "RSA-SHA"),
            (("GET", URL, "--product", "jiro"), "not a product", "jira"),
            (("GET", URL, "--product", "jira", "--signature-method", "RSA-SHA256"), "no signature but RSA-SHA1", "generic"),
            (("GET", URL, "--timestamp", "0"), "not a timestamp", "1970"),
            (("GET", URL, "--timestamp", "now"), "not a timestamp", "1970"),
            (("GET", URL, "--nonce", ""), "nonce is empty", "random"),
            (("GET", URL, "--nonce", "a\nb"), "cannot be seen", "random"),
            (("GET", URL, "--token", "a\nb"), "control character", "pasting"),
            (("GET", URL, "--user", "second"), "--user picks a token of the store", "--token"),
            (("POST", URL, "--verifier", "x"), "--verifier goes with the request token", "--token"),
            (("GET", URL, "--token-secret-file", "x"), "goes with a token", "--token"),
            (("GET", URL, "-l", "prod"), "-l names a link of the store, and --consumer-key", "leave one"),
        ):
            with self.subTest(words=words):
                outcome = self.refuse(*words, says=says, hint=hint)
                self.assertEqual(outcome.out, "")

    def test_clients(self):
        secret = self.write("secret", b"s")
        for client, says, hint in (
            (("--key-file", self.key), "--consumer-key is missing", "APPLINK_CONSUMER_KEY"),
            (("--consumer-key", "hub"), "--key-file is missing", "APPLINK_KEY_FILE"),
            (("--consumer-key", "hub", "--signature-method", "HMAC-SHA1"), "--consumer-secret-file is missing",
             "APPLINK_CONSUMER_SECRET_FILE"),
            (("--consumer-key", "hub", "--consumer-secret-file", secret), "with a key, and not", "--key-file"),
            (("--consumer-key", "hub", "--key-file", self.key, "--signature-method", "HMAC-SHA1"), "and not with a key",
             "--consumer-secret-file"),
            (("--consumer-key", "a b", "--key-file", self.key), "has a space", "one word"),
            (("--consumer-key", "hub", "--key-file", "-", "--passphrase-fd", "0"), "cannot both read standard input", "file"),
            (("--base-url", JIRA), "--base-url is for use without a store", "--consumer-key"),
            (("--passphrase-file", secret), "--passphrase is for use without a store", "--consumer-key"),
            (("--allow-http",), "--allow-http is for use without a store", "--consumer-key"),
        ):
            with self.subTest(client=client):
                self.refuse("GET", URL, client=client, says=says, hint=hint)
        self.refuse("POST", URL, "--data-file", "-", client=("--consumer-key", "hub", "--key-file", "-"),
                    says="--key-file and the body cannot both read standard input")
        self.refuse("POST", URL, "-d", "@nowhere", status=FAILED, says="nowhere")

    def test_base_strings(self):
        file = self.write("base", b"GET&a&b")
        secret = self.write("secret", b"s")
        for words in (("GET", URL), ("--explain",), ("--print", "header"), ("-d", "x")):
            self.refuse(*words, "--base-string-file", file, says="takes the place of a request",
                        hint="leave")
        self.refuse("--base-string-file", "-", input=b"\n", says="is empty", hint="METHOD&URI&PARAMETERS")
        self.refuse("--base-string-file", "-", client=("--key-file", "-"), says="cannot both read standard input")
        self.refuse("--base-string-file", file, "--signature-method", "PLAINTEXT",
                    client=("--consumer-key", "hub", "--consumer-secret-file", secret), says="signs no base string")


@unittest.skipUnless(WITHOUT_SHA1, "a sanitizer must be loaded first")
class WithoutSha1(StorelessTest):
    """The words are those of key create and login: test_key_create.py."""

    SAYS = "this machine's OpenSSL policy refuses SHA-1 signatures, which RSA-SHA1 needs: invalid digest"
    HINT = "update-crypto-policies --set DEFAULT:SHA1"

    def test_sign_says_why_it_cannot(self):
        policy = {"LD_PRELOAD": WITHOUT_SHA1}
        for words in (("GET", URL), ("GET", URL, "--explain"), ("--base-string-file", self.write("b", b"GET&a&b"))):
            outcome = self.refuse(*words, status=FAILED, says=f"applink: error: {self.SAYS}\n", hint=self.HINT, env=policy)
            self.assertEqual(outcome.out, "")
        self.sign("GET", URL, "--signature-method", "RSA-SHA256", env=policy)


class FromTheStore(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.sandbox = self.have_login()
        self.myself = self.sandbox.url + "/rest/api/2/myself"

    def ask(self, header, url=None, method="GET", data=None):
        name, value = header.rstrip("\n").split(": ", 1)
        request = urllib.request.Request(url or self.myself, method=method, data=data, headers={name: value})
        with urllib.request.urlopen(request, timeout=harness.PATIENCE) as answer:
            return answer.read().decode()

    def test_the_header_is_good_for_a_call(self):
        for words in (("-l", "prod", "/rest/api/2/myself"), (self.myself,), ("/rest/api/2/myself",)):
            with self.unchanged_store():
                self.assertIn('"alice"', self.ask(self.applink("sign", "GET", *words).out))
        url = self.sandbox.url + "/rest/api/2/search?jql=project = TEST"
        outcome = self.applink("sign", "GET", url)
        self.assertIn('" " as %20', outcome.err)
        self.assertIn("issues", self.ask(outcome.out, url.replace(" ", "%20")))
        # Muted, where a script wants the header alone.
        self.assertEqual(self.applink("--quiet", "sign", "GET", url).err, "")

    def test_the_header_of_a_form(self):
        header = parameters_of(self.applink("sign", "POST", self.myself, "-l", "prod", "--data", "a=1&b=2", "--print", "header").out)
        self.assertEqual(header["oauth_consumer_key"], "hub")

    def test_a_token_in_place_of_the_kept_one(self):
        header = parameters_of(self.applink("sign", "GET", self.myself, "--token", "mine").out)
        self.assertEqual(header["oauth_token"], "mine")

    def test_base_strings(self):
        signature = self.applink("sign", "GET", self.myself, "--nonce", "N", "--timestamp", "1", "--print", "signature").out
        base = self.applink("sign", "GET", self.myself, "--nonce", "N", "--timestamp", "1", "--print", "base-string").stdout
        self.assertEqual(self.applink("sign", "-l", "prod", "--base-string-file", "-", input=base).out, signature)

    def test_refusals(self):
        for status, words, says, hint in (
            (FAILED, ("GET", "https://other.example.com/x"), "under the base URL of no link", "link list"),
            (FAILED, ("GET", self.myself, "-l", "prdo"), "prdo", "prod"),
            (FAILED, ("GET", self.myself, "--user", "bob"), "no token of the user bob", "applink login prod --user bob"),
            (USAGE, ("GET", self.myself, "--user", "bob", "--token", "x"), "--user picks a token", "one of the two"),
            (USAGE, ("GET", self.myself, "--signature-method", "HMAC-SHA1"), "signs with a key", "another method"),
            (USAGE, ("GET", self.myself, "--signature-method", "RSA-SHA256"), "no signature but RSA-SHA1", ""),
            (USAGE, ("GET", self.myself, "-l", "prod", "--product", "generic"), "--product is for use without one", "leave one"),
        ):
            with self.subTest(words=words), self.unchanged_store():
                self.refused(status, "sign", *words, says=says, hint=hint)

    def test_the_dance_by_hand_and_without_a_store(self):
        client = ("--consumer-key", "hub", "--key-file", self.write("key.pem", (harness.KEYS / "pkcs1.pem").read_bytes()))
        nobodys = {"HOME": str(self.home / "empty")}
        oauth = self.sandbox.url + "/plugins/servlet/oauth/"

        def leg(name, *words):
            header = self.applink("sign", "POST", oauth + name, *client, *words, env=nobodys)
            self.assertEqual(header.err, "")
            return dict(urllib.parse.parse_qsl(self.ask(header.out, oauth + name, "POST", b"")))

        temporary = leg("request-token", "--callback", "oob")["oauth_token"]
        code = harness.follow(f"{oauth}authorize?oauth_token={temporary}")
        token = leg("access-token", "--token", temporary, "--verifier", code)
        renewed = leg("access-token", "--token", token["oauth_token"], "--session-handle", token["oauth_session_handle"])

        env = {**nobodys, "APPLINK_CONSUMER_KEY": "hub", "APPLINK_KEY_FILE": client[-1], "APPLINK_TOKEN": renewed["oauth_token"],
               "APPLINK_BASE_URL": self.sandbox.url}
        self.assertEqual(self.applink("request", "GET", "/rest/api/2/myself", env=env).json["name"], "alice")
        again = self.applink("request", "GET", self.myself, *client, "--token", renewed["oauth_token"], env=nobodys)
        self.assertEqual(again.json["name"], "alice")
        self.refused_without_store(env=nobodys, client=client)
        self.assertFalse((self.home / "empty").exists())

    def refused_without_store(self, env, client):
        """Hints name flags, and no command for a link that nothing keeps."""
        moved = self.sandbox.url.removesuffix("/jira") + "/jira2"
        for words, says, hint in (
            (("--token", "wrong"), "token_rejected", "applink login LINK"),
            (("--token", "x", "--consumer-key", "other"), "token_rejected", ""),
            (("--token", "", "--impersonate", "bob"), "--impersonate needs no token", "--token"),
            (("--impersonate", "bob", "--product", "generic"), "is known to prove", "applink link add"),
            (("--token", "x", "--base-url", moved), "does not belong to the base URL", "alone"),
        ):
            words = (*client[2:], *words) if "--consumer-key" in words else (*client, *words)
            outcome = self.run_applink("request", "GET", self.myself, *words, env=env)
            self.assertIn(outcome.status, (USAGE, harness.REFUSED), outcome)
            self.assertIn(says, outcome.err)
            self.assertRegex(outcome.err, r"(?m)^applink: hint: .*" + (hint or r"\S"))
            self.assertNotIn("(no store)", outcome.err)

    def test_the_link_says_how_the_dance_begins(self):
        url = self.sandbox.url + "/plugins/servlet/oauth/request-token"
        header = parameters_of(self.applink("sign", "POST", url, "--callback", "oob").out)
        self.assertEqual(header["oauth_callback"], "oob")
        self.assertNotIn("oauth_token", header)

    def test_request_takes_the_same_flags(self):
        self.assertEqual(self.applink("request", "GET", self.myself, "--placement", "query", "--no-version").json["name"], "alice")
        words = ("request", "GET", self.myself, "--nonce", "once")
        self.applink(*words)
        self.refused(harness.REFUSED, *words, says="nonce_used")
        self.refused(USAGE, *words, "--retry", "1", says="good for one request", hint="--nonce")
        self.refused(harness.REFUSED, "request", "GET", self.myself, "--timestamp", "1", says="timestamp_refused")


if __name__ == "__main__":
    harness.main()
