"""An OAuth 1.0a provider made of python3-oauthlib, with Jira's paths.

    oauthlib_provider.py --consumer KEY=PUBLIC_KEY_PEM [--deny] [--expire-tokens] [--refuse-nonces]

Prints its base URL on the first line of standard output and serves until it is stopped. All that
decides is oauthlib's: this file keeps the tokens in memory, loosens the lengths to those of Jira
and puts the endpoints where Jira has them.
"""

import argparse
import http.server
import json
import secrets
import string
import sys
import urllib.parse

from oauthlib import oauth1

CONTEXT = "/jira"
REQUEST_TOKEN = CONTEXT + "/plugins/servlet/oauth/request-token"
AUTHORIZE = CONTEXT + "/plugins/servlet/oauth/authorize"
ACCESS_TOKEN = CONTEXT + "/plugins/servlet/oauth/access-token"
RESOURCES = CONTEXT + "/rest/"
UNKNOWN = "unknown-client-or-token"


class Validator(oauth1.RequestValidator):
    """What the provider remembers, as oauthlib asks for it."""

    allowed_signature_methods = ("RSA-SHA1",)
    safe_characters = set(string.ascii_letters + string.digits + "-_.")
    client_key_length = (1, 64)
    request_token_length = (1, 64)
    access_token_length = (1, 64)
    nonce_length = (16, 64)
    verifier_length = (6, 64)
    realms = ("jira",)
    enforce_ssl = False
    dummy_client = UNKNOWN
    dummy_request_token = UNKNOWN
    dummy_access_token = UNKNOWN

    def __init__(self, consumers, options):
        super().__init__()
        self.consumers = consumers
        self.options = options
        self.request_tokens = {}
        self.access_tokens = {}
        self.nonces = set()

    def validate_client_key(self, client_key, request):
        return client_key in self.consumers

    def get_rsa_key(self, client_key, request):
        return self.consumers.get(client_key, next(iter(self.consumers.values())))

    def validate_timestamp_and_nonce(
        self, client_key, timestamp, nonce, request, request_token=None, access_token=None
    ):
        use = (client_key, timestamp, nonce, request_token, access_token)
        fresh = use not in self.nonces
        self.nonces.add(use)
        return fresh and not self.options.refuse_nonces

    # Temporary credentials.
    def get_default_realms(self, client_key, request):
        return ["jira"]

    def validate_requested_realms(self, client_key, realms, request):
        return True

    def validate_redirect_uri(self, client_key, redirect_uri, request):
        return redirect_uri == "oob" or redirect_uri.startswith("http://127.0.0.1:")

    def save_request_token(self, token, request):
        self.request_tokens[token["oauth_token"]] = {
            "client": request.client_key,
            "callback": request.redirect_uri,
        }

    def validate_request_token(self, client_key, token, request):
        known = self.request_tokens.get(token)
        return known is not None and known["client"] == client_key

    def get_request_token_secret(self, client_key, token, request):
        return "not used with RSA-SHA1"

    # Authorization by the resource owner.
    def verify_request_token(self, token, request):
        return token in self.request_tokens

    def get_redirect_uri(self, token, request):
        return self.request_tokens[token]["callback"]

    def get_realms(self, token, request):
        return ["jira"]

    def verify_realms(self, token, realms, request):
        return True

    def save_verifier(self, token, verifier, request):
        self.request_tokens[token]["verifier"] = verifier["oauth_verifier"]

    # Token credentials.
    def validate_verifier(self, client_key, token, verifier, request):
        return self.request_tokens.get(token, {}).get("verifier") == verifier

    def invalidate_request_token(self, client_key, request_token, request):
        del self.request_tokens[request_token]

    def save_access_token(self, token, request):
        self.access_tokens[token["oauth_token"]] = request.client_key

    def validate_access_token(self, client_key, token, request):
        return self.access_tokens.get(token) == client_key and not self.options.expire_tokens

    def get_access_token_secret(self, client_key, token, request):
        return "not used with RSA-SHA1"

    def validate_realms(self, client_key, token, request, uri=None, realms=None):
        return True


class Handler(http.server.BaseHTTPRequestHandler):
    """Jira's paths on oauthlib's endpoints."""

    protocol_version = "HTTP/1.1"
    server_version = "oauthlib-provider"

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        pass

    def answer(self, status, headers, body):
        content = (body or "").encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        base = f"http://{self.headers['Host']}"
        uri = base + self.path
        headers = dict(self.headers)
        path = urllib.parse.urlsplit(self.path).path
        provider = self.server.provider
        if path == REQUEST_TOKEN:
            response = provider.create_request_token_response(uri, self.command, body, headers)
        elif path == AUTHORIZE:
            response = self.authorize(provider, uri, headers)
        elif path == ACCESS_TOKEN:
            response = provider.create_access_token_response(uri, self.command, body, headers)
        elif path.startswith(RESOURCES):
            response = self.resource(provider, uri, body, headers)
        else:
            response = {}, "not found", 404
        self.answer(response[2], response[0], response[1])

    def authorize(self, provider, uri, headers):
        if self.server.validator.options.deny:
            token = urllib.parse.parse_qs(urllib.parse.urlsplit(uri).query)["oauth_token"][0]
            callback = self.server.validator.request_tokens[token]["callback"]
            answer = urllib.parse.urlencode({"oauth_token": token, "oauth_verifier": "denied"})
            return {"Location": f"{callback}?{answer}"}, None, 302
        return provider.create_authorization_response(uri, self.command, "", headers)

    def resource(self, provider, uri, body, headers):
        valid, request = provider.validate_protected_resource_request(
            uri, self.command, body, headers, ["jira"]
        )
        if not valid:
            return {"WWW-Authenticate": 'OAuth realm="jira"'}, "", 401
        answer = {
            "name": "alice",
            "displayName": "Alice",
            "consumer": request.client_key,
            "method": self.command,
            "path": self.path,
            "body": body,
        }
        return {"Content-Type": "application/json"}, json.dumps(answer), 200

    do_GET = do_POST = do_PUT = do_DELETE = handle_any


def token_generator(*_):
    return secrets.token_hex(16)


def options_of(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--consumer", action="append", required=True, metavar="KEY=PEM")
    parser.add_argument("--deny", action="store_true", help="the user presses Deny")
    parser.add_argument("--expire-tokens", action="store_true", help="no access token is valid")
    parser.add_argument("--refuse-nonces", action="store_true", help="every nonce was used before")
    return parser.parse_args(arguments)


def main():
    options = options_of(sys.argv[1:])
    consumers = {}
    for consumer in options.consumer:
        key, _, path = consumer.partition("=")
        with open(path, encoding="ascii") as file:
            consumers[key] = file.read()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.validator = Validator(consumers, options)
    server.provider = oauth1.WebApplicationServer(server.validator)
    server.provider.token_generator = token_generator
    print(f"http://127.0.0.1:{server.server_address[1]}{CONTEXT}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
