"""Serve something with gunicorn for a while and let wrk ask for it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

WORKERS, CONNECTIONS, SECONDS, WARM_UP_SECONDS = 2, 8, 6, 2
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Figures:
    """What wrk measured: requests per second and milliseconds."""

    per_second: float
    p50: float
    p99: float


@contextmanager
def serving(target: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Serve a WSGI application on a free port of this machine and yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--preload", "-w", str(WORKERS), "--log-level"]
    command += ["error", "-b", f"127.0.0.1:{port}", target]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def measure(port: int, path: str, cookie: str = "") -> Figures:
    """Ask for one page as fast as it comes and return the figures; a failed request is an error."""
    _ask(port, path, cookie, WARM_UP_SECONDS)
    output = _ask(port, path, cookie, SECONDS)
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"{path} did not answer every request:\n{output}")
    return Figures(
        float(_found(r"Requests/sec:\s+([\d.]+)", output)[0]),
        _milliseconds(_found(r"50%\s+([\d.]+)(us|ms|s)", output)),
        _milliseconds(_found(r"99%\s+([\d.]+)(us|ms|s)", output)),
    )


def require_wrk() -> None:
    """End with what is missing when wrk is not on this machine."""
    if shutil.which("wrk") is None:
        raise SystemExit("bench: wrk is missing; install it (Debian: apt install wrk)")


def _ask(port: int, path: str, cookie: str, seconds: int) -> str:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    command += [f"http://127.0.0.1:{port}{path}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _found(pattern: str, text: str) -> tuple[str, ...]:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"wrk said nothing about {pattern}:\n{text}")
    return match.groups()


def _milliseconds(groups: tuple[str, ...]) -> float:
    return float(groups[0]) * UNITS[groups[1]]


def _wait(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")
