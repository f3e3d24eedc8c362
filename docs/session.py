"""Types the commands of a page one after another, in a folder of their own, so that the page shows what they really do.

Each function returns a block of Markdown: what was typed, and what came back. What fails ends cog.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import generate  # noqa: F401  # makes a data folder where there is none
from click.testing import CliRunner, Result

from cli import commands

_SHOWN = "http://127.0.0.1:8000"
"""The address that pages show for that of the server, which takes a free port here."""

_VERSION = re.compile(r"\b(numpy|scipy|igraph) \d[\d.]*\d")
"""What computed a table, with its version, which differs from one machine to another."""


Path(os.environ["CHUHAI_DATA"]).mkdir(parents=True, exist_ok=True)
_ROOM = tempfile.TemporaryDirectory(prefix="pages-", dir=os.environ["CHUHAI_DATA"])
_BUILT = Path(_ROOM.name) / "stores"
"""What any page has built, so that another page with the same facts need not."""


class Session:
    """A folder for what a page makes, a data folder, so that what it imports is in no other page, and a language."""

    def __init__(self, language: str = "en") -> None:
        room = Path(tempfile.mkdtemp(dir=_ROOM.name))
        self.folder, self._data = room / "here", room / "data"
        self.folder.mkdir()
        _link(Path(os.environ["CHUHAI_DATA"]) / "stores", self._data / "stores")
        _link(_BUILT, self._data / "stores")
        self._environment = {"CHUHAI_DATA": str(self._data), "CHUHAI_LANG": language}
        self._names: dict[str, object] = {}

    def run(self, *lines: str, first: int | None = None) -> str:
        """Commands, each with its output.

        Args:
            lines: what is typed into a shell.
            first: how many lines of each output are shown; "…" stands for what follows.
        """
        shown: list[str] = []
        for line in lines:
            shown += [f"$ {line}", *_first(_VERSION.sub(r"\1", self._output(line)), first), ""]
        return "\n".join(["```console", *shown[:-1], "```"])

    def _output(self, line: str) -> str:
        if not line.startswith("chuhai ") or set("|>") & set(line):
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", line],
                cwd=self.folder, env={**os.environ, **self._environment}, stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
            return done.stdout
        words = shlex.split(line)[1:]
        if words[0] == "import":
            words.append("--no-build")  # the next command builds, unless another page has built the same
        if words[0] == "imports":
            self._invoke("build")  # what the import would have done
        result = self._invoke(*words)
        if result.exit_code:
            raise RuntimeError(f"{line}: exit code {result.exit_code}\n{result.output}") from result.exception
        _link(self._data / "stores", _BUILT)
        return result.output

    def _invoke(self, *words: str) -> Result:
        """A command in this process, since starting one takes longer than most answers."""
        with contextlib.chdir(self.folder):
            return CliRunner().invoke(commands, words, env=self._environment, prog_name="chuhai")

    def file(self, name: str, text: str, language: str = "text") -> str:
        """A file, written as the page shows it."""
        (self.folder / name).write_text(text.strip("\n") + "\n", encoding="utf-8")
        return f"```{language}\n{text.strip()}\n```"

    def shown(self, name: str, first: int | None = None) -> str:
        """A file that a command has written."""
        text = (self.folder / name).read_text(encoding="utf-8")
        return "\n".join(["```text", *_first(text, first), "```"])

    def python(self, code: str) -> str:
        """Python code, and what it prints, if anything; names stay for the next block."""
        written = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(written), _environment(self._environment):
            exec(compile(code, "page", "exec"), self._names)  # noqa: S102
        printed = f"\n\n```text\n{written.getvalue().rstrip()}\n```" if written.getvalue() else ""
        return f"```python\n{code.strip()}\n```{printed}"

    def served(self, *lines: str) -> str:
        """`chuhai serve`, and what is typed while it runs."""
        process = subprocess.Popen(
            [sys.executable, "-m", "cli", "serve", "--port", "0"],
            env={**os.environ, **self._environment}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert process.stdout
        try:
            said = process.stdout.readline().rstrip()
            address = re.findall(r"http://[\d.:]+", said)[0]
            shown = ["$ chuhai serve &", said]
            for line in lines:
                shown += ["", f"$ {line}", *_first(self._output(line.replace(_SHOWN, address)))]
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
        return "\n".join(["```console", *shown, "```"]).replace(address, _SHOWN)


def _link(stores: Path, into: Path) -> None:
    """Bring builds that are not there yet, without copying them."""
    for build in stores.glob("*/[!.]*"):
        target = into / build.relative_to(stores)
        if not target.exists():
            shutil.copytree(build, target, copy_function=os.link)


def _first(text: str, count: int | None = None) -> list[str]:
    """The first lines of a text, and "…" where there are more."""
    lines = text.rstrip().splitlines()
    return lines if count is None or len(lines) <= count else [*lines[:count], "…"]


@contextlib.contextmanager
def _environment(changed: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(changed)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
