"""The product on waitress, for the bench: `python -m tests.bench.serve_product URL FOLDER`."""

import sys
from pathlib import Path

from waitress.server import create_server

from web import create_app
from web.memory import settle_memory
from workflow.engine import Engine
from workflow.settings import Settings


def main() -> None:
    settings = Settings(instance=Path(sys.argv[2]), database_url=sys.argv[1], argon2="cheapest")
    app = create_app(Engine(settings))
    settle_memory()  # as `serve` does
    app.extensions["glances"].start()  # likewise
    server = create_server(app, host="127.0.0.1", port=0, threads=settings.threads)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main()
