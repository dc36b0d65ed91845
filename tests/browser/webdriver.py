"""Headless Chromium, driven by WebDriver over HTTP: as much of a client as these tests need.

Nothing sleeps: what takes time is asked about until it is so, or a deadline has passed.
"""

import base64
import contextlib
import http.client
import json
import os
import pathlib
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import time

PATIENCE = 60  # seconds until a test gives up; nothing ever waits this long
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # W3C WebDriver, section 12
TAB, ENTER = "\ue004", "\ue007"
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1", "--disable-lcd-text",
    # Whatever the browser wants to know of the world: there is nobody.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class WebDriverError(Exception):
    pass


class Driver:
    """A running chromedriver, which finds a port by itself and says which."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="applink-browser-")
        self.process = subprocess.Popen(
            ["/usr/bin/chromedriver", "--port=0"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": self.home, "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        self.port = int(self._line_with(rb"successfully on port (\d+)"))

    def _line_with(self, pattern):
        deadline = time.monotonic() + PATIENCE
        said = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not (found := re.search(pattern, said)):
                if not selector.select(max(0, deadline - time.monotonic())):
                    raise WebDriverError(f"chromedriver did not start: {said!r}")
                piece = os.read(self.process.stdout.fileno(), 4096)
                if not piece:
                    raise WebDriverError(f"chromedriver ended: {said!r}")
                said += piece
        return found.group(1)

    def stop(self):
        """Ends it with every browser that it started: they are of its process group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            text = json.dumps(body or {}) if method == "POST" else None
            connection.request(method, path, text, {"Content-Type": "application/json"})
            answer = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(answer, dict) and "error" in answer:
            raise WebDriverError(f"{answer['error']}: {answer['message']}")
        return answer


class Browser:
    """One browser with a profile of its own, and the one page that it shows."""

    def __init__(self, driver):
        self.driver = driver
        self.profile = tempfile.mkdtemp(prefix="profile-", dir=driver.home)
        options = {"binary": CHROMIUM, "args": [*CHROMIUM_FLAGS, f"--user-data-dir={self.profile}"]}
        capabilities = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        }
        session = driver.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.path = f"/session/{session['sessionId']}"

    def close(self):
        self.call("DELETE", "")

    def call(self, method, path, body=None):
        return self.driver.call(method, self.path + path, body)

    # The page.

    def open(self, url):
        self.call("POST", "/url", {"url": url})

    def reload(self):
        self.call("POST", "/refresh")

    @property
    def url(self):
        return self.call("GET", "/url")

    @property
    def title(self):
        return self.call("GET", "/title")

    def run(self, script, *arguments):
        """What the body of a function in the page returns."""
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def text(self, selector):
        element = self.call("POST", "/element", {"using": "css selector", "value": selector})
        return self.call("GET", f"/element/{element[ELEMENT]}/text")

    def wait_for(self, what, condition):
        """The first true value of `condition`; a page that is just being replaced counts as none."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(WebDriverError):
                if value := condition():
                    return value
        raise WebDriverError(f"never came: {what}; the page is {self.url} ({self.title})")

    def wait_for_heading(self, heading):
        self.wait_for(f"the heading {heading!r}", lambda: self.text("h1") == heading)

    def focused(self):
        """The name or the text of what has the keyboard."""
        return self.run("const e = document.activeElement; return e.name || e.textContent")

    def type(self, keys):
        """Key by key, to whatever has the keyboard."""
        actions = []
        for key in keys:
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self.call("POST", "/actions", {"actions": [keyboard]})

    def pasted(self):
        """What the clipboard holds, as the page that is shown would get it."""
        self.devtools("Browser.grantPermissions", permissions=["clipboardReadWrite"])
        return self.call("POST", "/execute/async", {
            "script": "navigator.clipboard.readText().then(arguments[0], (e) => arguments[0](String(e)))",
            "args": []})

    def console(self):
        """What the browser complained of since it was asked last: errors, refused resources."""
        return self.call("POST", "/se/log", {"type": "browser"})

    # How it is looked at.

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def look(self, scheme, width, height=800):
        """A window of this size, for a person who prefers this colour scheme."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height,
                      deviceScaleFactor=1, mobile=False)
        preference = {"name": "prefers-color-scheme", "value": scheme}
        self.devtools("Emulation.setEmulatedMedia", features=[preference])

    def screenshot(self):
        """The window as PNG."""
        return base64.b64decode(self.call("GET", "/screenshot"))


AUDIT = pathlib.Path(__file__).with_name("audit.js").read_text(encoding="utf-8")


def audit(browser):
    """What is wrong with the page as it is shown now, in sentences."""
    return browser.run(AUDIT)
