#!/usr/bin/python3
"""Every form of key: openssl, ssh-keygen, keytool and Python's cryptography read what we write, and
we read what they write.

    key_forms_test.py KEY_PROBE DIRECTORY-OF-TEST-KEYS

Each program as Debian has it. The keys are made beforehand; keytool, which starts slowly, runs once
for each size.
"""

import base64
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import jwt.algorithms
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate

KEYS = pathlib.Path(sys.argv.pop()).resolve()
PROBE = pathlib.Path(sys.argv.pop()).resolve()
PASSPHRASE = "correct horse"
SIZES = {2048: "pkcs1.pem", 3072: "rsa3072.pem", 4096: "rsa4096.pem"}
OLD_SIZES = {1024: "rsa1024.pem"}  # read, never made

PEM, DER = serialization.Encoding.PEM, serialization.Encoding.DER
PLAIN = serialization.NoEncryption()
SEALED = serialization.BestAvailableEncryption(PASSPHRASE.encode())


def run(*command, data=None):
    """The output of a command that must succeed."""
    command = [str(word) for word in command]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout.decode()} {done.stderr.decode()}")
    return done.stdout


def openssl(*words, data=None):
    return run("openssl", *words, data=data)


def ssh_keygen(*words):
    return run("ssh-keygen", *words)


def spki_of(key):
    public = key.public_key() if hasattr(key, "private_bytes") else key
    return public.public_bytes(DER, serialization.PublicFormat.SubjectPublicKeyInfo)


class Forms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.directory.cleanup)
        cls.dir = pathlib.Path(cls.directory.name)
        os.umask(0o077)

    @classmethod
    def source(cls, size):
        """A key as its owner alone may read it, which ssh-keygen demands, and its SPKI."""
        name = {**SIZES, **OLD_SIZES}[size]
        path = cls.dir / f"source{size}.pem"
        path.write_bytes((KEYS / name).read_bytes())
        key = serialization.load_pem_private_key(path.read_bytes(), None)
        return path, key, spki_of(key)


