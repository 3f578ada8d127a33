"""The command line."""

from tjqa.cli.main import main as main
