"""The product on waitress, for the bench: `python -m tests.bench.serve_product URL FOLDER`."""

import sys
import threading
from pathlib import Path

from waitress.server import create_server

from web import create_app
from web.after_start import load_the_rest
from web.memory import share_heap
from workflow.engine import Engine
from workflow.settings import Settings


def main() -> None:
    settings = Settings(instance=Path(sys.argv[2]), database_url=sys.argv[1], argon2="cheapest")
    app = create_app(Engine(settings))
    share_heap()  # as `serve` does, and what follows likewise
    server = create_server(app, host="127.0.0.1", port=0, threads=settings.threads)
    print(server.effective_port, flush=True)
    threading.Thread(target=load_the_rest, args=(app, threading.Event()), daemon=True).start()
    app.extensions["glances"].start()
    server.run()


if __name__ == "__main__":
    main()