class TheyRead(Forms):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = {}
        for size in SIZES:
            path, _, spki = cls.source(size)
            directory = cls.dir / str(size)
            directory.mkdir()
            run(PROBE, "write", path, directory, PASSPHRASE)
            cls.ours[size] = directory, spki

    def written(self, size):
        return self.ours[size]

    def test_openssl(self):
        for size in SIZES:
            ours, spki = self.written(size)
            for name in ("pkcs1", "pkcs8", "pbkdf2", "scrypt"):
                for form in ("pem", "der"):
                    with self.subTest(size=size, name=name, form=form):
                        public = openssl("pkey", "-in", ours / f"{name}.{form}", "-inform", form, "-pubout",
                                         "-outform", "DER", "-passin", f"pass:{PASSPHRASE}")  # fmt: skip
                        self.assertEqual(public, spki)
            for name in ("spki.pem", "spki.der"):
                public = openssl("pkey", "-pubin", "-in", ours / name, "-pubout", "-outform", "DER")
                self.assertEqual(public, spki)
            for name in ("certificate.pem", "certificate.der"):
                pem = openssl("x509", "-in", ours / name, "-noout", "-pubkey")
                self.assertEqual(openssl("pkey", "-pubin", "-outform", "DER", data=pem), spki)
            self.assertEqual(base64.b64decode((ours / "spki.b64").read_bytes(), validate=True), spki)
            pkcs8 = base64.b64decode((ours / "pkcs8.b64").read_bytes(), validate=True)
            self.assertEqual(pkcs8, (ours / "pkcs8.der").read_bytes())
            self.check_pkcs12(ours / "key.p12", spki)

    def check_pkcs12(self, path, spki):
        done = subprocess.run(["openssl", "pkcs12", "-in", path, "-info", "-nodes",
                               "-passin", f"pass:{PASSPHRASE}"], capture_output=True, check=True)  # fmt: skip
        said = done.stderr.decode()
        self.assertRegex(said, "MAC: sha256, Iteration 600000")
        self.assertEqual(len(re.findall("PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256", said)), 2)
        self.assertEqual(done.stdout.decode().count("friendlyName: hub"), 2)
        self.assertEqual(openssl("pkey", "-pubout", "-outform", "DER", data=done.stdout), spki)

    def test_openssl_names_the_encryption(self):
        ours, _ = self.written(2048)
        for name, kdf, parameters in (("pbkdf2", "PBKDF2", [600000]), ("scrypt", "scrypt", [16384, 8, 5])):
            text = openssl("asn1parse", "-in", ours / f"{name}.pem").decode()
            self.assertIn(":PBES2", text)
            self.assertIn(kdf, text)
            self.assertIn(":aes-256-cbc", text)
            of_16_bytes = re.findall(r"l= *16 prim: OCTET STRING", text)
            self.assertEqual(len(of_16_bytes), 2, "salt and initialization vector")
            numbers = re.findall(r"INTEGER +:(\w+)", text)
            self.assertEqual([int(number, 16) for number in numbers], parameters)
        self.assertIn(":hmacWithSHA256", openssl("asn1parse", "-in", ours / "pbkdf2.pem").decode())

    def test_cryptography_finds_the_certificate_in_order(self):
        """RFC 5280, and a serial number that nobody foresees."""
        serials = set()
        for size in SIZES:
            ours, _ = self.written(size)
            certificate = load_pem_x509_certificate((ours / "certificate.pem").read_bytes())
            self.assertEqual(certificate.version, x509.Version.v3)
            self.assertEqual(certificate.signature_hash_algorithm.name, "sha256")
            self.assertEqual(certificate.issuer, certificate.subject)
            certificate.public_key().verify(certificate.signature, certificate.tbs_certificate_bytes,
                                            padding.PKCS1v15(), certificate.signature_hash_algorithm)  # fmt: skip
            basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
            self.assertEqual((basic.critical, basic.value.ca), (True, False))
            usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
            self.assertEqual((usage.critical, usage.value.digital_signature), (True, True))
            self.assertFalse(usage.value.key_cert_sign)
            identifier = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
            self.assertEqual(identifier.value, x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()))
            self.assertGreaterEqual(certificate.serial_number.bit_length(), 127)
            self.assertLessEqual(certificate.serial_number.bit_length(), 128)
            serials.add(certificate.serial_number)
        self.assertEqual(len(serials), len(SIZES))

    def test_ssh_keygen(self):
        for size in SIZES:
            ours, spki = self.written(size)
            key = serialization.load_der_public_key(spki)
            line = key.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
            for name in ("pkcs1.pem", "pkcs8.pem", "pbkdf2.pem"):
                with self.subTest(size=size, name=name):
                    passphrase = PASSPHRASE if name == "pbkdf2.pem" else ""
                    self.assertEqual(ssh_keygen("-y", "-P", passphrase, "-f", ours / name).strip(), line)
            self.assertEqual(ssh_keygen("-i", "-m", "PKCS8", "-f", ours / "spki.pem").strip(), line)

    def test_cryptography_and_jwt(self):
        for size in SIZES:
            ours, spki = self.written(size)
            content = {path.name: path.read_bytes() for path in ours.iterdir()}
            sealed = PASSPHRASE.encode()
            keys = {
                "pkcs1.pem": serialization.load_pem_private_key(content["pkcs1.pem"], None),
                "pkcs1.der": serialization.load_der_private_key(content["pkcs1.der"], None),
                "pkcs8.pem": serialization.load_pem_private_key(content["pkcs8.pem"], None),
                "pkcs8.der": serialization.load_der_private_key(content["pkcs8.der"], None),
                "pbkdf2.pem": serialization.load_pem_private_key(content["pbkdf2.pem"], sealed),
                "scrypt.der": serialization.load_der_private_key(content["scrypt.der"], sealed),
                "spki.pem": serialization.load_pem_public_key(content["spki.pem"]),
                "spki.der": serialization.load_der_public_key(content["spki.der"]),
                "certificate.pem": load_pem_x509_certificate(content["certificate.pem"]).public_key(),
                "certificate.der": load_der_x509_certificate(content["certificate.der"]).public_key(),
                "private.jwk": jwt.algorithms.RSAAlgorithm.from_jwk(content["private.jwk"].decode()),
                "public.jwk": jwt.algorithms.RSAAlgorithm.from_jwk(content["public.jwk"].decode()),
            }
            store = pkcs12.load_pkcs12(content["key.p12"], sealed)
            keys["key.p12"] = store.key
            self.assertEqual(store.cert.friendly_name, b"hub")
            for name, key in keys.items():
                with self.subTest(size=size, name=name):
                    self.assertEqual(spki_of(key), spki)

    def test_keytool_and_back(self):
        """It reads our PKCS#12 down to the private key and writes one of its own, which we read; once as
        it did before Java 8u301, with RC2 and triple DES."""
        for size, words in (*((size, ()) for size in SIZES), (2048, ("-J-Dkeystore.pkcs12.legacy",))):
            ours, spki = self.written(size)
            theirs = self.dir / f"keytool{size}{len(words)}.p12"
            run("keytool", *words, "-importkeystore", "-noprompt", "-srckeystore", ours / "key.p12",
                "-srcstoretype", "PKCS12", "-srcstorepass", PASSPHRASE, "-destkeystore", theirs,
                "-deststoretype", "PKCS12", "-deststorepass", PASSPHRASE)  # fmt: skip
            expected = f"private {size} {hashlib.sha256(spki).hexdigest()} certificate"
            self.assertEqual(run(PROBE, "read", PASSPHRASE, theirs).decode().strip(), expected)


