"""Secrets as they may be written, and a search for all of them in what processes leave behind."""

import base64
import dataclasses
import re
import urllib.parse

from cryptography.hazmat.primitives import serialization

SHORTEST = 6  # bytes: shorter ones stand somewhere by chance


@dataclasses.dataclass(frozen=True)
class Finding:
    secret: str  # its name, never itself
    form: str
    place: str


def base64_within(secret):
    """What every base64 of a text with the secret in it has in common: one for each third of bytes."""
    for offset in range(3):
        digits = base64.b64encode(b"\0" * offset + secret + b"\0\0\0")
        yield digits[-(-offset * 8 // 6):(offset + len(secret)) * 8 // 6]


def forms_of(secret):
    """(name, bytes) of each way to write the secret down."""
    yield "raw", secret
    yield "hexadecimal", secret.hex().encode()
    yield "HEXADECIMAL", secret.hex().upper().encode()
    percent = urllib.parse.quote_from_bytes(secret, safe="").encode()
    yield "percent-encoded", percent
    yield "percent-encoded twice", urllib.parse.quote_from_bytes(percent, safe="").encode()
    yield "as in a form", urllib.parse.quote_plus(secret).encode()
    yield "quoted", secret.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    for digits in base64_within(secret):
        yield "base64", digits
        yield "base64url", digits.translate(bytes.maketrans(b"+/", b"-_"))


def pieces_of_number(number):
    """16 bytes of it each, so that no line end, prefix or suffix hides all of them."""
    whole = number.to_bytes((number.bit_length() + 7) // 8, "big")
    middles = [whole[at:at + 16] for at in range(16, len(whole) - 16, 16)]
    return middles + [middle[::-1] for middle in middles]


class Secrets:
    """Every form of every secret, under the secret's name."""

    def __init__(self):
        self._forms = {}  # bytes -> (secret, form)

    def add(self, name, secret):
        secret = secret.encode() if isinstance(secret, str) else secret
        for form, text in forms_of(secret):
            if len(text) >= SHORTEST:
                self._forms.setdefault(text, (name, form))

    def add_private_key(self, name, pem):
        numbers = serialization.load_pem_private_key(pem, None).private_numbers()
        for member in ("d", "p", "q", "dmp1", "dmq1", "iqmp"):
            number = getattr(numbers, member)
            for piece in pieces_of_number(number):
                self.add(name, piece)
            digits = str(number)
            for at in range(0, len(digits) - 32, 32):
                self._forms.setdefault(digits[at:at + 32].encode(), (name, "decimal"))

    def names(self):
        return {name for name, _ in self._forms.values()}

    def forms(self):
        """(secret, form, bytes) of all that is searched for."""
        return [(name, form, text) for text, (name, form) in self._forms.items()]

    def found_in(self, content, place):
        """Also where lines were broken or letters stand apart by blanks or colons."""
        together = re.sub(rb"[\s:]", b"", content)
        for name, form, text in self.forms():
            if text in content or text in together:
                yield Finding(name, form, place)
