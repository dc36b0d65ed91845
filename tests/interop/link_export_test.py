#!/usr/bin/python3
"""Reads an exported link with python3-cryptography, by docs/formats.md alone.

    link_export_test.py FILE PASSPHRASE
"""

import base64
import pathlib
import struct
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import load_der_private_key
from cryptography.x509 import load_pem_x509_certificate


class Reader:
    """Section "Conventions"."""

    def __init__(self, data):
        self.data = data

    def take(self, size):
        assert size <= len(self.data), "the bytes end too early"
        taken, self.data = self.data[:size], self.data[size:]
        return taken

    def u8(self):
        return self.take(1)[0]

    def u32(self):
        return struct.unpack(">I", self.take(4))[0]

    def time(self):
        return struct.unpack(">q", self.take(8))[0]

    def block(self):
        return self.take(self.u32())


def block(data):
    return struct.pack(">I", len(data)) + data


def armoured(text):
    """Section 11: what stands between the two lines."""
    lines = text.splitlines()
    begin = lines.index("-----BEGIN APPLINK LINK-----")
    end = lines.index("-----END APPLINK LINK-----")
    assert all(len(line) == 64 for line in lines[begin + 1:end - 1])
    return base64.b64decode("".join(lines[begin + 1:end]), validate=True)


def opened(data, passphrase):
    """Section 11: scrypt; section 5: the envelope."""
    head = Reader(data[:26])
    assert head.u8() == 1
    log2_n, r, p, salt = head.u8(), head.u32(), head.u32(), head.take(16)
    key = Scrypt(salt=salt, length=32, n=1 << log2_n, r=r, p=p).derive(passphrase)
    envelope = Reader(data[26:])
    assert envelope.u8() == 1
    nonce = envelope.take(12)
    return AESGCM(key).decrypt(nonce, envelope.data, b"\x01" + block(b"link export") + data[:26])


def fields(content):
    """Section 6."""
    reader = Reader(content)
    found = {"version": reader.u8()}
    last = 0
    while reader.data:
        number = reader.u8()
        assert number > last, "ids ascend strictly"
        last = number
        found[number] = reader.block()
    return found


def main():
    data = armoured(pathlib.Path(sys.argv[1]).read_text(encoding="ascii"))
    content = Reader(opened(data, sys.argv[2].encode()))
    assert content.u8() == 1
    assert content.time() == 1795555587
    assert content.block() == b"alice@host"
    records = [(content.block(), content.block(), content.block()) for _ in range(content.u32())]
    assert not content.data
    assert [(kind, name) for kind, name, _ in records] == [
        (b"link", b"prod"), (b"key", b"hubkey"), (b"token", b"prod/default"), (b"token", b"prod/robot")]
    link, key, token, _ = (fields(record) for _, _, record in records)
    assert link[1] == b"https://jira.example.com/jira" and link[3] == b"hub" and link[4] == b"hubkey"
    private_key = load_der_private_key(key[1], None)
    certificate = load_pem_x509_certificate(key[2])
    assert private_key.public_key().public_numbers() == certificate.public_key().public_numbers()
    assert (token[1], token[2], token[3]) == (b"token-of-alice", b"secret-of-alice", b"alice")
    print("another program reads the exported link")


if __name__ == "__main__":
    main()
