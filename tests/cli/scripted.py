"""A provider that answers from a script: what no sandbox would say, and what it was asked."""

import http.server
import threading

import harness


class Script:
    """A server that gives one scripted answer after the other, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        script = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get("Content-Length", 0))
                self.rfile.read(length)
                script.asked.append((self.command, self.path, self.headers.get("Authorization", "")))
                status, headers, body = script.answers.pop(0)
                if status is None:  # no answer: the connection ends
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/jira"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(harness.PATIENCE)
