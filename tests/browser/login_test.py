"""A login from end to end in headless Chromium: log in, read, Allow or Deny, and what is shown then.

The keyboard alone is used. Every page is looked at in two sizes and two colour schemes, and no page
may make the browser complain.
"""

import signal
import urllib.parse

import people
from harness import DENIED, DONE, INTERRUPTED
from webdriver import ENTER, TAB, audit

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (400, 1400)]


class PageTest(people.BrowserTest):
    def examine(self, expected_complaints=()):
        """The page that is shown, as people with other screens and other tastes see it."""
        for scheme, width in LOOKS:
            with self.subTest(scheme=scheme, width=width, page=self.browser.title):
                self.browser.look(scheme, width)
                self.assertEqual(audit(self.browser), [])
        complaints = [entry["message"] for entry in self.browser.console()]
        self.assertEqual(len(complaints), len(expected_complaints), complaints)
        for complaint, expected in zip(complaints, expected_complaints):
            self.assertIn(expected, complaint)

    def finish(self, process, status, title):
        """The browser shows the callback's page, and the process has ended so."""
        self.browser.wait_for_heading(title)
        outcome = self.outcome(process)
        self.assertEqual(outcome.status, status, outcome)
        self.assertIn("You may close this tab.", self.browser.text("main"))
        return outcome

    def tokens(self):
        return [token["user_name"] for token in self.applink("token", "list", "--json").json["tokens"]]


class Login(PageTest):
    def test_allow(self):
        process, page = self.start_login()
        self.log_in_by_keyboard(page)
        shown = self.browser.text("main")
        for words in (people.DESCRIPTION, "Alice Archer", "127.0.0.1", "you return to http://127.0.0.1:"):
            self.assertIn(words, shown)
        self.browser.type(TAB)
        self.assertEqual(self.browser.focused(), "approve")
        self.examine()
        self.browser.type(ENTER)
        outcome = self.finish(process, DONE, "You allowed the login")
        self.assertIn("prod has a token of alice", outcome.err)
        self.assertEqual(self.tokens(), ["alice"])
        self.examine()

    def test_deny(self):
        process, page = self.start_login()
        self.log_in_by_keyboard(page)
        self.browser.type(TAB + TAB)
        self.assertEqual(self.browser.focused(), "deny")
        self.browser.type(ENTER)
        self.finish(process, DENIED, "You denied the login")
        self.assertEqual(self.tokens(), [])
        self.examine()

    def test_a_wrong_password_is_announced_and_asked_for_again(self):
        process, page = self.start_login()
        self.browser.open(page)
        self.browser.wait_for_heading(people.LOG_IN)
        self.examine()
        self.browser.type("alice" + TAB + "wrong" + ENTER)
        self.browser.wait_for("the message", lambda: self.browser.text("[role=alert]"))
        self.assertIn("incorrect", self.browser.text("[role=alert]"))
        self.assertEqual(self.browser.focused(), "os_username")
        self.assertEqual(self.browser.run("""
            return [...document.querySelectorAll("[aria-describedby]")].map(
                (e) => document.getElementById(e.getAttribute("aria-describedby")).role)"""),
            ["alert", "alert"])
        self.examine()
        self.browser.type("alice" + TAB + "alice" + ENTER)
        self.browser.wait_for_heading(people.ALLOW)
        self.browser.type(TAB + ENTER)
        self.finish(process, DONE, "You allowed the login")

    def test_what_is_answered_cannot_be_answered_again(self):
        process, page = self.start_login()
        self.log_in_by_keyboard(page)
        self.browser.type(TAB + ENTER)
        self.finish(process, DONE, "You allowed the login")
        self.browser.open(page)
        self.browser.wait_for_heading("This request for access is not known")
        self.examine(expected_complaints=["401"])

    def test_a_code_instead_of_a_callback(self):
        page = self.applink("login", "prod", "--oob", "--start").out.strip()
        self.log_in_by_keyboard(page)
        self.assertIn("you are shown a code", self.browser.text("main"))
        self.browser.type(TAB + ENTER)
        self.browser.wait_for_heading("Access Approved")
        self.examine()
        self.applink("login", "prod", "--finish", self.browser.text("#oauth_verifier"))
        self.assertEqual(self.tokens(), ["alice"])

    def test_a_denial_without_a_callback(self):
        page = self.applink("login", "prod", "--oob", "--start").out.strip()
        self.log_in_by_keyboard(page)
        self.browser.type(TAB + TAB + ENTER)
        self.browser.wait_for_heading("Access Denied")
        self.examine()
        self.browser.reload()


