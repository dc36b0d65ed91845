"""The bundle for another administrator: exact values, no secret, one new file."""

import re

import harness
from harness import FAILED, KEYS, USAGE

JIRA = "https://jira.example.com/jira"
LIST = JIRA + "/plugins/servlet/applinks/listApplicationLinks"
CODE = re.compile(r"\n  ```\n(.*?)\n  ```\n", re.DOTALL)


class BundleTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.have_link(JIRA)

    def markdown(self, *words):
        return self.applink("link", "bundle", "prod", *words).out


class Content(BundleTest):
    def test_a_value_is_what_the_commands_print(self):
        values = [re.sub("^  ", "", value, flags=re.MULTILINE) for value in CODE.findall(self.markdown())]
        public_key = self.applink("key", "export", "hubkey", "--public-pem").out.rstrip("\n")
        self.assertEqual(values, ["https://hub.applink.invalid", "applink hub", "hub", "hub", public_key,
                                  "hub", "hub", public_key])

    def test_the_fingerprint_is_the_one_that_the_sender_sees(self):
        fingerprint = self.applink("key", "show", "hubkey", "--json").json["key"]["sha256"]
        spoken = re.search(r"\n    ((?:[0-9a-f]{4} ?)+)\n", self.markdown()).group(1)
        self.assertEqual(spoken.replace(" ", ""), fingerprint)

    def test_no_secret_is_in_it(self):
        private = (KEYS / "pkcs8.pem").read_text().split("\n")[1:-2]
        for text in (self.markdown(), self.markdown("--format", "html")):
            self.assertNotIn("PRIVATE", text)
            for line in private:
                self.assertNotIn(line, text)

    def test_each_version_has_its_screens(self):
        for version, says, not_says in [
            ("8.20.1", "Press **Create new link**", "Atlassian product"),
            ("9.12.4", "**Atlassian product**", "Create new link"),
            ("10.3", "not confirmed for Jira 10", "Create new link"),
        ]:
            with self.subTest(version=version):
                text = self.markdown("--product-version", version)
                self.assertIn(LIST, text)
                self.assertIn(says, text)
                self.assertNotIn(not_says, text)

    def test_the_names_may_be_chosen(self):
        text = self.markdown("--application-name", "Build server", "--consumer-name", "The *hub*")
        self.assertIn("\n  Build server\n", text)
        self.assertIn("\n  The *hub*\n", text)


class Files(BundleTest):
    def test_a_name_that_ends_in_html_is_a_page(self):
        self.assertEqual(self.applink("link", "bundle", "prod", "-o", "prod.html").out, "prod.html\n")
        self.assertTrue((self.home / "prod.html").read_text().startswith("<!DOCTYPE html>"))
        self.applink("link", "bundle", "prod", "-o", "prod.md")
        self.assertEqual((self.home / "prod.md").read_text(), self.markdown())

    def test_nothing_is_overwritten(self):
        self.write("prod.md", b"mine")
        self.refused(FAILED, "link", "bundle", "prod", "-o", "prod.md", says="not overwritten", hint="--force")
        self.assertEqual((self.home / "prod.md").read_bytes(), b"mine")
        self.applink("link", "bundle", "prod", "-o", "prod.md", "--force")
        self.assertEqual((self.home / "prod.md.~1~").read_bytes(), b"mine")
        self.assertEqual((self.home / "prod.md").read_text(), self.markdown())


class Refusals(BundleTest):
    def test_what_is_no_value(self):
        for words, says in [
            (["--format", "pdf"], 'no format "pdf"'),
            (["--product-version", "latest"], "no version"),
            (["--application-name", "a\nb"], "--application-name is no line of text"),
            (["--consumer-name", " "], "--consumer-name is no line of text"),
        ]:
            with self.subTest(words=words):
                self.refused(USAGE, "link", "bundle", "prod", *words, says=says)

    def test_a_provider_whose_screens_are_not_known(self):
        self.applink("link", "add", "photos", "--product", "generic", "--url", "https://photos.example.net",
                     "--consumer-key", "hub", "--key", "hubkey", "--request-token-url",
                     "https://photos.example.net/a", "--authorize-url", "https://photos.example.net/b",
                     "--access-token-url", "https://photos.example.net/c")
        self.refused(USAGE, "link", "bundle", "photos", says="generic provider", hint="key export")

    def test_a_consumer_secret_goes_another_way(self):
        secret = self.write("secret", b"s3cret\n")
        self.applink("link", "add", "photos", "--product", "generic", "--url", "https://photos.example.net",
                     "--consumer-key", "hub", "--signature-method", "HMAC-SHA1", "--consumer-secret-file",
                     str(secret))
        self.refused(USAGE, "link", "bundle", "photos", says="signs with a secret", hint="another way")

    def test_the_cloud_has_no_such_screens(self):
        self.applink("link", "add", "cloud", "--url", "https://example.atlassian.net", "--consumer-key", "hub",
                     "--key", "hubkey")
        self.refused(USAGE, "link", "bundle", "cloud", says="site of the cloud", hint="API token")


if __name__ == "__main__":
    harness.main()
