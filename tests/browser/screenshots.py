"""Pictures of the pages that a person meets during a login: light and dark, narrow and wide.

    screenshots.py FOLDER
"""

import pathlib
import subprocess
import sys
import unittest
import urllib.parse

import people
from people import harness
from webdriver import ENTER, TAB

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (400, 1400)]
LARGEST = 60 * 1024  # bytes: pictures are for documents, not for posters


class Screenshots(people.BrowserTest):
    folder = pathlib.Path()

    def take(self, name):
        """The page in each look; as high as it needs, and not less than a window is."""
        for scheme, width in LOOKS:
            self.browser.look(scheme, width, height=500)
            height = self.browser.run("return document.documentElement.scrollHeight")
            self.browser.look(scheme, width, height)
            picture = self.folder / f"{name}-{scheme}-{width}.png"
            picture.write_bytes(self.browser.screenshot())
            subprocess.run(["optipng", "-quiet", "-o2", "-strip", "all", picture], check=True)
            self.assertLess(picture.stat().st_size, LARGEST, picture)

    def test_a_login_that_is_allowed(self):
        process, page = self.start_login()
        self.browser.open(page)
        self.browser.wait_for_heading(people.LOG_IN)
        self.browser.type("alice" + TAB + "wrong" + ENTER)
        self.browser.wait_for("the message", lambda: self.browser.text("[role=alert]"))
        self.take("login")
        self.browser.type("alice" + TAB + "alice" + ENTER)
        self.browser.wait_for_heading(people.ALLOW)
        self.browser.type(TAB)
        self.take("authorize")
        self.browser.type(ENTER)
        self.browser.wait_for_heading("You allowed the login")
        self.take("allowed")
        self.assertEqual(self.outcome(process).status, harness.DONE)
        self.browser.open(page)
        self.browser.wait_for_heading("This request for access is not known")
        self.take("too-late")

    def test_a_login_that_is_denied(self):
        callback = f"http://127.0.0.1:{people.free_port()}/back"
        process, page = self.start_login("--callback-url", callback)
        foreign = urllib.parse.urlencode({"oauth_token": "foreign", "oauth_verifier": "aB3xY9"})
        self.browser.open(f"{callback}?{foreign}")
        self.browser.wait_for_heading("This answer belongs to another login")
        self.take("another-login")
        self.log_in_by_keyboard(page)
        self.browser.type(TAB + TAB + ENTER)
        self.browser.wait_for_heading("You denied the login")
        self.take("denied")
        self.assertEqual(self.outcome(process).status, harness.DENIED)

    def test_a_code(self):
        page = self.applink("login", "prod", "--oob", "--start").out.strip()
        self.log_in_by_keyboard(page)
        self.browser.type(TAB + ENTER)
        self.browser.wait_for_heading("Access Approved")
        self.take("code")


if __name__ == "__main__":
    Screenshots.folder = pathlib.Path(sys.argv.pop(1)).resolve()
    Screenshots.folder.mkdir(parents=True, exist_ok=True)
    unittest.main()
