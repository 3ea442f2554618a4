"""The command line `trinhky`: every act of the product, for scripts and for whoever keeps it running."""

from web.cli.root import main

__all__ = ["main"]
