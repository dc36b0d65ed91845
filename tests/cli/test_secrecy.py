"""No secret is where it was not asked for: every command and every exit status, with all that they
say, write, and tell the processes that they start."""

import fnmatch
import json
import os
import pathlib
import re
import resource
import signal

import harness
from harness import DENIED, DONE, FAILED, INTERRUPTED, KEYS, LOCKED, REFUSED, UNREACHABLE, USAGE
from secrecy import Secrets

BUG = 70
PASSPHRASE = "corr\u00e9ct horse/battery+staple \"100%\""
CONSUMER_SECRET = "c0nsumer&secret=of us/100%"
PROXY_PASSWORD = "pr0xy-passw0rd"
ADMIN_TOKEN = "adm1n-t0ken/of+us"
IN_THE_ENVIRONMENT = "a-token-that-only-the-environment-has"
PHOTOS = "https://photos.example.net/api"
MYSELF = "/rest/api/2/myself"

# What a command may show, because it is what was asked for: the words that its command line has, the
# place, and the secrets. Everything else is a leak, and a line that allows nothing is too much.
SHOWN = (
    # A private key in the form that the flag names.
    ("key export --private-pem", "output", ("hubkey",)),
    ("key export --private-der", "output", ("hubkey",)),
    ("key export --private-pkcs8", "output", ("hubkey",)),
    ("key export --private-base64", "output", ("hubkey",)),
    ("key export --private-pkcs8-der", "output", ("hubkey",)),
    ("key export --private-jwk", "output", ("hubkey",)),
    # The URL to open: it names the login, whose secret stays here.
    ("login", "errors", ("temporary token",)),
    ("login --start", "output", ("temporary token",)),
    ("login", "argument of a child", ("temporary token",)),
    ("onboard", "errors", ("temporary token",)),
    ("onboard", "argument of a child", ("temporary token",)),
    # A provider for tests has what its command line says.
    ("sandbox", "argument", ("administrator's token",)),
    ("login --oob", "terminal", ("temporary token", "verifier")),  # where a person types it
    ("login --finish", "argument", ("verifier", "temporary token")),
    ("token show --reveal-secrets", "output", ("access token", "token secret", "session handle")),
    # A signed request is the token and a signature; the client that sends it needs both.
    ("sign", "output", ("access token",)),
    ("curl", "output", ("access token",)),  # and with --exec nowhere
    ("verify", "argument", ("access token",)),  # as a header that was captured
    ("verify --base-string", "output", ("access token",)),
    # PLAINTEXT: the signature is the consumer secret.
    ("sign --reveal-secrets", "output", ("consumer secret",)),
    ("curl --reveal-secrets", "output", ("consumer secret",)),
)

# Files, by patterns of their names, that hold secrets because they are for that.
KEPT = {
    "keys/hub/private_key.pem": ("hubkey",),
    "keys/hub/private_key.pkcs8": ("hubkey",),
    ".config/applink/store*.key": ("key file",),
}

# Started by applink: what it was told goes into a file.
CHILD = b"""#!/usr/bin/python3
import os, sys, pathlib, shutil, urllib.request
here = pathlib.Path(__file__).parent
told = here / f"told-{os.getpid()}"
process = "self"
with told.open("wb") as file:
    file.write(pathlib.Path("/proc/self/environ").read_bytes() + b"\\n")
    while process != "1" and process != os.environ["WALK"]:
        file.write(pathlib.Path(f"/proc/{process}/cmdline").read_bytes() + b"\\n")
        process = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1]
if sys.argv[0].endswith("browser"):
    shutil.copy(here / "sandbox.state", here / f"state-{os.getpid()}")  # the login is under way
    urllib.request.urlopen(sys.argv[1]).read()
elif not sys.argv[0].endswith("curl"):
    sys.stdout.write((here / sys.argv[1]).read_text())
"""


def commands_of(help_text):
    """The names of all commands, as `applink` alone lists them."""
    return set(re.findall(r"(?m)^  ([a-z-]+(?: [a-z-]+)?)  ", help_text))