class Strangers(PageTest):
    """Visits to the listener that are no answer to this login; it goes on waiting."""

    def setUp(self):
        super().setUp()
        self.callback = f"http://127.0.0.1:{people.free_port()}/back"
        self.process, self.page = self.start_login("--callback-url", self.callback)

    def visit(self, **parameters):
        self.browser.open(f"{self.callback}?{urllib.parse.urlencode(parameters)}")

    def test_another_login_and_no_answer_change_nothing(self):
        self.visit(oauth_token="foreign", oauth_verifier="aB3xY9")
        self.browser.wait_for_heading("This answer belongs to another login")
        self.examine(expected_complaints=["400"])
        self.visit(state="1")
        self.browser.wait_for_heading("There is no answer in this address")
        self.examine(expected_complaints=["400"])
        self.log_in_by_keyboard(self.page)
        self.browser.type(TAB + ENTER)
        self.finish(self.process, DONE, "You allowed the login")
        self.assertEqual(self.tokens(), ["alice"])


class ComeTooLate(PageTest):
    """The callback's page again while its answer is in work: the provider says nothing."""

    mishaps = ("hanging@access-token",)

    def test_an_answer_is_taken_once(self):
        process, page = self.start_login()
        self.log_in_by_keyboard(page)
        self.browser.type(TAB + ENTER)
        self.browser.wait_for_heading("You allowed the login")
        self.assertIsNone(process.poll())
        self.browser.reload()
        self.browser.wait_for_heading("This login has been answered already")
        self.assertIn("You may close this tab.", self.browser.text("main"))
        self.examine(expected_complaints=["410"])
        self.assertIsNone(process.poll(), "it waits for its token all along")
        process.send_signal(signal.SIGINT)
        self.assertEqual(self.outcome(process).status, INTERRUPTED)
        self.assertEqual(self.tokens(), [])


class Bundle(PageTest):
    """The file for another administrator, which no server gives."""

    def test_a_button_copies_its_value(self):
        self.applink("link", "bundle", "prod", "-o", "prod.html")
        self.browser.open((self.home / "prod.html").as_uri())
        self.browser.wait_for_heading("An application link in Jira for hub")
        self.examine()
        self.browser.run("""[...document.querySelectorAll('button')]
            .find((button) => button.dataset.what === 'Public Key').focus()""")
        self.browser.type(ENTER)
        self.browser.wait_for("the word", lambda: self.browser.text("#said") == "Public Key copied")
        self.assertEqual(self.browser.focused(), "Copied")
        self.assertEqual(self.browser.pasted(), self.applink("key", "export", "hubkey", "--public-pem").out)
        self.examine()


# A page with one fault of each kind; the audit that finds nothing there finds nothing anywhere.
FAULTY = """<!DOCTYPE html><html><head></head><body style="background: #fff; width: 2000px">
<p style="color: #999">pale</p><p style="opacity: .4">faint</p><p style="color: #0008">thin</p>
<input name="nameless" style="border: 1px solid #eee"><button style="height: 20px">low</button>
<a href="#" tabindex="-1">out of reach</a><a href="#" tabindex="3">out of order</a>
<img src="data:,"></body></html>"""
FAULTS = [
    '"pale" has a contrast of 2.85', '"faint" has a contrast of', '"thin" has a contrast of',
    '"nameless" has no label', '"nameless" has an edge', '"low" is 20 pixels high',
    '"out of reach" is out of the keyboard', '"out of order" is out of order',
    "pixels wide in a window of 400", "leaves the window", "does not say its language",
    "has no title", "not one h1", "not one main", "fetched from elsewhere",
]


class Audit(people.BrowserTest):
    def test_the_audit_finds_what_is_wrong(self):
        self.browser.look("light", 400)
        self.browser.open("data:text/html," + urllib.parse.quote(FAULTY))
        found = "\n".join(audit(self.browser))
        for fault in FAULTS:
            self.assertIn(fault, found)

    def test_the_audit_sees_whether_the_keyboard_is_shown(self):
        self.browser.open("data:text/html," + urllib.parse.quote(
            "<!DOCTYPE html><style>:focus-visible { outline: none }</style><input autofocus>"))
        self.browser.type("a")
        self.assertIn("does not show that it has the keyboard", "\n".join(audit(self.browser)))

    def test_the_console_tells_of_a_refused_resource(self):
        self.browser.open("data:text/html," + urllib.parse.quote(
            "<!DOCTYPE html><meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
            "<style>p { color: red }</style>"))
        self.assertIn("Content Security Policy", str(self.browser.console()))


if __name__ == "__main__":
    people.harness.main()
