#!/usr/bin/python3
"""Compares signature base strings with those of python3-oauthlib, which nobody here wrote.

    base_string_test.py PROBE KEY

A few thousand well-formed requests are made from a fixed seed; for each, PROBE's base string must
be oauthlib's. Requests that are not well-formed must be refused, with words.
"""

import ipaddress
import json
import random
import subprocess
import sys
from urllib.parse import quote, urlsplit

from oauthlib.oauth1.rfc5849 import signature

SEED = 5849
REQUESTS = 4000

FORM_TYPES = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded;charset=UTF-8",
    "Application/X-WWW-Form-Urlencoded; charset=utf-8",
]
OTHER_TYPES = ["application/json", "text/plain; charset=utf-8", "multipart/form-data; boundary=x"]
METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "get", "Post", "M-SEARCH", "X*Y"]

UNRESERVED = "abcXYZ019-._~"
# What a path and a query may hold raw (RFC 3986), as far as oauthlib takes it in a query: it
# refuses nothing else that is well-formed.
RAW_IN_PATH = UNRESERVED + "!$&'()*+,=:@"
RAW_IN_QUERY = UNRESERVED + "!$'()*+,:@/?"
TEXTS = ["", "a", "a b", "%", "%25", "=&+", "äöü", "日本語", "😀", "\u0080", "\u3001", "\x7f\n\t",
         "\x00", "~-._", "*'()!", "a=b", "a&b", "a+b", "/?#[]@", "\"<>\\^`{|}", "100% & more"]


def encoded(rng, text):
    """`text` as a URL or form may carry it: escapes in either case, needless ones, raw characters."""
    out = ""
    for byte in text.encode():
        char = chr(byte)
        if char in UNRESERVED and rng.random() < 0.9:
            out += char
        elif char == " " and rng.random() < 0.5:
            out += "+"
        elif char in RAW_IN_QUERY and char != "+" and rng.random() < 0.5:
            out += char
        else:
            out += ("%%%02X" if rng.random() < 0.7 else "%%%02x") % byte
    return out


def text(rng):
    if rng.random() < 0.6:
        return rng.choice(TEXTS)
    alphabet = UNRESERVED + " %&=+/?äß€語😀\x01\x1f"
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(12)))


def pairs(rng):
    names = [text(rng) or "n" for _ in range(rng.randrange(1, 4))]
    items = []
    for _ in range(rng.randrange(7)):
        # Few names for many pairs, so that names and whole pairs are repeated.
        name = encoded(rng, rng.choice(names))
        form = rng.random()
        items.append(name if form < 0.1 else name + "=" if form < 0.2 else
                     name + "=" + encoded(rng, text(rng)))
        if rng.random() < 0.05:
            items.append("")
    return "&".join(items)


def host(rng):
    kind = rng.random()
    if kind < 0.15:
        address = str(ipaddress.IPv6Address(rng.getrandbits(128) >> rng.choice([0, 64, 100])))
        return "[" + (address.upper() if rng.random() < 0.5 else address) + "]"
    if kind < 0.3:
        return str(ipaddress.IPv4Address(rng.getrandbits(32)))
    name = rng.choice(["jira.example.com", "h", "localhost", "a-b.c-d.example", "xn--bcher-kva.de"])
    return "".join(rng.choice([c.lower(), c.upper()]) for c in name)


def path(rng):
    out = rng.choice(["", "/", "/jira", "/jira/", "/JIRA/rest/api/2/issue/TEST-1", "//", "/a/../b"])
    if out and rng.random() < 0.7:
        for _ in range(rng.randrange(4)):
            segment = "".join(
                rng.choice(RAW_IN_PATH) if rng.random() < 0.7 else
                quote(rng.choice("/ %?#ä語~a"), safe="").replace("%2F", rng.choice(["%2F", "%2f"]))
                for _ in range(rng.randrange(8)))
            out += "/" + segment + rng.choice(["", "", "", ";v=1"])
    return out


def request(rng):
    scheme = rng.choice(["http", "https", "HTTP", "Https"])
    url = scheme + "://" + host(rng)
    url += rng.choice(["", "", ":80", ":443", ":8080", ":%d" % rng.randrange(1, 65536)])
    url += path(rng)
    if rng.random() < 0.8:
        url += "?" + pairs(rng)
    if rng.random() < 0.1:
        url += "#fragment?a=b"
    made = {
        "method": rng.choice(METHODS),
        "url": url,
        "client": text(rng).replace("\x00", "").translate(CONTROLS) or "client",
        "nonce": "%x" % rng.getrandbits(64),
        "timestamp": rng.randrange(1, 2**33),
    }
    if rng.random() < 0.7:
        made["token"] = text(rng).translate(CONTROLS)
    if rng.random() < 0.3:
        made["callback"] = rng.choice(["oob", "http://127.0.0.1:8080/cb?a=b&c=ä#x"])
    if rng.random() < 0.5:
        made["content_type"] = rng.choice(FORM_TYPES)
        made["body"] = pairs(rng)
    elif rng.random() < 0.5:
        made["content_type"] = rng.choice(OTHER_TYPES)
        made["body"] = '{"not": "a form", "a=b&c": "%zz ä"}'
    return made


