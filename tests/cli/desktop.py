"""A desktop session of a test's own: Debian's dbus-daemon and gnome-keyring-daemon, or what stands in
their places and misbehaves."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

import d_bus

PATIENCE = 60  # seconds until a test gives up; nothing ever waits this long
SECRETS = "org.freedesktop.secrets"
SERVICE = "org.freedesktop.Secret.Service"
PASSWORD = b"of the user's login"

# Neither services to start nor addresses that others know.
BUS_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Desktop:
    """The directories, bus and keyring of one user's session. `environment` is what its programs see."""

    def __init__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="applink-desktop-"))
        self.socket = self.home / "bus"
        self.bus = None
        self.keyring = None
        self.environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.socket}"}
        for name in ("XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            directory = self.home / name.lower()
            directory.mkdir(mode=0o700)
            self.environment[name] = str(directory)

    def remove(self):
        self.stop_keyring()
        self.stop_bus()
        shutil.rmtree(self.home, ignore_errors=True)

    def start_bus(self):
        configuration = self.home / "bus.conf"
        configuration.write_text(BUS_CONFIGURATION.format(socket=self.socket))
        self.bus = subprocess.Popen(
            ["dbus-daemon", "--config-file", configuration, "--nofork", "--print-address"],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.bus.stdout.readline().startswith(b"unix:"), "dbus-daemon does not start"

    def stop_bus(self):
        self._stop(self.bus)
        self.bus = None
        self.socket.unlink(missing_ok=True)

    def start_keyring(self, password=PASSWORD):
        """Open, with its own collection, as after a login; with no password locked, or without one."""
        words = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        self.keyring = subprocess.Popen(
            words if password is None else [*words, "--unlock"], env=self.environment,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.keyring.stdin.write(password or b"")
        self.keyring.stdin.close()
        with self.connection() as bus:
            bus.wait_for_owner(SECRETS)

    def stop_keyring(self):
        self._stop(self.keyring)
        self.keyring = None

    def empty_keyring(self):
        """As somebody does who forgot its password; the keyring must not run."""
        shutil.rmtree(self.home / "xdg_data_home" / "keyrings")

    def secrets(self, attributes):
        """The items that another program finds in the open keyring: (path, secret, content type)."""
        service = (SECRETS, "/org/freedesktop/secrets", SERVICE)
        with self.connection() as bus:
            found, _ = bus.call(*service, "SearchItems", "a{ss}", attributes)
            _, session = bus.call(*service, "OpenSession", "sv", "plain", ("s", ""))
            (read,) = bus.call(*service, "GetSecrets", "aoo", found, session)
        return [(item, bytes(secret), kind) for item, (_, _, secret, kind) in read.items()]

    def connection(self):
        return d_bus.Connection(self.socket, PATIENCE)

    @staticmethod
    def _stop(process):
        if process is None:
            return
        process.kill()
        process.wait(PATIENCE)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


class stopped:
    """A process that does not run as long as this lasts."""

    def __init__(self, process):
        self.process = process

    def __enter__(self):
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGCONT)


class SilentBus:
    """Takes connections at a path, and never says a word."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(path))
        self.socket.listen()

    def close(self):
        self.socket.close()


class FakeService(threading.Thread):
    """A Secret Service of few words, which answers as `answers` says: a member's name and a function
    of the service and the call. What is not there gets no answer."""

    def __init__(self, desktop, answers):
        super().__init__(daemon=True)
        self.connection = desktop.connection()
        self.connection.own(SECRETS)
        self.answers = answers
        self.calls = []
        self.start()

    def run(self):
        try:
            while True:
                message = self.connection.receive()
                if message.kind != d_bus.CALL:
                    continue
                self.calls.append(message.member)
                if message.member in self.answers:
                    self.answers[message.member](self.connection, message)
        except (EOFError, OSError, ValueError):
            pass  # the bus is gone, or the test is over

    def close(self):
        with contextlib.suppress(OSError):  # it, or the bus, was gone before
            self.connection.socket.shutdown(socket.SHUT_RDWR)
        self.join(PATIENCE)
        self.connection.close()


def open_session(connection, call):
    """Secrets unencrypted: what the specification calls the algorithm "plain"."""
    if call.body[0] != "plain":
        connection.refuse(call, "org.freedesktop.DBus.Error.NotSupported")
    else:
        connection.reply(call, "vo", ("s", ""), "/session")


def read_alias(**paths):
    return lambda connection, call: connection.reply(call, "o", paths.get(call.body[0], "/"))


def all_properties(connection, call):
    """Of a collection that is not locked; of the service, which is not asked for any of these."""
    connection.reply(call, "a{sv}", {"Locked": ("b", False), "Items": ("ao", []), "Label": ("s", "fake")})


def prompt_first(connection, call):
    """A new item when the user was asked, as KeePassXC does."""
    connection.reply(call, "oo", "/", "/prompt")


def no_items(connection, call):
    connection.reply(call, "aoao", [], [])


def one_item(connection, call):
    connection.reply(call, "aoao", ["/collection/item"], [])


def refuse(connection, call):
    connection.refuse(call, "org.freedesktop.DBus.Error.AccessDenied")


def reply_nothing(connection, call):
    connection.reply(call)


def die(connection, call):
    connection.socket.shutdown(socket.SHUT_RDWR)


def completed(dismissed):
    """Prompt: its window is there, and closed at once."""

    def answer(connection, call):
        connection.reply(call)
        connection.send(d_bus.Message(d_bus.SIGNAL, {
            d_bus.PATH: "/prompt", d_bus.INTERFACE: "org.freedesktop.Secret.Prompt",
            d_bus.MEMBER: "Completed", d_bus.SIGNATURE: "bv"}, (dismissed, ("o", "/"))))

    return answer


UNLOCKED = {"OpenSession": open_session, "GetAll": all_properties, "SearchItems": no_items,
            "ReadAlias": read_alias(default="/collection")}


def can_run():
    """Why there is no keyring to test with; empty where there is."""
    for program in ("dbus-daemon", "gnome-keyring-daemon"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    return ""


class DesktopTest(unittest.TestCase):
    """A test with a session, whose bus runs."""

    def have_desktop(self):
        desktop = Desktop()
        self.addCleanup(desktop.remove)
        desktop.start_bus()
        return desktop