class Walk(harness.CommandTest):
    """Runs applink, keeps all that can be seen of it, and knows every secret by the end."""

    def setUp(self):
        super().setUp()
        (self.home / "tmp").mkdir()
        self.environment.update(TMPDIR=str(self.home / "tmp"), APPLINK_TOKEN=IN_THE_ENVIRONMENT, WALK=str(os.getpid()))
        self.secrets = Secrets()
        self.seen = []  # (words, place, bytes)
        self.own_files = set()
        for name, secret in (("passphrase", PASSPHRASE), ("consumer secret", CONSUMER_SECRET),
                             ("password of a proxy", PROXY_PASSWORD), ("administrator's token", ADMIN_TOKEN),
                             ("token in the environment", IN_THE_ENVIRONMENT)):
            self.secrets.add(name, secret)
        self.secrets.add_private_key("hubkey", (KEYS / "pkcs1.pem").read_bytes())
        self.passphrase = self.write("passphrase", PASSPHRASE.encode() + b"\n")
        self.consumer_secret = self.write("consumer-secret", CONSUMER_SECRET.encode() + b"\n")
        for child in ("browser", "secret-of", "curl"):
            self.write(child, CHILD, 0o700)
        self.with_browser = {"BROWSER": str(self.home / "browser")}

    # Seeing.

    def write(self, name, content, mode=0o600):
        path = super().write(name, content, mode)
        self.own_files.add(path)
        return path

    def see(self, words, place, content):
        self.seen.append((tuple(map(str, words)), place, content))

    def run_applink(self, *words, **options):
        outcome = super().run_applink(*words, **options)
        return self.saw(words, outcome)

    def saw(self, words, outcome):
        self.see(words, "argument", "\n".join(map(str, words)).encode())
        self.see(words, "output", outcome.stdout)
        self.see(words, "errors", outcome.stderr)
        for told in self.home.glob("told-*"):
            environment, *arguments = told.read_bytes().split(b"\n")
            self.see(words, "environment of a child", environment.replace(b"\0", b"\n"))
            self.see(words, "argument of a child", b"\n".join(arguments).replace(b"\0", b"\n"))
            told.unlink()
        self.learn_tokens()
        return outcome

    def ends_with(self, status, *words, **options):
        outcome = self.run_applink(*words, **options)
        self.assertEqual(outcome.status, status, outcome)
        return outcome

    def at_terminal(self, *words, until, answer="", **options):
        """Types the answer, or what a function makes of the screen."""
        terminal = harness.Terminal(self, *words, **options)
        shown = terminal.read_until(until)
        if answer:
            terminal.type((answer(shown) if callable(answer) else answer) + "\n")
        status = terminal.wait()
        self.see(words, "terminal", terminal.read_rest().encode())
        self.saw(words, harness.Outcome(status, b"", b""))
        return status

    def learn_tokens(self):
        """From the state of the sandbox, while a login is under way and after it."""
        for path in [self.home / "sandbox.state", *self.home.glob("state-*")]:
            if not path.exists():
                continue
            state = json.loads(path.read_text())
            for token in state["request_tokens"]:
                self.secrets.add("temporary token", token["token"])
                self.secrets.add("token secret", token["secret"])  # as in the products, the access token has it too
                if token["verifier"]:
                    self.secrets.add("verifier", token["verifier"])
            for token in state["access_tokens"]:
                self.secrets.add("access token", token["token"])
                self.secrets.add("token secret", token["secret"])
                self.secrets.add("session handle", token["session"]["handle"])
            if path.name != "sandbox.state":
                path.unlink()

    # Looking.

    def shown(self, words, place):
        """(number of the line of SHOWN, secret) of all that may be seen there."""
        for number, (asked, where, secrets) in enumerate(SHOWN):
            if where == place and set(asked.split()) <= set(words):
                yield from ((number, secret) for secret in secrets)

    def leaks(self):
        """One line each; and the lines of SHOWN that allowed something."""
        leaks, used = set(), set()
        for words, place, content in self.seen:
            allowed = {secret: number for number, secret in self.shown(words, place)}
            for finding in self.secrets.found_in(content, place):
                if finding.secret in allowed:
                    used.add(allowed[finding.secret])
                else:
                    leaks.add(f"{finding.secret} ({finding.form}): {place} of applink {' '.join(words[:3])}")
        return leaks, used

    def leaks_in_files(self):
        for path in self.home.rglob("*"):
            name = str(path.relative_to(self.home))
            if path in self.own_files or not path.is_file() or name.startswith("sandbox.state"):
                continue
            for finding in self.secrets.found_in(path.read_bytes(), name):
                kept = [secret for pattern, secrets in KEPT.items() if fnmatch.fnmatch(name, pattern) for secret in secrets]
                if finding.secret not in kept:
                    yield f"{finding.secret} ({finding.form}): file {name}"