class WeRead(Forms):
    """One table: what each program writes, and what we must find in it."""

    def check(self, spki, private=(), public=()):
        size = serialization.load_der_public_key(spki).key_size
        files = [*private, *public]
        lines = run(PROBE, "read", PASSPHRASE, *files).decode().splitlines()
        self.assertEqual(len(lines), len(files))
        for path, line in zip(files, lines):
            with self.subTest(size=size, file=path.name):
                kind = "private" if path in private else "public"
                self.assertTrue(line.startswith(f"{kind} {size} {hashlib.sha256(spki).hexdigest()}"), line)
                if path.suffix == ".p12" and path.stem != "key":
                    self.assertTrue(line.endswith(" certificate"), line)

    def sizes(self):
        for size in {**SIZES, **OLD_SIZES}:
            path, key, spki = self.source(size)
            target = self.dir / f"{self.id()}{size}"
            target.mkdir()
            yield path, key, spki, target

    def test_openssl(self):
        seal = ("-passout", f"pass:{PASSPHRASE}")
        private = {
            "traditional.pem": ("rsa", "-traditional"),
            "traditional.der": ("rsa", "-traditional", "-outform", "DER"),
            "traditional_aes256.pem": ("rsa", "-traditional", "-aes256", *seal),
            "traditional_aes128.pem": ("rsa", "-traditional", "-aes128", *seal),
            "traditional_des3.pem": ("rsa", "-traditional", "-des3", *seal),
            "pkey.pem": ("pkey",),
            "pkey_aes256.pem": ("pkey", "-aes256", *seal),
            "pkcs8.pem": ("pkcs8", "-topk8", "-nocrypt"),
            "pkcs8.der": ("pkcs8", "-topk8", "-nocrypt", "-outform", "DER"),
            "pbes2.pem": ("pkcs8", "-topk8", "-v2", "aes-256-cbc", *seal),
            "pbes2_sha512.pem": ("pkcs8", "-topk8", "-v2prf", "hmacWithSHA512", *seal),
            "pbes2.der": ("pkcs8", "-topk8", "-outform", "DER", *seal),
            "pbes2_des3.pem": ("pkcs8", "-topk8", "-v2", "des3", *seal),
            "pbes1_des3.pem": ("pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES", *seal),
            "scrypt.pem": ("pkcs8", "-topk8", "-scrypt", *seal),
        }
        public = {
            "spki.pem": ("pkey", "-pubout"),
            "spki.der": ("pkey", "-pubout", "-outform", "DER"),
            "pkcs1_public.pem": ("rsa", "-RSAPublicKey_out"),
            "pkcs1_public.der": ("rsa", "-RSAPublicKey_out", "-outform", "DER"),
            "certificate.pem": ("req", "-new", "-x509", "-subj", "/CN=hub"),
            "certificate.der": ("req", "-new", "-x509", "-subj", "/CN=hub", "-outform", "DER"),
        }
        for path, _, spki, target in self.sizes():
            for name, words in {**private, **public}.items():
                source = "-key" if words[0] == "req" else "-in"
                openssl(*words, source, path, "-out", target / name)
            stores = self.openssl_pkcs12(path, target)
            self.check(spki, [target / name for name in private] + stores, [target / name for name in public])

    def openssl_pkcs12(self, path, target):
        ways = {
            "default.p12": (),
            "legacy.p12": ("-legacy",),
            "rc2.p12": ("-legacy", "-keypbe", "PBE-SHA1-RC2-40", "-certpbe", "PBE-SHA1-RC2-40"),
            "des3.p12": ("-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"),
            "open.p12": ("-keypbe", "NONE", "-certpbe", "NONE"),
            "without_mac.p12": ("-nomac",),
        }
        for name, words in ways.items():
            openssl("pkcs12", "-export", "-inkey", path, "-in", target / "certificate.pem", "-name", "hub",
                    *words, "-passout", f"pass:{PASSPHRASE}", "-out", target / name)  # fmt: skip
        with_attributes = target / "bag_attributes.pem"
        openssl("pkcs12", "-in", target / "default.p12", "-nodes", "-passin", f"pass:{PASSPHRASE}",
                "-out", with_attributes)  # fmt: skip
        self.assertIn("Bag Attributes", with_attributes.read_text())
        return [target / name for name in ways] + [with_attributes]

    def test_ssh_keygen(self):
        for path, _, spki, target in self.sizes():
            private = []
            for form in ("PEM", "PKCS8", "RFC4716"):  # the last: OpenSSH's own form
                for passphrase in ("", PASSPHRASE):
                    if form == "RFC4716" and passphrase:
                        continue  # refused; see Hints
                    name = target / f"{form}{len(passphrase)}.pem"
                    name.write_bytes(path.read_bytes())
                    ssh_keygen("-q", "-p", "-P", "", "-N", passphrase, "-m", form, "-f", name)
                    private.append(name)
            public = [target / "line.pub"]
            public[0].write_bytes(ssh_keygen("-y", "-f", path))
            for form in ("PEM", "PKCS8", "RFC4716"):
                public.append(target / f"{form}.pub")
                public[-1].write_bytes(ssh_keygen("-e", "-m", form, "-f", path))
            self.check(spki, private, public)

    def test_cryptography_and_jwt(self):
        formats = serialization.PrivateFormat
        public_formats = serialization.PublicFormat
        ssh = serialization.Encoding.OpenSSH
        for _, key, spki, target in self.sizes():
            private = {
                "traditional.pem": key.private_bytes(PEM, formats.TraditionalOpenSSL, PLAIN),
                "traditional_sealed.pem": key.private_bytes(PEM, formats.TraditionalOpenSSL, SEALED),
                "traditional.der": key.private_bytes(DER, formats.TraditionalOpenSSL, PLAIN),
                "pkcs8.pem": key.private_bytes(PEM, formats.PKCS8, PLAIN),
                "pkcs8_sealed.pem": key.private_bytes(PEM, formats.PKCS8, SEALED),
                "pkcs8.der": key.private_bytes(DER, formats.PKCS8, PLAIN),
                "pkcs8_sealed.der": key.private_bytes(DER, formats.PKCS8, SEALED),
                "openssh.pem": key.private_bytes(PEM, formats.OpenSSH, PLAIN),
                "key.p12": pkcs12.serialize_key_and_certificates(b"hub", key, None, None, SEALED),
                "private.jwk": jwt.algorithms.RSAAlgorithm.to_jwk(key).encode(),
            }
            open_key = key.public_key()
            public = {
                "spki.pem": open_key.public_bytes(PEM, public_formats.SubjectPublicKeyInfo),
                "spki.der": open_key.public_bytes(DER, public_formats.SubjectPublicKeyInfo),
                "pkcs1.pub": open_key.public_bytes(PEM, public_formats.PKCS1),
                "pkcs1_der.pub": open_key.public_bytes(DER, public_formats.PKCS1),
                "ssh.pub": open_key.public_bytes(ssh, public_formats.OpenSSH),
                "public.jwk": jwt.algorithms.RSAAlgorithm.to_jwk(open_key).encode(),
            }
            for name, content in {**private, **public}.items():
                (target / name).write_bytes(content)
            self.check(spki, [target / name for name in private], [target / name for name in public])


