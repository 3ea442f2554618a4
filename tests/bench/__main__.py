"""`python -m tests.bench [steps] [http] [start] [search] [paper] [intake] [overview] [year]`: JSON, then a table."""

import sys
from importlib import import_module

from tests.bench.figures import table
from tests.servers import postgresql

PARTS = ("steps", "http", "start", "paper", "intake", "search", "overview", "year")


def main() -> None:
    wanted = sys.argv[1:] or PARTS
    figures = []
    with postgresql() as server:
        for part in wanted:
            figures += import_module(f"tests.bench.{part}").run(server)
    print(table(figures))


if __name__ == "__main__":
    main()