class EveryCommand(Walk):
    def test_shows_no_secret_that_was_not_asked_for(self):
        everything = commands_of(self.applink().out)
        self.keys()
        self.links()
        self.login_by_browser()
        self.login_by_hand()
        self.onboarding()
        self.calls()
        self.signatures()
        self.tokens()
        self.store()
        self.sandbox_says()
        walked = {" ".join(words[:count]) for words, _, _ in self.seen for count in (1, 2)}
        self.assertEqual(everything - walked, set(), "a command that no step of the walk runs")
        leaks, used = self.leaks()
        self.assertEqual(sorted(leaks) + sorted(set(self.leaks_in_files())), [])
        self.assertEqual([line for number, line in enumerate(SHOWN) if number not in used], [])
        print(f"# {len(self.secrets.names())} kinds of secrets in {len(self.seen)} places, none but as asked for")

    def keys(self):
        self.have_key()
        self.learn_key_file()
        pem = (KEYS / "pkcs1.pem").read_bytes()
        self.applink("key", "import", "piped", "-", input=pem)
        self.applink("key", "import", "variable", "--from-env", "KEY", env={"KEY": pem.decode()})
        self.ends_with(FAILED, "key", "import", "again", "-", input=b"x" + pem[:-200])
        sealed = ("key", "export", "hubkey", "--encrypted-pkcs8", "--kdf", "scrypt", "-o")
        for number, how in enumerate((("--passphrase-file", self.passphrase), ("--passphrase-fd", 0),
                                      ("--passphrase-command", f"{self.home}/secret-of passphrase"))):
            self.applink(*sealed, f"sealed-{number}.pem", *how, input=self.passphrase.read_bytes())
            self.applink("key", "import", f"unsealed-{number}", f"sealed-{number}.pem", *how,
                         input=self.passphrase.read_bytes())
        self.applink("key", "export", "hubkey", "--pkcs12", "--passphrase-file", self.passphrase)
        self.assertEqual(self.at_terminal("key", "inspect", "sealed-0.pem", until="assphrase", answer=PASSPHRASE), DONE)
        self.ends_with(LOCKED, "key", "import", "x", "sealed-0.pem", "--passphrase-file", self.write("wrong", b"wrong"))
        for form in ("--private-pem", "--private-der", "--private-pkcs8", "--private-base64", "--private-pkcs8-der",
                     "--private-jwk", "--public-pem", "--public-jwk", "--certificate"):
            self.applink("key", "export", "hubkey", form)
        self.assertEqual(self.at_terminal("key", "export", "hubkey", "--private-pem", until="hint"), USAGE)
        self.applink("key", "export", "hubkey", "--all", "keys/hub")
        created = self.applink("key", "create", "made")
        self.assertNotIn("BEGIN", created.out + created.err)
        self.applink("key", "inspect", self.write("mine.pem", pem), "--match", "keys/hub/public_key.pem")
        self.applink("key", "list")
        self.applink("key", "show", "hubkey")
        self.applink("key", "remove", "piped", "--yes")

    def learn_key_file(self):
        self.secrets.add("key file", (self.home / ".config/applink/store.key").read_text().split()[-1])

    def links(self):
        self.sandbox_words = ("sandbox", "--approve-as", "alice", "--state", "sandbox.state", "--log", "-",
                              "--personal-access-token", f"admin={ADMIN_TOKEN}")
        self.sandbox = self.have_sandbox(*self.sandbox_words[1:])
        self.have_link(self.sandbox.url)
        generic = ("--url", PHOTOS, "--consumer-key", "dpf", "--product", "generic")
        secret = self.consumer_secret.read_bytes()
        for number, (method, how) in enumerate((
                ("HMAC-SHA1", ("--consumer-secret-file", self.consumer_secret)),
                ("HMAC-SHA256", ("--consumer-secret-fd", 0)),
                ("PLAINTEXT", ("--consumer-secret-command", f"{self.home}/secret-of consumer-secret")))):
            self.applink("link", "add", f"photos{number}", *generic, "--signature-method", method, *how, input=secret)
        self.assertEqual(self.at_terminal(
            "link", "set", "photos0", "--consumer-secret", until="secret",
            answer=f"{CONSUMER_SECRET}\n{CONSUMER_SECRET}"), DONE)
        self.ends_with(USAGE, "link", "set", "prod", "--consumer-secret-file", self.consumer_secret)
        proxy = self.write("proxy", f"http://me:{PROXY_PASSWORD}@127.0.0.1:9\n".encode())
        self.applink("link", "add", "behind", "--url", "https://jira.example.com", "--consumer-key", "hub",
                     "--key", "hubkey", "--proxy-file", proxy)
        self.ends_with(UNREACHABLE, "request", "GET", MYSELF, "-l", "behind", "--token", "T")
        for words in (("list",), ("list", "--json"), ("show", "behind"), ("show", "behind", "--json"), ("show", "photos2"),
                      ("bundle", "prod"), ("bundle", "prod", "-o", "prod.html"), ("set", "prod", "--default"),
                      ("remove", "photos1", "--yes")):
            self.applink("link", *words)
        self.ends_with(FAILED, "link", "show", "prdo")

    def login_by_browser(self):
        self.applink("login", env=self.with_browser)
        self.applink("login", "--qr", "--color", "always", env=self.with_browser)
        self.ends_with(DENIED, "login", "--user", "late", "--no-browser", "--timeout", "1s")
        interrupted = ("login", "--user", "stopped", "--no-browser")
        process = self.start(*interrupted)
        line = next(line for line in process.stderr if line.startswith(b"http"))
        self.learn_tokens()
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=harness.PATIENCE)
        self.assertEqual(process.returncode, INTERRUPTED)
        self.saw(interrupted, harness.Outcome(process.returncode, stdout, line + stderr))

    def login_by_hand(self):
        page = self.applink("login", "--start").out.strip()
        code = harness.follow(page)
        self.learn_tokens()
        self.ends_with(REFUSED, "login", "--finish", "wrong1")
        self.applink("login", "--finish", code)

        def typed(shown):
            page = re.search(r"http\S+", shown)[0]
            code = harness.follow(page)
            self.learn_tokens()
            return code

        self.assertEqual(self.at_terminal("login", "--oob", until="Verification code:", answer=typed), DONE)

    def onboarding(self):
        token = ("--admin-token-file", self.write("admin-token", ADMIN_TOKEN.encode() + b"\n"))
        spoke = (self.sandbox.url, "--key", "hubkey", "--consumer-key", "spoke")
        password = ("--admin-user", "admin", "--admin-password-file", self.passphrase)
        self.ends_with(REFUSED, "onboard", "spoke", *spoke, *password, "--yes")
        self.ends_with(REFUSED, "onboard", "spoke", *spoke)
        self.assertEqual(self.at_terminal("onboard", "spoke", *password[:2], until="Password", answer=PASSPHRASE), REFUSED)
        self.applink("onboard", "spoke", *token, "--yes", "--json", env=self.with_browser)
        self.applink("link", "remove", "spoke", "--remote", *token, "--yes")

    def calls(self):
        self.applink("request", "GET", MYSELF, "-i")
        self.applink("request", "GET", MYSELF, "-o", "myself.json")
        self.ends_with(FAILED, "request", "GET", "/rest/api/2/nowhere", "-i")
        self.ends_with(FAILED, "request", "POST", "/rest/api/2/nowhere", "--form-urlencoded", "a=b")
        self.ends_with(REFUSED, "request", "GET", MYSELF, "--token", "unknown", "-i")
        self.ends_with(UNREACHABLE, "request", "GET", "http://127.0.0.1:9/x", "--base-url", "http://127.0.0.1:9",
                       "--consumer-key", "hub", "--key-file", "sealed-0.pem",
                       "--passphrase-command", f"{self.home}/secret-of passphrase")

    def signatures(self):
        url = self.sandbox.url + MYSELF
        for what in ("header", "signature", "base-string", "url", "curl", "json"):
            self.applink("sign", "GET", url, "--print", what)
        self.applink("sign", "GET", url, "--explain")
        header = self.applink("sign", "GET", url).out.strip().removeprefix("Authorization: ")
        self.applink("sign", "--batch", input=b'{"id":1,"method":"GET","url":"/x"}\n')
        photos = ("-l", "photos2", "--token", "T", "--token-secret-file", self.write("none", b"none\n"))
        plaintext = ("sign", "GET", PHOTOS + "/x", *photos)
        self.ends_with(USAGE, *plaintext)
        self.applink(*plaintext, "--reveal-secrets")
        self.applink("curl", "--", url)
        self.ends_with(USAGE, "curl", *photos, "--", PHOTOS + "/x")
        self.applink("curl", "--reveal-secrets", *photos, "--", PHOTOS + "/x")
        with_curl = {"PATH": f"{self.home}:{os.environ['PATH']}"}
        for placement in ("header", "query"):
            self.applink("curl", "--exec", "--placement", placement, "--", url, env=with_curl)
        self.applink("curl", "--exec", *photos, "--", PHOTOS + "/x", env=with_curl)
        self.applink("sign", "GET", PHOTOS + "/x", "-l", "photos0", "--token", "T", "--token-secret-file", "none", "--explain")
        request = ("verify", "GET", url, "-H", f"Authorization: {header}")
        self.applink(*request)
        self.applink(*request, "--json")
        self.applink(*request, "--base-string")
        self.ends_with(FAILED, "verify", "GET", url + "?more=1", "-H", f"Authorization: {header}")
        self.ends_with(FAILED, "verify", "GET", PHOTOS, "-H", "Authorization: " + self.applink(
            "sign", "GET", PHOTOS + "/x", "-l", "photos0", "--token", "T", "--token-secret-file", "none").out.strip(),
            "--consumer-secret-command", f"{self.home}/secret-of consumer-secret", "--token-secret-file", "none")

    def tokens(self):
        for words in (("list",), ("list", "--json"), ("show",), ("show", "--json"), ("show", "--reveal-secrets"), ("renew",),
                      ("show", "--reveal-secrets", "--json"), ("forget", "prod", "--yes")):
            self.applink("token", *words)
        self.ends_with(FAILED, "token", "show")
        self.applink("login", env=self.with_browser)

    def store(self):
        self.applink("store", "info")
        self.applink("store", "info", "--json")
        self.applink("store", "check")
        self.applink("log")
        self.applink("log", "--json")
        elsewhere = {"APPLINK_STORE": str(self.home / "elsewhere.db")}
        self.applink("store", "backup", "backup.db")
        self.ends_with(LOCKED, "store", "restore", "backup.db", "--key-file", self.passphrase, env=elsewhere)
        self.applink("store", "restore", "backup.db", "--key-file", self.home / ".config/applink/store.key", env=elsewhere)
        self.applink("store", "export", "--link", "prod", "-o", "prod.link", "--passphrase-file", self.passphrase)
        self.ends_with(LOCKED, "store", "import", "prod.link", "--passphrase-file", "wrong", env=elsewhere)
        self.applink("link", "remove", "prod", "--yes", env=elsewhere)
        self.applink("store", "import", "prod.link", "--passphrase-file", self.passphrase, env=elsewhere)
        self.applink("store", "export", "--link", "photos2", "--passphrase-file", self.passphrase)
        self.unlock_methods()
        self.ends_with(USAGE, "store", "chekc")
        key_file = self.home / ".config/applink/store.key"
        key_file.chmod(0o644)
        self.ends_with(LOCKED, "store", "info")
        key_file.chmod(0o600)
        self.out_of_memory()
        database = self.home / ".local/share/applink/store.db"
        good = database.read_bytes()
        database.write_bytes(good[:len(good) // 2] + bytes(len(good) - len(good) // 2))
        for words in (("store", "check"), ("key", "list"), ("token", "show")):
            self.assertNotEqual(self.run_applink(*words).status, DONE)
        database.write_bytes(good)

    def unlock_methods(self):
        new, given = ("--new-passphrase-file", self.passphrase), ("--passphrase-file", self.passphrase)
        self.applink("store", "unlock-method", "add", "passphrase", *new)
        self.applink("store", "unlock-method")
        self.applink("store", "unlock-method", "--json", *given)
        self.ends_with(LOCKED, "store", "unlock-method", "change", "passphrase", *new, "--passphrase-file", "wrong")
        self.assertEqual(self.at_terminal("store", "unlock-method", "change", "passphrase", *new, until="assphrase",
                                          answer=PASSPHRASE), DONE)
        self.applink("store", "unlock-method", "remove", "passphrase", *given)

    def out_of_memory(self):
        """What nobody foresees: the last exit status."""
        if b"__asan_init" in pathlib.Path(self.binary).read_bytes():
            return  # a sanitizer takes more memory than a limit could leave
        body = self.write("body", b"b" * (48 << 20))

        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (64 << 20, 64 << 20))

        self.ends_with(BUG, "sign", "POST", self.sandbox.url + "/x", "--data-file", body, "--content-type", "a/b",
                       preexec_fn=limit)

    def sandbox_says(self):
        self.sandbox.process.send_signal(signal.SIGTERM)
        stdout, stderr = self.sandbox.process.communicate(timeout=harness.PATIENCE)
        outcome = harness.Outcome(0, self.sandbox.url.encode() + stdout, stderr)
        self.assertIn("/plugins/servlet/oauth/access-token", outcome.err)
        self.saw(self.sandbox_words, outcome)


class TheSearch(Walk):
    def test_finds_each_secret_in_each_form_wherever_it_stands(self):
        secrets = Secrets()
        secrets.add("a", b"\x00\xffbinary/\x80")
        secrets.add_private_key("key", (KEYS / "pkcs1.pem").read_bytes())
        self.assertEqual({finding.secret for finding in secrets.found_in(b"nothing at all " * 99, "here")}, set())
        for name, form, text in secrets.forms():
            for around in (b"x%sx", b"%s", b"\n\0%s\r"):
                found = set(secrets.found_in(around % text, "here"))
                self.assertIn((name, form), {(finding.secret, finding.form) for finding in found})
        self.assertEqual({finding.secret for finding in secrets.found_in((KEYS / "pkcs1.pem").read_bytes(), "here")}, {"key"})

    def test_finds_what_is_planted(self):
        """In an argument, an environment, an output, a file: the walk is not blind there."""
        self.have_key()
        self.assertEqual((self.leaks()[0], list(self.leaks_in_files())), (set(), []))
        self.run_applink("key", "show", CONSUMER_SECRET)
        sealed = self.write("sealed.pem", (KEYS / "encrypted_pkcs8.pem").read_bytes())
        self.write("test", b"test")
        self.applink("key", "import", "other", sealed, "--passphrase-command", f"{self.home}/secret-of test",
                     env={"NOT_OURS": PASSPHRASE})
        (self.home / "planted").write_bytes(PASSPHRASE.encode().hex().encode())
        leaks = " ".join(self.leaks()[0])
        for leak in ("consumer secret (raw): argument", "consumer secret (raw): errors",
                     "passphrase (raw): environment of a child"):
            self.assertIn(f"{leak} of applink", leaks)
        self.assertEqual(list(self.leaks_in_files()), ["passphrase (hexadecimal): file planted"])


if __name__ == "__main__":
    harness.main()
