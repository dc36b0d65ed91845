#!/usr/bin/python3
"""Opens a golden store by docs/formats.md alone: scrypt and AES-GCM of Python's "cryptography", and sqlite3.

    store_format_test.py GOLDEN        GOLDEN.db and GOLDEN.key
"""

import base64
import contextlib
import hashlib
import hmac
import pathlib
import sqlite3
import struct
import sys
import unittest

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

PASSPHRASE = b"correct horse battery staple"


def block(content):
    return struct.pack(">I", len(content)) + content


def sha256(content):
    return hashlib.sha256(content).digest()


def opened(key, sealed, purpose, place=b""):
    """Section 5."""
    assert sealed[0] == 1
    return AESGCM(key).decrypt(sealed[1:13], sealed[13:], b"\x01" + block(purpose) + place)


def fields(content):
    """Section 6."""
    found, at = {}, 1
    while at < len(content):
        number, size = struct.unpack_from(">BI", content, at)
        found[number] = content[at + 5:at + 5 + size]
        at += 5 + size
    return content[0], found


class Store:
    def __init__(self, database):
        self.rows = {method: (parameters, wrapped) for method, parameters, wrapped in
                     database.execute("SELECT method, parameters, wrapped FROM unlock")}
        self.events = database.execute("SELECT number, sealed FROM event ORDER BY number").fetchall()
        self.records = database.execute(
            "SELECT shelf, kind, name, version, digest, sealed FROM record ORDER BY shelf, kind, name").fetchall()
        self.head = database.execute("SELECT sealed FROM head").fetchone()[0]
        self.version = database.execute("PRAGMA user_version").fetchone()[0]

    def data_key(self, method, unlock_key):
        parameters, wrapped = self.rows[method]
        return opened(unlock_key, wrapped, b"unlock", block(method.encode()) + block(parameters))


class Golden(unittest.TestCase):
    golden = None

    def setUp(self):
        uri = f"file:{self.golden}.db?immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as database:
            self.store = Store(database)
        self.data_key = self.store.data_key("passphrase", self.key_of_passphrase())
        self.log_key = hmac.digest(self.data_key, b"applink/1/log", "sha256")
        self.record_key = hmac.digest(self.data_key, b"applink/1/records", "sha256")

    def key_of_passphrase(self):
        parameters, _ = self.store.rows["passphrase"]
        version, log2_n, r, p, salt = struct.unpack(">BBII16s", parameters)
        self.assertEqual(version, 1)
        return Scrypt(salt=salt, length=32, n=2**log2_n, r=r, p=p).derive(PASSPHRASE)

    def test_the_key_file_and_the_passphrase_open_one_data_key(self):
        first, second, rest = pathlib.Path(f"{self.golden}.key").read_text().split("\n")
        self.assertEqual((first, rest), ("applink store key 1", ""))
        self.assertEqual(self.store.data_key("key file", base64.b64decode(second, validate=True)), self.data_key)

    def test_the_head_names_what_there_is(self):
        head = opened(self.log_key, self.store.head, b"head")
        version, events, last, shelves = struct.unpack_from(">BQ32sH", head)
        self.assertEqual((version, self.store.version), (2, 2))
        self.assertEqual((events, last), (len(self.store.events), sha256(self.store.events[-1][1])))
        expected = {}
        for shelf, kind, name, record_version, digest, _ in self.store.records:
            expected.setdefault(shelf, b"")
            expected[shelf] += block(kind.encode()) + block(name.encode()) + struct.pack(">Q", record_version) + digest
        tail = b"".join(bytes([shelf]) + sha256(content) for shelf, content in sorted(expected.items()))
        self.assertEqual(shelves, len(expected))
        tail += bytes([len(self.store.rows)])
        for method, (parameters, wrapped) in sorted(self.store.rows.items()):
            name = method.encode()
            tail += block(name) + sha256(block(name) + block(parameters) + block(wrapped))
        self.assertEqual(head[struct.calcsize(">BQ32sH"):], tail)

    def test_the_events_are_a_chain(self):
        previous, told = bytes(32), []
        for number, (stored, sealed) in enumerate(self.store.events, 1):
            self.assertEqual(stored, number)
            version, event = fields(opened(self.log_key, sealed, b"event", struct.pack(">Q", number)))
            self.assertEqual((version, event[1]), (1, previous))
            previous = sha256(sealed)
            if event[5] == b"unlock method":
                parameters, wrapped = self.store.rows[event[6].decode()]
                self.assertEqual(event[7], sha256(block(event[6]) + block(parameters) + block(wrapped)))
                told.append(event[6])
        self.assertEqual(told, [b"key file", b"passphrase"])

    def test_the_records_open(self):
        tokens = {}
        for shelf, kind, name, version, digest, sealed in self.store.records:
            place = block(kind.encode()) + block(name.encode())
            self.assertEqual((shelf, digest), (sha256(place)[0], sha256(sealed)))
            content = opened(self.record_key, sealed, b"record", place + struct.pack(">Q", version))
            if kind == "token":
                tokens[name] = fields(content)[1][2]
        self.assertEqual(tokens["prod/bob"], b"secret-of-bob")


if __name__ == "__main__":
    Golden.golden = sys.argv.pop()
    unittest.main()
