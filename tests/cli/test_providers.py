"""Links of other providers than Atlassian's: their URLs, their secrets, how they are signed and reached."""

import re

import harness
from harness import DONE, FAILED, KEYS, UNREACHABLE, USAGE

PROVIDER = "https://photos.example.net"
URLS = ("--request-token-url", f"{PROVIDER}/initiate", "--authorize-url", f"{PROVIDER}/authorize",
        "--access-token-url", f"{PROVIDER}/token")
SECRET = "kd94hf93k423kf44"


class ProviderTest(harness.CommandTest):
    def link(self, name="photos"):
        return self.applink("link", "show", name, "--json").json["link"]

    def add(self, *words, name="photos", **options):
        return self.applink("link", "add", name, "--url", f"{PROVIDER}/api", "--consumer-key", "dpf43f3p2l4k3l03",
                            "--product", "generic", *words, **options)

    def add_with_secret(self, *words, method="HMAC-SHA256", name="photos"):
        return self.add("--signature-method", method, "--consumer-secret-file", "-", *words,
                        name=name, input=SECRET.encode() + b"\n")

    def refuse(self, *words, status=USAGE, **options):
        """A link that is not added; nothing that was secret is repeated."""
        with self.unchanged_store():
            outcome = self.refused(status, "link", "add", "photos", "--url", f"{PROVIDER}/api",
                                   "--consumer-key", "dpf43f3p2l4k3l03", *words, **options)
        self.assertNotIn(SECRET, outcome.err)
        return outcome


