"""The command that serves the graph."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from graph.commands.options import on_graph
from graph.errors import ChuhaiError

if TYPE_CHECKING:
    from graph.opened import Opened


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; this machine only.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 for a free one.")
@click.option("--log-queries", is_flag=True, help="Log what is asked too, not only the paths.")
@on_graph(at_a_moment=False)
def serve(opened: Opened, host: str, port: int, log_queries: bool) -> None:
    """Serve the graph for reading, until interrupted: SPARQL, pages and data for every thing, and an interface.

    /sparql is the endpoint; a browser that asks for it comes to the editor at /sparql/editor, with the named queries.

    Requests are logged on stderr. Queries run in processes of their own, within the limits shown at /limits. What was
    opened is served on, whatever becomes of it; SIGHUP has the newest state taken. Pages are in the language of --lang
    where their address names none. See docs/serving.md.

    \b
    chuhai serve
    chuhai serve --port 0 --log-queries
    """
    import logging

    if sys.platform == "win32":
        raise ChuhaiError("serving needs limits on processes, which Windows has not; use its Subsystem for Linux")
    if sys.platform != "linux":
        click.echo(
            "chuhai: the memory of a request is not limited here, as it is on Linux; serve only yourself", err=True
        )
    from graph.server.run import serve as serve_graph

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    logging.getLogger("chuhai.server").setLevel(logging.INFO)
    said, language = ("serving at {}", "en") if opened.language == "en" else ("服务地址：{}", "zh")
    serve_graph(opened.graph, host, port, lambda address: click.echo(said.format(address)), log_queries, language)