class Hints(Forms):
    """A hint is a command to type: here it is typed."""

    def follow(self, given, edit):
        line = run(PROBE, "read", "test", given).decode()
        command = re.search(r"\t.*?: ((?:cp|keytool) .*)", line).group(1)
        subprocess.run(["sh", "-ec", edit(command.replace(" FILE ", f" {given} "))], cwd=self.dir, check=True,
                       capture_output=True)  # fmt: skip
        return command

    def check(self, path, passphrase, spki):
        line = run(PROBE, "read", passphrase, path).decode()
        self.assertTrue(line.startswith(f"private 2048 {hashlib.sha256(spki).hexdigest()}"), line)

    def test_an_encrypted_key_of_openssh(self):
        given = self.dir / "given"
        given.write_bytes((KEYS / "odd/openssh_encrypted.pem").read_bytes())
        spki = spki_of(serialization.load_ssh_private_key((KEYS / "openssh.pem").read_bytes(), None))
        self.follow(given, lambda command: command.replace("-p ", "-q -p -P test -N other "))
        self.check(self.dir / "private_key.pem", "other", spki)

    def test_a_java_keystore(self):
        given = KEYS / "odd/keystore.jks"
        _, _, spki = self.source(2048)
        self.follow(given, lambda command: command + " -srcstorepass testtest -deststorepass testtest")
        self.check(self.dir / "key.p12", "testtest", spki)


if __name__ == "__main__":
    unittest.main()
