"""An OAuth 1.0a provider made of python3-oauthlib, with Jira's paths and with its own.

All that decides is oauthlib's: this file remembers tokens, loosens oauthlib's lengths to Jira's,
puts its endpoints where Jira has them and gives its findings the names that Jira has for them.
"""

import dataclasses
import http.server
import json
import string
import threading
import urllib.parse

from oauthlib import oauth1
from oauthlib.oauth1.rfc5849 import errors

CONTEXT = "/jira"
REQUEST_TOKEN = CONTEXT + "/plugins/servlet/oauth/request-token"
AUTHORIZE = CONTEXT + "/plugins/servlet/oauth/authorize"
ACCESS_TOKEN = CONTEXT + "/plugins/servlet/oauth/access-token"
RESOURCES = CONTEXT + "/rest/"
# The same as a provider of another make has it: not under the base URL.
INITIATE = "/oauth/initiate"
ALLOW = "/oauth/allow?lang=en"
TOKEN = "/oauth/token"
UNKNOWN = "unknown-client-or-token"


@dataclasses.dataclass
class Mood:
    """What a test may change while the provider runs."""

    denies: bool = False  # the user presses Deny
    tokens_are_expired: bool = False
    every_nonce_was_used: bool = False
    names_problems: bool = True  # RFC 5849 has no names: without them a refusal is a bare 401
    speaks_1_0: bool = False  # OAuth 1.0: the callback on the authorize page, and no verifier


@dataclasses.dataclass
class TemporaryCredentials:
    client: str
    callback: str
    secret: str
    verifier: str = ""


class Validator(oauth1.RequestValidator):
    """What the provider remembers, as oauthlib asks for it."""

    allowed_signature_methods = ("RSA-SHA1",)
    safe_characters = set(string.ascii_letters + string.digits + string.punctuation)
    client_key_length = (1, 64)
    nonce_length = (16, 64)
    verifier_length = (6, 64)
    realms = ("jira",)
    enforce_ssl = False
    dummy_client = UNKNOWN
    dummy_request_token = UNKNOWN
    dummy_access_token = UNKNOWN

    def __init__(self, consumers, mood, consumer_secret):
        super().__init__()
        self.consumers = consumers
        self.consumer_secret = consumer_secret
        self.access_secrets = {}
        self.mood = mood
        self.request_tokens = {}
        self.access_tokens = {}
        self.nonces = set()

    def validate_client_key(self, client_key, request):
        return client_key in self.consumers

    def get_rsa_key(self, client_key, request):
        return self.consumers.get(client_key, next(iter(self.consumers.values())))

    def get_client_secret(self, client_key, request):
        return self.consumer_secret

    def get_request_token_secret(self, client_key, token, request):
        known = self.request_tokens.get(token)
        return known.secret if known else UNKNOWN

    def get_access_token_secret(self, client_key, token, request):
        return self.access_secrets.get(token, UNKNOWN)

    def validate_timestamp_and_nonce(
        self, client_key, timestamp, nonce, request, request_token=None, access_token=None
    ):
        use = (client_key, timestamp, nonce, request_token, access_token)
        is_fresh = use not in self.nonces and not self.mood.every_nonce_was_used
        self.nonces.add(use)
        return is_fresh

    # Temporary credentials.

    def get_default_realms(self, client_key, request):
        return ["jira"]

    def validate_requested_realms(self, client_key, realms, request):
        return True

    def validate_redirect_uri(self, client_key, redirect_uri, request):
        return redirect_uri == "oob" or redirect_uri.startswith("http://127.0.0.1:")

    def save_request_token(self, token, request):
        self.request_tokens[token["oauth_token"]] = TemporaryCredentials(
            request.client_key, request.redirect_uri, token["oauth_token_secret"]
        )

    def validate_request_token(self, client_key, token, request):
        return token in self.request_tokens and self.request_tokens[token].client == client_key

    # Authorization by the resource owner.

    def verify_request_token(self, token, request):
        return token in self.request_tokens

    def get_redirect_uri(self, token, request):
        return self.request_tokens[token].callback

    def get_realms(self, token, request):
        return ["jira"]

    def save_verifier(self, token, verifier, request):
        self.request_tokens[token].verifier = verifier["oauth_verifier"]

    # Token credentials.

    def validate_verifier(self, client_key, token, verifier, request):
        return token in self.request_tokens and self.request_tokens[token].verifier == verifier

    def invalidate_request_token(self, client_key, request_token, request):
        del self.request_tokens[request_token]

    def save_access_token(self, token, request):
        self.access_tokens[token["oauth_token"]] = request.client_key
        self.access_secrets[token["oauth_token"]] = token["oauth_token_secret"]

    def validate_access_token(self, client_key, token, request):
        is_known = self.access_tokens.get(token) == client_key
        return is_known and not self.mood.tokens_are_expired

    def validate_realms(self, client_key, token, request, uri=None, realms=None):
        return True


class Problem(errors.OAuth1Error):
    """A refusal under the name that Jira has for it, where names are given."""

    def __init__(self, name):
        super().__init__(status_code=401)
        self.name = name

    @property
    def twotuples(self):
        return [("oauth_problem", self.name)] if self.name else []


