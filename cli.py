"""The command line: `chuhai`, or `python cli.py`. The commands themselves stand in graph/commands."""

from __future__ import annotations

import os
import signal
import sys
from errno import ENOSPC
from importlib import import_module
from typing import Any

import click

_ROOMS = {
    "asking": ("lookup", "path", "compare", "timeline", "why", "query", "queries"),
    "measuring": ("claims", "network", "overseas", "rankings"),
    "showing": ("explore", "report"),
    "exporting": ("export",),
    "editing": ("build", "changes", "new-source", "publish", "validate"),
    "importing": ("import", "imports", "mappings"),
    "reconciling": ("reconcile",),
    "serving": ("serve",),
    "describing": ("describe", "stats", "sources", "completion"),
}
"""Which module of graph/commands holds which commands, so that only what is called is loaded."""

_FUNCTIONS = {"import": "import_"}
"""Commands whose names are words of Python."""


class _Failure(click.ClickException):
    """An error of ours as click shows it: one clear line, and its exit code."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click declares it on the class

    def show(self, file: Any = None) -> None:
        from graph.terminal import clean

        for line in self.message.split("\n"):
            click.echo(f"chuhai: {clean(line)}", err=True)


class _Commands(click.Group):
    """Loads a command when it is called, turns errors of the library into exit codes, completes words in the shells."""

    def list_commands(self, _: click.Context) -> list[str]:
        return sorted(name for names in _ROOMS.values() for name in names)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        for room, names in _ROOMS.items():
            if name in names:
                command: click.Command = getattr(
                    import_module(f"graph.commands.{room}"), _FUNCTIONS.get(name, name.replace("-", "_"))
                )
                return command
        return None

    def main(self, *args: Any, **options: Any) -> Any:
        if sys.getfilesystemencoding() == "ascii":  # LC_ALL=C with PYTHONUTF8=0: no word and no file could be Chinese
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606
        if "_CHUHAI_COMPLETE" in os.environ:
            from graph import shells

            shells.register()
        return super().main(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        from graph.errors import ChuhaiError

        try:
            return super().invoke(ctx)
        except ChuhaiError as error:
            raise _Failure(str(error), error.exit_code) from None
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
            ctx.exit(0)
        except OSError as error:
            what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            remedy = "make room there" if error.errno == ENOSPC else "check the path and its rights"
            raise _Failure(f"{what}; {remedy}", 1) from None
        except UnicodeError as error:
            if isinstance(error, UnicodeEncodeError) and error.encoding != "utf-8":
                sign = error.object[error.start]
                raise _Failure(f"{error.encoding} has no '{sign}'; set PYTHONIOENCODING=utf-8", 2) from None
            raise _Failure(f"text that is not UTF-8 ({error}); convert it", 2) from None
        except ModuleNotFoundError as error:
            missing = str(error.name).partition(".")[0]
            raise _Failure(f"this needs {missing}; install it with: pip install 'chuhai[all]'", 1) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chuhai")
def commands() -> None:
    """Ask an evidence-first knowledge graph of the AI startup ecosystem.

    \b
    chuhai lookup Manus
    chuhai query headquarters-moves
    chuhai explore --output chuhai.html
    """
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    commands(prog_name="chuhai")
