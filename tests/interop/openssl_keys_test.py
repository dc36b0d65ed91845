#!/usr/bin/python3
"""The openssl command reads the key files that we make, and we read the keys that it makes.

    openssl_keys_test.py KEY_TOOL
"""

import base64
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

KEY_TOOL = sys.argv.pop(1)


def openssl(*arguments, data=None):
    """The output of an openssl command that must succeed."""
    command = ["openssl", *map(str, arguments)]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stderr.decode()}")
    return done.stdout


def key_tool(*arguments):
    done = subprocess.run(
        [KEY_TOOL, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.strip(), done.stderr


def fingerprint(private_key):
    spki = openssl("pkey", "-in", private_key, "-pubout", "-outform", "DER", "-passin", "pass:test")
    return hashlib.sha256(spki).hexdigest()


class TestCase(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.dir = pathlib.Path(self.directory.name)
        os.umask(0o077)

    def tearDown(self):
        self.directory.cleanup()

    def assert_read(self, path, bits):
        status, printed, said = key_tool("read", path)
        self.assertEqual(status, 0, said)
        self.assertEqual(printed, f"{bits} {fingerprint(path)}")


class WeWrite(TestCase):
    def check_files(self, bits):
        keys = self.dir / str(bits)
        status, ours, said = key_tool("create", bits, keys)
        self.assertEqual(status, 0, said)
        pkcs1, pkcs8 = keys / "private_key.pem", keys / "private_key.pkcs8"
        spki, certificate = keys / "public_key.pem", keys / "public_key.cer"

        self.assertIn(b"RSA key ok", openssl("rsa", "-check", "-noout", "-in", pkcs1))
        self.assertIn(b"valid", openssl("pkey", "-check", "-noout", "-in", pkcs8))
        text = openssl("rsa", "-text", "-noout", "-in", pkcs1).decode()
        self.assertIn(f"Private-Key: ({bits} bit, 2 primes)", text)
        self.assertIn("publicExponent: 65537", text)
        self.assertEqual(openssl("rsa", "-traditional", "-in", pkcs8), pkcs1.read_bytes())
        self.assertEqual(openssl("pkey", "-in", pkcs1), pkcs8.read_bytes())
        self.assertEqual(openssl("pkey", "-in", pkcs1, "-pubout"), spki.read_bytes())
        self.assertEqual(openssl("x509", "-in", certificate, "-noout", "-pubkey"), spki.read_bytes())
        self.assertEqual(ours, fingerprint(pkcs8))
        self.check_certificate(certificate)
        for path, mode in ((keys, 0o700), (pkcs1, 0o600), (pkcs8, 0o600)):
            self.assertEqual(path.stat().st_mode & 0o7777, mode, path)

    def check_certificate(self, certificate):
        self.assertTrue(certificate.read_bytes().startswith(b"-----BEGIN CERTIFICATE-----"))
        verified = openssl("verify", "-check_ss_sig", "-CAfile", certificate, certificate)
        self.assertIn(b": OK", verified)
        text = openssl("x509", "-in", certificate, "-noout", "-text").decode()
        for line in (
            "Version: 3 (0x2)",
            "Signature Algorithm: sha256WithRSAEncryption",
            "Subject: CN = hub",
            "Issuer: CN = hub",
            "X509v3 Basic Constraints: critical\n                CA:FALSE",
        ):
            self.assertIn(line, text)
        serial = openssl("x509", "-in", certificate, "-noout", "-serial").decode()
        self.assertRegex(serial, r"^serial=[4-7C-F][0-9A-F]{31}\n$")

    def test_keys_of_2048_bits(self):
        self.check_files(2048)

    def test_keys_of_3072_bits(self):
        self.check_files(3072)

    def test_signatures(self):
        key = self.dir / "key.pem"
        openssl("genrsa", "-out", key, 2048)
        _, signature, _ = key_tool("sign", key, "GET&http%3A%2F%2Fhost%2F&a%3Db")
        expected = openssl("dgst", "-sha1", "-sign", key, data=b"GET&http%3A%2F%2Fhost%2F&a%3Db")
        self.assertEqual(base64.b64decode(signature), expected)


class TheyWrite(TestCase):
    def test_genrsa_and_genpkey(self):
        for bits in (1024, 2048):
            traditional, pkcs8 = self.dir / f"t{bits}.pem", self.dir / f"p{bits}.pem"
            openssl("genrsa", "-traditional", "-out", traditional, bits)
            self.assert_read(traditional, bits)
            openssl("pkcs8", "-topk8", "-nocrypt", "-in", traditional, "-out", pkcs8)
            self.assert_read(pkcs8, bits)
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3000", "-out", pkcs8)
        self.assert_read(pkcs8, 3000)

    def test_small_public_exponent(self):
        key = self.dir / "key.pem"
        openssl("genrsa", "-3", "-out", key, 2048)
        self.assert_read(key, 2048)


if __name__ == "__main__":
    unittest.main()
