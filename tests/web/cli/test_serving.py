"""`trinhky serve`: its health page, a port that is taken, its end; what time brings about beside it."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
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


def test_time_is_kept_beside_the_pages(instance):
    with sqlite3.connect(instance / "trinhky.db") as db:
        assert db.execute("DELETE FROM fact WHERE name = 'foreseen_on'").rowcount == 1
    db.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with subprocess.Popen(
        [sys.executable, "-c", "from web.cli import main; main()", "serve", "--port", port],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as server:
        try:
            for _ in range(200):
                time.sleep(0.2)
                with sqlite3.connect(instance / "trinhky.db", timeout=20) as db:
                    foreseen = db.execute("SELECT value FROM fact WHERE name = 'foreseen_on'").fetchall()
                db.close()
                if foreseen:
                    break
        finally:
            server.terminate()
        assert server.stderr is not None
        said = server.stderr.read()
    assert foreseen
    assert b"Error" not in said
    assert server.returncode == 0


def test_the_log_of_a_server_is_not_filled_by_the_machine_behind_each_step():
    step = (
        "import logging; from transitions import Machine; from web.cli.serving import keep_log; keep_log(); "
        "Machine(states=['a', 'b'], initial='a', transitions=[['go', 'a', 'b']]).go(); "
        "logging.getLogger('trinhky.web').info('one of ours')"
    )
    done = subprocess.run([sys.executable, "-c", step], cwd=ROOT, capture_output=True, check=True, text=True)
    assert [line.split(" ", 2)[2] for line in done.stderr.splitlines()] == ["trinhky.web INFO one of ours"]
