"""The command line `trinhky`: every act of the product, for scripts and for whoever keeps it running."""

from web.cli import (
    checking,
    demo,
    documents,
    finding,
    importing,
    linting,
    notices,
    operations,
    papers,
    serving,
    settings,
    units,
    users,
)
from web.cli.root import main

main.add_command(demo.demo)
main.add_command(serving.init)
main.add_command(serving.serve)
main.add_command(settings.settings)
main.add_command(units.units)
main.add_command(checking.check)
main.add_command(importing.import_text)
main.add_command(linting.lint)
main.add_command(documents.step)
main.add_command(documents.show)
main.add_command(documents.history)
main.add_command(finding.find)
main.add_command(papers.pdf)
main.add_command(operations.verify_all)
main.add_command(operations.tick_now)
main.add_command(notices.notices)
main.add_command(operations.backup)
main.add_command(users.users)

__all__ = ["main"]