# Protocol parameters with control characters are refused, so none is made here.
CONTROLS = {code: None for code in [*range(32), 127]}


def expected(made):
    """The base string by oauthlib; the protocol parameters go the way of the header."""
    protocol = [("oauth_consumer_key", made["client"]), ("oauth_signature_method", "RSA-SHA1"),
                ("oauth_timestamp", str(made["timestamp"])), ("oauth_nonce", made["nonce"]),
                ("oauth_version", "1.0")]
    protocol += [("oauth_" + name, made[name]) for name in ("token", "callback") if name in made]
    return expected_with(made, protocol)


def expected_with(made, protocol):
    is_form = made.get("content_type") in FORM_TYPES
    collected = signature.collect_parameters(
        uri_query=urlsplit(made["url"]).query, body=made["body"] if is_form else None)
    return signature.signature_base_string(
        made["method"], signature.base_string_uri(made["url"]),
        signature.normalize_parameters(collected + protocol))


FORM = FORM_TYPES[0]
REFUSED = [
    # (what is changed in a plain request, what the error must say)
    ({"url": "http://h/a b"}, "URL"),
    ({"url": "http://h/?a=b c"}, "URL"),
    ({"url": "http://h/?a=b\n"}, "URL"),
    ({"url": "http://h/?a=\x01"}, "URL"),
    ({"url": "http://h/\x7f"}, "URL"),
    ({"url": "http://h/?a=%zz"}, "escape"),
    ({"url": "http://h/?a=%4"}, "escape"),
    ({"url": "http://h/%"}, "escape"),
    ({"url": "http://h/ä"}, "URL"),
    ({"url": "http://h/?ä=1"}, "URL"),
    ({"url": "http://h/?a=\"<>\""}, "URL"),
    ({"url": "http://h/{id}"}, "URL"),
    ({"url": "http://h/a\\b"}, "URL"),
    ({"url": "http://bücher.de/"}, "host"),
    ({"url": "http://user:password@h/"}, "URL"),
    ({"url": "http:///path"}, "URL"),
    ({"url": "http://h:0/"}, "port"),
    ({"url": "http://h:65536/"}, "port"),
    ({"url": "ftp://h/"}, "URL"),
    ({"url": "h/path"}, "URL"),
    ({"url": "http://h/?=v"}, "without a name"),
    ({"url": "http://h/?a=b&=v"}, "without a name"),
    ({"url": "http://h/?oauth_token=x"}, "oauth_token"),
    ({"content_type": FORM, "body": "=v"}, "without a name"),
    ({"content_type": FORM, "body": "a=%zz"}, "bad percent escape"),
    ({"content_type": FORM, "body": "a=100%"}, "bad percent escape"),
    ({"content_type": FORM, "body": "a=ä"}, "byte outside of ASCII"),
    ({"content_type": FORM, "body": "a=b c"}, "raw space"),
    ({"content_type": FORM, "body": "a=b\r\n"}, "control character"),
    ({"content_type": FORM, "body": "oauth_nonce=1"}, "oauth_nonce"),
    ({"method": ""}, "method"),
    ({"method": "GET /"}, "method"),
    ({"client": ""}, "consumer key"),
    ({"client": "a\nb"}, "control character"),
    ({"token": "a\x00b"}, "control character"),
    ({"nonce": ""}, "nonce"),
    ({"timestamp": 0}, "timestamp"),
]


def ask(probe, requests):
    """The answers of `probe`, a command line, to the requests."""
    lines = "".join(json.dumps(made) + "\n" for made in requests)
    done = subprocess.run(probe, input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(requests), "%d answers" % len(answers)
    return answers


def check_equal(probe):
    rng = random.Random(SEED)
    requests = [request(rng) for _ in range(REQUESTS)]
    differing = 0
    for made, answer in zip(requests, ask(probe, requests)):
        wanted = expected(made)
        if answer.get("base_string") == wanted:
            continue
        differing += 1
        if differing <= 5:
            print("request:  %r\nexpected: %s\nanswer:   %s\n" % (made, wanted, answer))
    print("%d of %d base strings differ from oauthlib's" % (differing, REQUESTS))
    return differing


def check_refused(probe):
    plain = {"method": "POST", "url": "http://h/", "client": "c", "nonce": "n", "timestamp": 1}
    accepted = 0
    answers = ask(probe, [{**plain, **change} for change, _ in REFUSED])
    for (change, words), answer in zip(REFUSED, answers):
        if words not in answer.get("error", ""):
            accepted += 1
            print("%r: expected an error with %r, not %r" % (change, words, answer))
    print("%d of %d malformed requests are not refused with words" % (accepted, len(REFUSED)))
    return accepted


def main():
    probe = sys.argv[1:]
    wrong = check_equal(probe) + check_refused(probe)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