class Urls(ProviderTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def test_all_three_and_who_is_logged_in(self):
        self.add("--key", "hubkey", *URLS, "--identity-url", f"{PROVIDER}/api/me")
        link = self.link()
        self.assertEqual(link["request_token_url"], f"{PROVIDER}/initiate")
        self.assertEqual(link["authorize_url"], f"{PROVIDER}/authorize")
        self.assertEqual(link["access_token_url"], f"{PROVIDER}/token")
        self.assertEqual(link["identity_url"], f"{PROVIDER}/api/me")
        shown = self.applink("link", "show", "photos").out
        for url in ("/initiate", "/authorize", "/token", "/api/me"):
            self.assertIn(PROVIDER + url, shown)

    def test_all_three_or_none(self):
        for missing in range(3):
            some = [word for i in range(3) if i != missing for word in URLS[2 * i:2 * i + 2]]
            with self.subTest(missing=URLS[2 * missing]):
                self.refuse("--product", "generic", "--key", "hubkey", *some,
                            says=f"{URLS[2 * missing]} is missing", hint="--access-token-url URL")
        self.add("--key", "hubkey", *URLS)
        with self.unchanged_store():
            self.refused(USAGE, "link", "set", "photos", "--authorize-url=", says="--authorize-url is missing")
        self.applink("link", "set", "photos", "--request-token-url=", "--authorize-url=", "--access-token-url=")
        self.assertIsNone(self.link()["authorize_url"])

    def test_they_are_no_other_products(self):
        for product in ("jira", "confluence", "bitbucket", "bamboo"):
            self.refuse("--product", product, "--key", "hubkey", *URLS, says=f"{product} has its own URLs",
                        hint="--product generic")
            self.refuse("--product", product, "--key", "hubkey", "--identity-url", f"{PROVIDER}/api/me",
                        says=f"{product} has its own URLs")

    def test_another_host_only_where_it_is_told(self):
        elsewhere = ("--request-token-url", "https://login.example.net/initiate", *URLS[2:])
        self.refuse("--product", "generic", "--key", "hubkey", *elsewhere, says="is on another host",
                    hint="--allow-other-hosts")
        self.add("--key", "hubkey", *elsewhere, "--allow-other-hosts")
        self.assertTrue(self.link()["allow_other_hosts"])
        with self.unchanged_store():
            self.refused(USAGE, "link", "set", "photos", "--forbid-other-hosts", says="is on another host")

    def test_each_is_checked(self):
        for url, says in (("photos.example.net/x", "URL"), ("http://photos.example.net/x", "plain http"),
                          ("https://photos.example.net/a/../b", "segments"),
                          ("https://photos.example.net/x?oauth_token=1", "OAuth"),
                          ("https://me:pw@photos.example.net/x", "request token URL")):
            with self.subTest(url=url):
                outcome = self.refuse("--product", "generic", "--key", "hubkey", "--request-token-url", url,
                                      *URLS[2:], says=says)
                self.assertNotIn("pw@", outcome.err)

    def test_who_is_logged_in_is_asked_under_the_base_url(self):
        self.refuse("--product", "generic", "--key", "hubkey", *URLS, "--identity-url", f"{PROVIDER}/me",
                    says="is not under the base URL")

    def test_a_login_needs_them(self):
        self.add("--key", "hubkey")
        self.refused(USAGE, "login", "photos", "--start", says="whose dance is not known",
                     hint="applink link set photos --request-token-url")


class Secrets(ProviderTest):
    def test_from_standard_input_and_never_shown(self):
        added = self.add_with_secret(*URLS)
        self.assertNotIn(SECRET, added.out + added.err)
        link = self.link()
        self.assertEqual((link["signature_method"], link["key"]), ("HMAC-SHA256", None))
        for words in (("link", "list"), ("link", "show", "photos"), ("link", "show", "photos", "--json"),
                      ("store", "info", "--json")):
            self.assertNotIn(SECRET, self.applink(*words).out)
        self.assertIn("consumer secret", self.applink("link", "list").out)
        self.assertNotIn(SECRET.encode(), (self.home / ".local/share/applink/store.db").read_bytes())

    def test_from_a_file_of_ones_own(self):
        self.write("secret", SECRET.encode() + b"\r\n")
        self.add("--signature-method", "hmac-sha1", "--consumer-secret-file", "secret")
        self.assertEqual(self.link()["signature_method"], "HMAC-SHA1")

    def test_from_the_terminal_unseen(self):
        terminal = harness.Terminal(self, "link", "add", "photos", "--url", PROVIDER, "--consumer-key", "k",
                                    "--product", "generic", "--signature-method", "PLAINTEXT")
        terminal.read_until("Consumer secret of k:")
        self.assertFalse(terminal.echoes())
        terminal.type(SECRET + "\n")
        self.assertEqual(terminal.wait(), DONE)
        self.assertTrue(terminal.echoes())
        self.assertNotIn(SECRET, terminal.seen)
        self.assertEqual(self.link()["signature_method"], "PLAINTEXT")

    def test_where_nobody_can_be_asked(self):
        self.refuse("--product", "generic", "--signature-method", "HMAC-SHA1", says="Consumer secret",
                    hint="--consumer-secret-file FILE")

    def test_that_is_none(self):
        hmac = ("--product", "generic", "--signature-method", "HMAC-SHA1", "--consumer-secret-file", "-")
        for secret, status, says in ((b"", FAILED, "nothing is there"), (b"\n", FAILED, "nothing is there"),
                                     (b"two\nlines", FAILED, "more than one line"),
                                     (b"s\x07x", USAGE, "the consumer secret has"),
                                     (b"x" * 5000, USAGE, "more than 4096 bytes")):
            with self.subTest(secret=secret[:10]):
                self.refuse(*hmac, input=secret, status=status, says=says)
        self.refuse(*hmac[:-1], "absent", status=FAILED, says="absent")
        self.write("secret", SECRET.encode(), mode=0o644)
        self.refuse(*hmac[:-1], "secret", status=FAILED, says="others may read", hint="chmod 600 secret")
        self.refuse(*hmac, "--consumer-secret", says="--consumer-secret asks")

    def test_of_a_link_that_signs_with_a_key(self):
        self.have_key()
        for words in (("--consumer-secret-file", "-"), ("--consumer-secret",)):
            self.refuse("--product", "generic", "--key", "hubkey", *words, input=SECRET.encode(),
                        says="signs with a key", hint="--signature-method")

    def test_a_key_of_a_link_that_signs_with_a_secret(self):
        self.have_key()
        self.refuse("--product", "generic", "--key", "hubkey", "--signature-method", "HMAC-SHA512",
                    input=SECRET.encode(), says="signs with a consumer secret", hint="--consumer-secret-file")

    def test_is_changed_by_itself(self):
        self.add_with_secret(*URLS)
        before = self.link()
        said = self.applink("link", "set", "photos", "--consumer-secret-file", "-", input=b"newer").err
        self.assertNotIn("newer", said)
        self.assertEqual(self.link(), before)
        terminal = harness.Terminal(self, "link", "set", "photos", "--consumer-secret")
        terminal.read_until("Consumer secret of")
        terminal.type("newest\n")
        self.assertEqual(terminal.wait(), DONE)

    def test_is_needed_anew_for_another_client(self):
        self.add_with_secret(*URLS)
        for words in (("--consumer-key", "other"), ("--authorize-url", f"{PROVIDER}/other"),
                      ("--url", "https://photos.example.net/api2")):
            with self.subTest(words=words), self.unchanged_store():
                self.refused(USAGE, "link", "set", "photos", *words, says="Consumer secret of",
                             hint="--consumer-secret-file FILE")
        self.applink("link", "set", "photos", "--consumer-key", "other", "--consumer-secret-file", "-", input=b"theirs")
        self.assertEqual(self.link()["consumer_key"], "other")

    def test_goes_when_a_key_signs_and_comes_when_one_does_not(self):
        self.have_key()
        self.add_with_secret(*URLS)
        with self.unchanged_store():
            self.refused(USAGE, "link", "set", "photos", "--signature-method", "RSA-SHA256",
                         says="RSA-SHA256 signs with a key", hint="applink key list")
        self.applink("link", "set", "photos", "--signature-method", "RSA-SHA256", "--key", "hubkey")
        self.assertEqual(self.link()["key"], "hubkey")
        with self.unchanged_store():
            self.refused(USAGE, "link", "set", "photos", "--signature-method", "HMAC-SHA1", says="Consumer secret")
        self.applink("link", "set", "photos", "--signature-method", "HMAC-SHA1", "--consumer-secret-file", "-",
                     input=SECRET.encode())
        self.applink("key", "remove", "hubkey", "--yes")
        self.assertIsNone(self.link()["key"])


class Signing(ProviderTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def test_atlassians_products_take_rsa_sha1_alone(self):
        for method in ("RSA-SHA256", "RSA-SHA512", "HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT"):
            self.refuse("--key", "hubkey", "--signature-method", method, says="no signature but RSA-SHA1",
                        hint="--product generic")
        self.have_link("https://jira.example.com")
        with self.unchanged_store():
            self.refused(USAGE, "link", "set", "prod", "--signature-method", "RSA-SHA512",
                         says="no signature but RSA-SHA1")

    def test_words_that_are_none_have_a_neighbour(self):
        for words, hint in ((("--signature-method", "HMAC-SHA-1"), "did you mean HMAC-SHA1"),
                            (("--signature-method", "MD5"), "PLAINTEXT"),
                            (("--placement", "haeder"), "did you mean header"), (("--placement", "x"), "header, query or body"),
                            (("--ip-version", "5"), "any, 4, 6"), (("--http-version", "1.2"), "1.1"),
                            (("--product", "genric"), "generic")):
            with self.subTest(words=words):
                self.refuse("--key", "hubkey", *words, says="is not", hint=hint)

    def test_plaintext_never_without_tls(self):
        words = ("--product", "generic", "--signature-method", "PLAINTEXT", "--allow-http",
                 "--consumer-secret-file", "-", "--url")
        with self.unchanged_store():
            self.refused(USAGE, "link", "add", "p", "--consumer-key", "k", *words, "http://photos.example.net",
                         input=SECRET.encode(), says="PLAINTEXT sends the secrets", hint="HMAC-SHA256")
        self.applink("link", "add", "p", "--consumer-key", "k", *words, "http://127.0.0.1:8080", input=SECRET.encode())

    def test_a_realm_without_a_header_and_a_hash_of_nothing(self):
        self.refuse("--key", "hubkey", "--realm", "x", "--placement", "query", says="a realm goes into")
        self.refuse("--product", "generic", "--signature-method", "PLAINTEXT", "--body-hash",
                    "--consumer-secret-file", "-", input=SECRET.encode(), says="PLAINTEXT signs nothing")

    def test_switches_go_on_and_off(self):
        self.have_link("https://jira.example.com")
        for on, off, field in (("--body-hash", "--no-body-hash", "body_hash"),
                               ("--two-legged", "--no-two-legged", "two_legged"),
                               ("--accept-oauth-1.0", "--refuse-oauth-1.0", "accept_oauth_1_0"),
                               ("--allow-other-hosts", "--forbid-other-hosts", "allow_other_hosts"),
                               ("--allow-http", "--forbid-http", "allow_http")):
            with self.subTest(on=on):
                self.applink("link", "set", "prod", on)
                self.assertTrue(self.link("prod")[field])
                with self.unchanged_store():
                    self.refused(USAGE, "link", "set", "prod", on, off, says=f"{on} and {off} contradict each other")
                    self.refused(USAGE, "link", "set", "prod", on, says="is like that already")
                self.applink("link", "set", "prod", off)
                self.assertFalse(self.link("prod")[field])

    def test_an_empty_value_takes_away(self):
        self.have_link("https://jira.example.com")
        before = self.link("prod")
        certificate = self.write("client.pem", (KEYS / "certificate.pem").read_bytes() + (KEYS / "pkcs8.pem").read_bytes())
        self.applink("link", "set", "prod", "--callback-url", "https://hub.example.com/done", "--client-certificate",
                     certificate, "--client-key", certificate)
        self.assertEqual(self.link("prod")["callback_url"], "https://hub.example.com/done")
        self.applink("link", "set", "prod", "--callback-url=", "--client-certificate=", "--client-key=")
        self.assertEqual(self.link("prod"), before)

    def test_a_callback_url_that_is_none(self):
        for url in ("oob", "hub.example.com/done", "http://hub.example.com/done", "https://hub.example.com/#done"):
            self.refuse("--key", "hubkey", "--callback-url", url, says="")


class Connection(ProviderTest):
    def setUp(self):
        super().setUp()
        self.have_key()

    def certificate(self, name="certificate.pem"):
        return self.write("client.pem", (KEYS / name).read_bytes())

    def client_key(self, name="pkcs8.pem", mode=0o600):
        return self.write("client.key", (KEYS / name).read_bytes(), mode)

    def refuse_client(self, certificate, key, status=USAGE, **expected):
        self.refuse("--key", "hubkey", "--client-certificate", certificate, "--client-key", key, status=status, **expected)

    def test_a_certificate_that_does_not_serve(self):
        certificate, key = self.certificate(), self.client_key()
        self.refuse("--key", "hubkey", "--client-certificate", certificate, says="alone", hint="--client-key")
        self.refuse("--key", "hubkey", "--client-key", key, says="alone", hint="--client-certificate")
        self.refuse_client("absent", key, status=FAILED, says="absent")
        self.refuse_client(certificate, "absent", status=FAILED, says="absent")
        self.refuse_client(key, key, says="holds no certificate in PEM")
        self.refuse_client(certificate, self.client_key("ec_pkcs8.pem"), says="not that of the client certificate")
        self.refuse_client(certificate, self.client_key("encrypted_pkcs8.pem"), says="no private key that can be used",
                           hint="openssl pkey")
        self.refuse_client(certificate, self.client_key(mode=0o640), status=FAILED, says="others may read",
                           hint="chmod 600")

    def test_a_proxy_with_a_login_is_kept_and_not_shown(self):
        url = "http://me:s3cret@proxy.example.com:3128"
        self.have_link("https://jira.example.com")
        self.applink("link", "set", "prod", "--proxy-file", "-", input=url.encode() + b"\n")
        self.assertEqual(self.link("prod")["proxy"], "http://***@proxy.example.com:3128")
        for words in (("link", "show", "prod"), ("link", "list"), ("link", "list", "--json")):
            self.assertNotIn("s3cret", self.applink(*words).out)
        with self.unchanged_store():
            self.refused(USAGE, "link", "set", "prod", "--proxy-file", "-", input=url.encode(), says="like that already")
            outcome = self.refused(USAGE, "link", "set", "prod", "--proxy-file", "-", input=b"me:s3cret@proxy",
                                   says="the URL of the proxy")
            self.assertNotIn("s3cret", outcome.err)

    def test_two_proxies(self):
        self.refuse("--key", "hubkey", "--proxy", "http://a:1", "--proxy-file", "-", input=b"http://b:1",
                    says="--proxy and --proxy-file contradict each other")

    def test_times_that_are_none(self):
        for flag in ("--connect-timeout", "--max-time"):
            for time in ("0", "2d", "soon", "-1"):
                with self.subTest(flag=flag, time=time):
                    self.refuse("--key", "hubkey", f"{flag}={time}", hint="90s, 5m, 1h")


class Reached(harness.CommandTest):
    """What a link says of its connection is obeyed."""

    def setUp(self):
        super().setUp()
        self.have_key()
        self.have_link(self.have_sandbox().url)

    def test_by_its_version_of_ip(self):
        self.applink("link", "set", "prod", "--ip-version", "6")
        self.refused(UNREACHABLE, "login", "prod", "--start", says="127.0.0.1")
        self.applink("link", "set", "prod", "--ip-version", "4")
        self.applink("login", "prod", "--start")

    def test_by_its_version_of_http(self):
        self.applink("link", "set", "prod", "--http-version", "2")
        self.refused(UNREACHABLE, "login", "prod", "--start")
        self.applink("link", "set", "prod", "--http-version", "1.1")
        self.applink("login", "prod", "--start")


class PendingLogins(harness.CommandTest):
    def test_one_that_would_be_lost_is_asked_about(self):
        self.have_key()
        sandbox = self.have_sandbox("--approve-as", "alice")
        self.have_link(sandbox.url)
        self.applink("login", "prod", "--start")
        with self.unchanged_store():
            self.refused(USAGE, "link", "set", "prod", "--consumer-key", "hub2", says="forget its tokens and logins",
                         hint="--yes")
        outcome = self.applink("link", "set", "prod", "--consumer-key", "hub2", "--yes")
        self.assertRegex(outcome.err, "(?m)^applink: warning: the tokens and logins .* are forgotten.*" +
                         re.escape(sandbox.url))
        self.assertEqual(self.applink("store", "info", "--json").json["store"]["pending_logins"], 0)


if __name__ == "__main__":
    harness.main()
