"""A mail server of a few lines: it takes one mail per line, or says no where it is told to."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread


class SmtpServer(socketserver.ThreadingTCPServer):
    """Keeps what it takes in `taken`; `answers` replaces its answer to a verb."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answers: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), Line)
        usual = {"HELLO": "220 here", "DATA": "354 go on", "END": "250 taken", "QUIT": "221 bye"}
        self.answers = {**usual, **answers}
        self.taken: list[bytes] = []


class Line(socketserver.StreamRequestHandler):
    """One conversation; the answer `hang up` ends it without a word."""

    server: SmtpServer

    def handle(self) -> None:
        verb = "HELLO"
        while (answer := self.server.answers.get(verb, "250 fine")) != "hang up":
            self.wfile.write(f"{answer}\r\n".encode())
            if verb == "DATA" and answer.startswith("354"):
                self.server.taken.append(self._mail())
                verb = "END"
            elif line := self.rfile.readline():
                verb = line.decode().split(maxsplit=1)[0].upper()
            else:
                return

    def _mail(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines)


@contextmanager
def running_smtp_server(**answers: str) -> Iterator[SmtpServer]:
    """Run the server on a free port until the block ends."""
    with SmtpServer(answers) as server:
        thread = Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
