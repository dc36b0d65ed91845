"""A real nginx on loopback, as an ordinary user, in a directory of its own.

Its ports are sockets that are bound here and handed over, as an older nginx hands them to a newer
one: no port is guessed, and whoever connects before nginx is up just waits for it.
"""

import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile

PATIENCE = 60
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin:/sbin")

CONFIG = """
daemon off;
worker_processes 1;
pid {home}/pid;
error_log {home}/error.log;
events {{ worker_connections 128; }}
http {{
  log_format protocol '$server_protocol $request_method $request_uri $status';
  access_log {home}/access.log protocol;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  ssl_certificate {home}/certificate.pem;
  ssl_certificate_key {home}/key.pem;
  {servers}
}}
"""

SERVER = """
  server {{
    listen 127.0.0.1:{port} ssl http2;
    {locations}
  }}
"""


class Port:
    """Bound from the beginning, so that others can be told of it."""

    def __init__(self):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(64)
        self.number = self.socket.getsockname()[1]


def ordinary_user():
    """Whom nginx runs as where the tests run as root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


class Nginx:
    """Serves `servers`, a list of (Port, the locations of it), with a certificate for 127.0.0.1."""

    def __init__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="applink-nginx-"))
        self.process = None
        self._make_certificate()

    @property
    def ca_file(self):
        return self.home / "certificate.pem"

    def _make_certificate(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-keyout", self.home / "key.pem", "-out", self.ca_file, "-days", "2", "-subj", "/CN=nginx",
             "-addext", "subjectAltName=IP:127.0.0.1"],
            check=True, capture_output=True, timeout=PATIENCE)

    def start(self, servers):
        assert NGINX, "nginx is missing: scripts/install-dependencies test"
        text = "".join(SERVER.format(port=port.number, locations=locations) for port, locations in servers)
        (self.home / "nginx.conf").write_text(CONFIG.format(home=self.home, servers=text))
        numbers = [port.socket.fileno() for port, _ in servers]
        user = ordinary_user()
        if user:
            for path in (self.home, *self.home.iterdir()):
                os.chown(path, user.pw_uid, user.pw_gid)
        self.process = subprocess.Popen(
            [NGINX, "-p", self.home, "-e", self.home / "error.log", "-c", self.home / "nginx.conf"],
            pass_fds=numbers, env={"NGINX": "".join(f"{number};" for number in numbers)},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **({"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}))
        for port, _ in servers:
            port.socket.close()

    def stop(self):
        """What it has served, a line a request; it is complete, for nginx has written it and gone."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)
        log = self.home / "access.log"
        lines = log.read_text().splitlines() if log.exists() else []
        self.process = None
        return lines

    def why(self):
        log = self.home / "error.log"
        return log.read_text() if log.exists() else "nginx said nothing"

    def remove(self):
        self.stop()
        shutil.rmtree(self.home)