class Endpoints(oauth1.WebApplicationServer):
    """oauthlib's endpoints, which keep to themselves what they found wrong; these say it."""

    def problem_in(self, request):
        mood = self.request_validator.mood
        if not mood.names_problems:
            return Problem(None)
        # Nothing else is looked at, and nothing is found, where the nonce was used before.
        found = [name for name, valid in request.validator_log.items() if not valid]
        if not found:
            return Problem("nonce_used")
        return Problem({
            "client": "consumer_key_unknown",
            "resource_owner": "token_expired" if mood.tokens_are_expired else "token_rejected",
            "verifier": "token_rejected",
            "signature": "signature_invalid",
        }.get(found[0], "parameter_rejected"))

    def validate_request_token_request(self, request):
        valid, request = super().validate_request_token_request(request)
        if not valid:
            raise self.problem_in(request)
        return valid, request

    def create_request_token(self, request, credentials):
        answer = super().create_request_token(request, credentials)
        if self.request_validator.mood.speaks_1_0:
            answer = answer.replace("&oauth_callback_confirmed=true", "")
        return answer

    def validate_access_token_request(self, request):
        known = self.request_validator.request_tokens.get(request.resource_owner_key)
        if self.request_validator.mood.speaks_1_0 and known and not request.verifier:
            # What was sent and signed stays as it is; oauthlib would not go on without one.
            request.verifier = known.verifier
        valid, request = super().validate_access_token_request(request)
        if not valid:
            raise self.problem_in(request)
        return valid, request

    def resource(self, uri, method, body, headers):
        valid, request = self.validate_protected_resource_request(uri, method, body, headers)
        if not valid:
            return {}, self.problem_in(request).urlencoded, 401
        answer = {
            "name": "alice",
            "consumer": request.client_key,
            "method": method,
            "body": body,
            "parameters": [pair for pair in request.params if not pair[0].startswith("oauth_")],
        }
        return {"Content-Type": "application/json"}, json.dumps(answer), 200

    def authorize(self, uri, method, body, headers):
        if self.request_validator.mood.speaks_1_0:
            return self.authorize_1_0(uri)
        if not self.request_validator.mood.denies:
            return self.create_authorization_response(uri, method, body, headers)
        # oauthlib leaves a denial to the provider; this is Jira's.
        token = urllib.parse.parse_qs(urllib.parse.urlsplit(uri).query)["oauth_token"][0]
        callback = self.request_validator.request_tokens.pop(token).callback
        answer = urllib.parse.urlencode({"oauth_token": token, "oauth_verifier": "denied"})
        return {"Location": f"{callback}?{answer}"}, None, 302


    def authorize_1_0(self, uri):
        """The page of OAuth 1.0: it takes the callback, and says nothing but which token it was."""
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(uri).query))
        self.request_validator.request_tokens[query["oauth_token"]].verifier = "allowed-by-alice"
        if "oauth_callback" not in query:
            return {}, "allowed", 200
        answer = urllib.parse.urlencode({"oauth_token": query["oauth_token"]})
        return {"Location": f"{query['oauth_callback']}?{answer}"}, None, 302


@dataclasses.dataclass(frozen=True)
class Received:
    """A request as it came, to look at or to send again."""

    method: str
    url: str
    headers: dict
    body: str


class Handler(http.server.BaseHTTPRequestHandler):
    """Jira's paths on oauthlib's endpoints."""

    protocol_version = "HTTP/1.1"
    server_version = "oauthlib-provider"

    def log_message(self, *_):
        pass

    def answer(self, headers, body, status):
        content = (body or "").encode()
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'OAuth realm="jira"')
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def endpoint(self):
        endpoints = self.server.endpoints
        path = urllib.parse.urlsplit(self.path).path
        if path.startswith(RESOURCES):
            return endpoints.resource
        return {
            REQUEST_TOKEN: endpoints.create_request_token_response,
            INITIATE: endpoints.create_request_token_response,
            AUTHORIZE: endpoints.authorize,
            urllib.parse.urlsplit(ALLOW).path: endpoints.authorize,
            ACCESS_TOKEN: endpoints.create_access_token_response,
            TOKEN: endpoints.create_access_token_response,
        }.get(path, lambda *_: ({}, "nothing is here", 404))

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        url = f"http://{self.headers['Host']}{self.path}"
        received = Received(self.command, url, dict(self.headers), body)
        self.server.received.append(received)
        self.answer(*self.endpoint()(url, self.command, body, received.headers))

    do_GET = do_POST = do_PUT = do_DELETE = handle_any


class Provider:
    """Serves on a port of its own until it is stopped; `consumers` maps keys to public keys."""

    def __init__(self, consumers, consumer_secret=UNKNOWN, methods=("RSA-SHA1",)):
        self.mood = Mood()
        self.consumers = consumers
        self.validator = Validator(consumers, self.mood, consumer_secret)
        self.validator.allowed_signature_methods = methods
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.endpoints = Endpoints(self.validator)
        self._server.received = self.received = []
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.url = self.origin + CONTEXT
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()

    def stop(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
