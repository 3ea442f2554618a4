"""`trinhky serve`: its health page, a port that is taken, its end."""

import json
import os
import socket
import subprocess
import sys
import urllib.request

from tests.web.cli.console import ROOT


def test_serve_answers_its_health_page_refuses_a_taken_port_and_ends_when_told(instance):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-c", "from web.cli import main; main()", "serve", "--port", port, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            assert server.stdout is not None
            first = b"".join(iter(server.stdout.readline, b"}\n"))
            assert f"http://127.0.0.1:{port}".encode() in first
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/suc-khoe", timeout=20) as page:
                assert json.load(page)["status"] == "ok"
                assert page.headers["Server"] is None
            taken = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
            assert (taken.returncode, taken.stdout) == (1, b"")
            assert "--port" in taken.stderr.decode()
        finally:
            server.terminate()
    assert server.returncode == 0
