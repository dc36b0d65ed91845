"""Requests that others signed and published, signed and judged by the executable alone, without a store.

tests/vectors says where each comes from.
"""

import re

import harness
from harness import DONE, FAILED

VECTORS = harness.TESTS / "vectors"


def cases(name):
    """The cases of a file, each a dictionary; what is continued is joined."""
    text = (VECTORS / name).read_text()
    for block in re.split(r"\n\s*\n", text):
        case = {}
        for line in block.splitlines():
            if line and not line.startswith("#"):
                field, value = re.fullmatch(r"(\w+) = ?(.*)", line).groups()
                case[field] = case.get(field, "") + value
        if case:
            yield case


class Published(harness.CommandTest):
    def client(self, case):
        """The flags that say who signed, how and when."""
        words = ["--consumer-key", case["client"], "--nonce", case["nonce"], "--timestamp", case["timestamp"],
                 "--product", "generic"]
        if case["url"].startswith("http:"):
            words.append("--allow-http")
        if "version" not in case:
            words.append("--no-version")
        for field in ("token", "callback", "verifier"):
            if field in case:
                words += [f"--{field}", case[field]]
        return words

    def secrets(self, case):
        consumer = self.write("consumer-secret", case["client_secret"].encode())
        words = ["--consumer-secret-file", consumer]
        if case.get("token_secret"):
            words += ["--token-secret-file", self.write("token-secret", case["token_secret"].encode())]
        return words

    def request(self, case):
        words = [case["method"], case["url"]]
        if "body" in case:
            words += ["--data-file", self.write("body", case["body"].encode()), "--content-type", case["content_type"]]
        return words

    def judged(self, case, header, *words):
        """The status of verify, of the request with this header."""
        request = [case["method"], case["url"], "-H", f"Authorization: {header}"]
        if "body" in case:
            request += ["-H", f"Content-Type: {case['content_type']}", "--data-file", self.write("body", case["body"].encode())]
        return self.run_applink("verify", *request, *words, "--now", case["timestamp"])

    def test_shared_secrets(self):
        seen = 0
        for case in cases("signed_requests.vec"):
            method = case.get("signature_method", "HMAC-SHA1")
            with self.subTest(case=case["name"], method=method):
                sign = ["sign", *self.request(case), *self.client(case), *self.secrets(case), "--signature-method", method]
                if method == "PLAINTEXT":
                    sign.append("--reveal-secrets")
                self.assertEqual(self.applink(*sign, "--print", "signature").out, case["signature"] + "\n")
                if "base_string" in case:
                    self.assertEqual(self.applink(*sign, "--print", "base-string").out, case["base_string"] + "\n")
                header = self.applink(*sign).out.strip().removeprefix("Authorization: ")
                judged = self.judged(case, header, *self.secrets(case))
                self.assertEqual(judged.status, DONE, judged)
                wrong = re.sub(r'oauth_nonce="', 'oauth_nonce="x', header)
                self.assertEqual(self.judged(case, wrong, *self.secrets(case)).status, FAILED)
                seen += 1
        self.assertGreaterEqual(seen, 8)

    def test_the_rsa_vector_of_the_wiki(self):
        text = (VECTORS / "oauth_wiki_rsa_sha1.vec").read_text()
        wiki = dict(re.findall(r"(?ms)^(\w+):\n(.*?)\n(?:\n|\Z)", text))
        key = self.write("wiki.pem", wiki["private_key"].encode() + b"\n")
        case = {"method": "GET", "url": "http://photos.example.net/photos?file=vacaction.jpg&size=original",
                "client": "dpf43f3p2l4k3l03", "nonce": "13917289812797014437", "timestamp": "1196666512", "version": "1.0"}
        sign = ["sign", *self.request(case), *self.client(case), "--key-file", key]
        self.assertEqual(self.applink(*sign, "--print", "signature").out, wiki["signature"] + "\n")
        self.assertEqual(self.applink(*sign, "--print", "base-string").out, wiki["signature_base_string"] + "\n")
        header = self.applink(*sign).out.strip().removeprefix("Authorization: ")
        self.assertEqual(self.judged(case, header, "--public-key", key).status, DONE)

    def test_base_strings_that_others_made(self):
        """Signed as they are: --base-string-file."""
        seen = 0
        for case in cases("signed_requests.vec"):
            if "base_string" not in case or case.get("signature_method", "HMAC-SHA1") != "HMAC-SHA1":
                continue
            with self.subTest(case=case["name"]):
                text = self.write("base-string", case["base_string"].encode())
                signature = self.applink("sign", "--base-string-file", text, "--signature-method", "HMAC-SHA1",
                                         *self.secrets(case), "--print", "signature").out
                self.assertEqual(signature, case["signature"] + "\n")
                seen += 1
        self.assertGreaterEqual(seen, 2)


if __name__ == "__main__":
    harness.main()
