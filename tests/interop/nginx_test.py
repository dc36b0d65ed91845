"""A real nginx in front of the sandbox: it ends TLS, and hands on what a good or a bad administrator
told it to. Jira says which URL it took a request for, and the client names the difference.
"""

import pathlib
import re
import ssl
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import harness
from harness import PATIENCE, REFUSED
from nginx import Nginx, Port

MYSELF = "/rest/api/2/myself"
ISSUE = "/rest/api/2/issue/TEST-1"
OTHER_ISSUE = "/rest/api/2/issue/TEST-2"
SUMMARY = ("--json", '{"fields":{"summary":"by proxy"}}')

# As Atlassian's documents have it.
PASS_ON = "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme;"


class BehindNginx(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.nginx = Nginx()
        self.addCleanup(self.nginx.remove)
        self.servers = []

    def have_product(self, *connector):
        """A sandbox and the port of the proxy before it; the words of `connector` may name that."""
        port = Port()
        words = [str(word).format(port=port.number) for word in connector]
        sandbox = self.have_sandbox("--approve-as", "alice", *words)
        err = sandbox.process.stderr
        for line in err:
            found = re.search(rb"the proxy finds it at (\S+)", line)
            if found:
                return port, found[1].decode()
        self.fail("the sandbox does not say where it listens")

    def right(self):
        return self.have_product("--proxy-scheme", "https", "--proxy-name", "127.0.0.1", "--proxy-port", "{port}")

    def serve(self, product, locations):
        """`locations` for nginx; SANDBOX is where the sandbox listens."""
        port, origin = product
        self.servers.append((port, locations.replace("SANDBOX", origin)))
        return f"https://127.0.0.1:{port.number}"

    def start_nginx(self):
        self.nginx.start(self.servers)

    def add_link(self, name, url, *words):
        self.applink("link", "add", name, "--url", url, "--consumer-key", "hub", "--key", "hubkey",
                     "--ca-file", self.nginx.ca_file, *words)

    def follow(self, page):
        trust = ssl.create_default_context(cafile=self.nginx.ca_file)
        with urllib.request.urlopen(page, timeout=PATIENCE, context=trust) as answer:
            return harness.verification_code(answer.read().decode())

    def log_in_by_nginx(self, link):
        page = self.applink("login", link, "--start").out.strip()
        return self.applink("login", link, "--finish", self.follow(page))


class RightConnector(BehindNginx):
    def setUp(self):
        super().setUp()
        url = self.serve(self.right(), f"""
          location /jira/ {{ proxy_pass SANDBOX; {PASS_ON} }}
          location = /jira{OTHER_ISSUE} {{ proxy_pass SANDBOX; {PASS_ON} proxy_set_header Authorization ""; }}
          """)
        self.start_nginx()
        self.base_url = url + "/jira"

    def use(self, *words):
        self.add_link("prod", self.base_url, *words)
        self.assertIn("alice", self.log_in_by_nginx("prod").err, self.nginx.why())
        self.assertEqual(self.applink("request", "GET", MYSELF).json["name"], "alice")
        self.applink("request", "PUT", ISSUE, *SUMMARY)
        self.assertEqual(self.applink("request", "GET", ISSUE).json["fields"]["summary"], "by proxy")

    def protocols(self):
        """What applink spoke; the page is followed by Python, which knows HTTP/1.1 alone."""
        lines = [line for line in self.nginx.stop() if "/oauth/authorize" not in line]
        self.assertGreaterEqual(len(lines), 6)
        return {line.split()[0] for line in lines}

    def test_the_whole_dance_over_http_2(self):
        self.use()
        self.assertEqual(self.protocols(), {"HTTP/2.0"})

    def test_the_whole_dance_over_http_2_alone(self):
        self.use("--http-version", "2")
        self.assertEqual(self.protocols(), {"HTTP/2.0"})

    def test_the_whole_dance_over_http_1(self):
        self.use("--http-version", "1.1")
        self.assertEqual(self.protocols(), {"HTTP/1.1"})

    def test_a_header_that_is_dropped_makes_a_request_anonymous(self):
        self.add_link("prod", self.base_url)
        self.log_in_by_nginx("prod")
        with self.unchanged_store():
            self.refused(REFUSED, "request", "GET", OTHER_ISSUE, says="404 Not Found",
                         hint="look for a proxy that drops the Authorization header")

    def test_a_certificate_that_is_not_trusted(self):
        self.applink("link", "add", "bare", "--url", self.base_url, "--consumer-key", "hub", "--key", "hubkey")
        self.refused(harness.UNREACHABLE, "login", "bare", "--start",
                     says="is signed by an authority unknown here", hint="--ca-file FILE")


class WrongConnector(BehindNginx):
    """Each with one fault; all before one nginx."""

    def check(self, name, url, says, hint=""):
        self.add_link(name, url)
        with self.unchanged_store():
            self.refused(REFUSED, "login", name, "--start", says=says, hint=hint)

    def test_the_difference_is_named(self):
        at_jira = "location /jira/ {{ proxy_pass SANDBOX; {} }}".format
        passed_on = at_jira(PASS_ON)
        https = ("--proxy-scheme", "https")
        this_name = ("--proxy-name", "127.0.0.1")
        this_port = ("--proxy-port", "{port}")
        tomcat = "Tomcat's connector needs scheme, proxyName and proxyPort"
        cases = {
            "scheme": ((*this_name, *this_port), passed_on, "/jira",
                       "it saw the scheme http instead of https", tomcat),
            "host": ((*https, "--proxy-name", "jira.internal", *this_port), passed_on, "/jira",
                     "it saw the host jira.internal instead of 127.0.0.1", tomcat),
            "port": ((*https, *this_name, "--proxy-port", "443"), passed_on, "/jira",
                     "it saw the port 443 instead of ", tomcat),
            "no-host": (https, at_jira(""), "/jira", "it saw the port ", "pass on Host"),
            "path": ((*https, *this_name, *this_port), "location /tracker/ { proxy_pass SANDBOX/jira/; %s }" % PASS_ON,
                     "/tracker", 'it saw the context path "/jira" instead of "/tracker"', "the proxy in front of it must pass"),
            "query": ((*https, *this_name, *this_port),
                      "location /jira/ { proxy_pass SANDBOX$uri?added=1; %s }" % PASS_ON,
                      "/jira", "it saw a parameter added that was never sent", "look for a proxy that"),
            "dropped": ((*https, *this_name, *this_port), at_jira(PASS_ON + ' proxy_set_header Authorization "";'),
                        "/jira", "parameter_absent", "look for a proxy that drops the Authorization header"),
        }
        urls = {name: self.serve(self.have_product(*connector), locations) + path
                for name, (connector, locations, path, _, _) in cases.items()}
        self.start_nginx()
        for name, (_, _, _, says, hint) in cases.items():
            with self.subTest(wrong=name):
                self.check(name, urls[name], says, hint)


if __name__ == "__main__":
    harness.main()
