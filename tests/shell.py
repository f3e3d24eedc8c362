"""Runs the command line: in this process, as a process of its own, or on a pseudo-terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import termios
import unicodedata
from pathlib import Path
from select import select
from typing import Any

import pytest
from click import Command, Context
from click.testing import CliRunner, Result

from cli import commands

ROOT = Path(__file__).resolve().parents[1]
CHUHAI = [sys.executable, "-m", "cli"]
COMMANDS: dict[str, Command] = {
    name: command
    for name in commands.list_commands(Context(commands))
    if (command := commands.get_command(Context(commands), name))
}


def examples(command: Command) -> list[str]:
    """The calls that the help of a command shows, without a file for what they print."""
    shown = (line.strip() for line in (command.help or "").partition("\b\n")[2].splitlines())
    return [line.partition(" > ")[0] for line in shown if line.startswith("chuhai ")]


def invoke(facts: Path, *arguments: str, stdin: str | bytes | None = None, **environment: str | None) -> Result:
    """Run a command in this process; whatever goes wrong is an exit code and one line, no exception."""
    result = CliRunner().invoke(
        commands, arguments, stdin, {"CHUHAI_FACTS": str(facts), **environment}, prog_name="chuhai"
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def start(facts: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process; `environment` adds to this one's."""
    environment = {**os.environ, "CHUHAI_FACTS": str(facts), **options.pop("environment", {})}
    return subprocess.run(
        [*CHUHAI, *arguments], env=environment, capture_output=True, check=False, timeout=120, **options
    )


def on_terminal(facts: Path, *arguments: str, columns: int = 80, typed: str = "", **environment: str) -> str:
    """What a command writes to a terminal of so many columns; with `typed`, a person sits there and types it."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, columns))
    process = subprocess.Popen(
        [*CHUHAI, *arguments],
        stdin=slave if typed else subprocess.DEVNULL,
        stdout=slave,
        stderr=slave if typed else subprocess.PIPE,
        env={**os.environ, "CHUHAI_FACTS": str(facts), "TERM": "xterm", **environment},
    )
    os.close(slave)
    if typed:
        os.write(master, typed.encode())
    written = b""
    try:
        while data := os.read(master, 65536):
            written += data
    except OSError:  # the other side is closed
        pass
    finally:
        os.close(master)
        process.communicate(timeout=120)
    assert process.returncode == 0
    return written.decode().replace("\r\n", "\n")


def steering(text: str) -> list[str]:
    """Characters other than the end of a line that a terminal would act upon."""
    bidi = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return [c for c in text if (unicodedata.category(c) in ("Cc", "Zl", "Zp") and c != "\n") or c in bidi]


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody and without anybody's settings."""
    who = [f"{role}_{what}" for role in ("GIT_AUTHOR", "GIT_COMMITTER") for what in ("NAME", "EMAIL")]
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **dict.fromkeys(who, "nobody")}
    subprocess.run(["git", "-C", str(folder), *arguments], env={**os.environ, **quiet}, check=True, capture_output=True)


def commit(folder: Path) -> None:
    """Commit all that stands in a folder, which becomes a repository where it is none."""
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "as it is")


def failure(result: Result | subprocess.CompletedProcess[bytes], exit_code: int) -> str:
    """The one line by which a command says why it failed; it wrote nothing else."""
    if isinstance(result, Result):
        code, out, err = result.exit_code, result.stdout, result.stderr
    else:
        code, out, err = result.returncode, result.stdout.decode(), result.stderr.decode()
    assert code == exit_code, err
    assert out == ""
    assert "Traceback" not in err
    assert err.startswith("chuhai: ") and err.endswith("\n") and err.count("\n") == 1, err
    return err


_STUB = """#!{python}
import json, os, sys
sys.path.insert(0, {root!r})
if "_CHUHAI_COMPLETE" in os.environ:
    from cli import commands
    commands(prog_name="chuhai")
with open({log!r}, "a", encoding="utf-8") as log:
    print(json.dumps(sys.argv[1:]), file=log)
"""
_STARTED = {
    "bash": (["bash", "--rcfile", "{room}/.rc", "-i"], ".rc", "bind 'set enable-bracketed-paste off'\nPS1='ready> '\n"),
    "zsh": (["zsh", "-i"], ".zshrc", "unsetopt global_rcs\nPS1='ready> '\n"),
}


def stub(room: Path) -> Path:
    """A `chuhai` in `room/bin` that completes as ours does, and otherwise writes its arguments to `room/log`."""
    program = room / "bin" / "chuhai"
    program.parent.mkdir()
    (room / "here").mkdir()
    program.write_text(_STUB.format(python=sys.executable, root=str(ROOT), log=str(room / "log")), encoding="utf-8")
    program.chmod(0o755)
    return program


_PROMPT = re.compile(rb"ready> (\x1b\[[?\w]*|\x1b=)*$")


def typed(shell: str, room: Path, facts: Path, *lines: str, patience: float = 60) -> list[list[str]]:
    """The arguments that `chuhai` gets from lines typed into a real shell with its completion loaded, tabs and all.

    Args:
        shell: "bash" or "zsh".
        room: an empty folder; the shell works in `room/here`.
        facts: a folder of facts.
        lines: each is typed once the shell is ready for it.
        patience: seconds after which a shell that shows nothing more, and is not ready either, fails the test.
    """
    command, rc, setup = _STARTED[shell]
    here, log, program = room / "here", room / "log", stub(room)
    (room / rc).write_text(setup + invoke(facts, "completion", shell).stdout, encoding="utf-8")
    path = {"HOME": str(room), "ZDOTDIR": str(room), "PATH": f"{program.parent}:{os.environ['PATH']}"}
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (50, 200))
    process = subprocess.Popen(
        [part.format(room=room) for part in command],
        stdin=slave, stdout=slave, stderr=slave, cwd=here, start_new_session=True,
        env={**os.environ, **path, "CHUHAI_FACTS": str(facts), "TERM": "xterm", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    os.close(slave)
    shown, entered = b"", ""
    pending = [*lines, "exit"]
    try:
        while True:
            if not select([master], [], [], patience)[0]:
                process.kill()
                pytest.fail(f"{shell} shows nothing for {patience} s, after {entered!r} but {shown.decode()!r}")
            if not (data := os.read(master, 65536)):
                break
            shown += data
            if pending and _PROMPT.search(shown):
                entered = pending.pop(0)
                os.write(master, entered.encode() + b"\r")
                shown = b""
    except OSError:  # the shell has ended
        pass
    finally:
        os.close(master)
        process.wait(timeout=60)
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
