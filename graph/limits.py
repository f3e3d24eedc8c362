"""The limits that hold everywhere, in one table."""

from __future__ import annotations

import re
from pathlib import Path

FACT_FILE_BYTES = 4_000_000
"""A larger fact file is refused: one file is one source document."""

FACT_FILE_DEPTH = 20
"""Lists and mappings within one another deeper than this are refused: facts need five."""

WATCHED_FILES = 5_000
"""Of more sources, a change within one is seen only by `chuhai build`; coming, going and replacement always are."""

SUGGESTIONS = 5
"""How many similar names an unknown name is answered with."""

EXPLORER_NODES = 330
"""How many things a page of the explorer holds at most: the most central ones, or the nearest to what was asked."""

EXPLORER_DRAWN = 130
"""How many of them are drawn at first; the others come by expanding."""

EXPLORER_PLACE_NEIGHBOURS = 12
"""How many neighbours a place must have to be drawn at first, unless somebody moved there."""

EXPLORER_NODE_BYTES = 800
"""How much text about one thing a page holds, beyond its edges to other things on the page."""

EXPLORER_WHOLE_BYTES = 60_000
"""How much of it, beyond those edges, where one has asked the explorer of `chuhai serve` for that thing."""

EXPLORER_MORE = 30
"""How many further neighbours of a thing the explorer of `chuhai serve` brings at a time, the most central first."""

EXPLORER_FOUND = 9
"""How many things a search of the explorer of `chuhai serve` brings from the store."""

FINDINGS = 20
"""How many findings an error prints before it points to `chuhai validate`."""

FINDINGS_LISTED = 1_000
"""How many findings about imports `chuhai validate` lists; it says how many more there are."""

PROFILE_SCREEN = 60
"""How many rows of 80 columns a profile fills at most unless all is asked for."""

COMPARED_LINES = 3
"""How many lines of one kind a comparison shows of each thing."""

PROFILE_ROWS = 2
"""Over how many rows of the screen a line of a profile runs unless all is asked for."""

PROFILE_CITATIONS = 2
"""How many sources a line of a profile names unless all are asked for."""

MOMENTS = 8
"""How many other moments of a build (--as-of, --known-by) are kept beside it: those that were asked for last."""

NEAR_NAMES = 2_000
"""How many names with one piece in common are compared with a text that is no name."""

BEGUN_NAMES = 100
"""How many names that begin with a text are looked at for whether it stands for one of them."""

NAME_WORDS = 12
"""In a text of so many words or Chinese characters other names are looked for."""

PATH_STEPS = 4
"""How many steps a path may have unless more are allowed."""

PATH_THINGS = 5_000
"""How many things a search for paths reads at most."""

COMPLETIONS = 100
"""How many values a shell is offered for a word that is being typed: the ones most often told of."""

COMPLETION_ROWS = 20_000
"""How many rows of the index are read at most to complete a word."""

HTML_ROWS = 200
"""How many rows of a table a notebook shows at most."""

PAGE_NEIGHBOURS = 12
"""How many neighbours the page of a thing draws around it; it says how many more there are."""

PAGE_TIMELINE = 30
"""How many events and situations the timeline of a page shows."""

PAGE_LISTED = 100
"""How many things a page lists that are joined to a thing, use a concept, or bear a name; it says how many more."""

NETWORK_EXACT = 10_000
"""Up to how many ties betweenness is exact; above, it is estimated from NETWORK_PIVOTS nodes."""

NETWORK_PIVOTS = 500
"""From how many drawn nodes shortest paths are counted in a larger network."""

NETWORK_HARMONIC = 100_000
"""Above how many ties harmonic closeness is refused."""

NETWORK_DRAWS = 100
"""How many bootstrap samples and rewired networks stand behind rank intervals and z, unless told."""

NETWORK_DRAWN = 1_000_000
"""Up to how many nodes times ties these are drawn unasked for betweenness and harmonic closeness."""

NETWORK_YEARS = 10
"""How many years a series of ranks shows."""

SPARK_ROWS = 1_000
"""How many rows of each side come back from Spark unless told."""

LINKAGE_BEARERS = 50
"""In how many names a word may stand at most for things to be compared because they share it."""

CLAIM_NAMES = 8
"""How many names a checked claim lists before it says how many more there are."""

STORE_SECONDS = 120
"""How long a remote store may take for one answer."""

STORE_ANSWER_BYTES = 500_000_000
"""A longer answer of a remote store is refused."""

STORE_TRIPLES = 5_000_000
"""Of a larger remote store no copy is kept here: SPARQL reaches it, lookups do not."""

STORE_GRAPHS = 10_000
"""With more graphs than this a text that names graphs is not sent to a remote store: it has to name each of them."""

PUBLISH_SILENT_SECONDS = 300
"""After how long without a word from a publication another one takes its place."""

SERVE_WORKERS = 3
"""How many processes answer the requests to `chuhai serve`; one is kept from queries, paths and other moments."""

SERVE_WAITING = 32
"""How many requests wait for one of them at most; further ones are told to come again (503)."""

SERVE_WAITING_SECONDS = 20
"""How long a request waits for one of them; then it is told to come again (503)."""

SERVE_SECONDS = 10
"""How long a request may be worked on before its process is ended (504)."""

SERVE_MEMORY_BYTES = 1_000_000_000
"""How much memory a process of the server may take beyond what it has once the graph is open."""

SERVE_ANSWER_BYTES = 16_000_000
"""A larger answer is refused whole (413); none is cut."""

SERVE_ANSWER_ROWS = 100_000
"""An answer of more rows is refused whole (413); none is cut."""

SERVE_BODY_BYTES = 1_000_000
"""A larger body of a request is refused (413)."""

SERVE_URL_BYTES = 16_000
"""A longer address of a request is refused (414)."""

SERVE_CONNECTIONS = 200
"""How many connections the server holds at once; further ones are told to come again (503)."""

SERVE_UNREAD_BYTES = 200_000_000
"""When clients have not read more than this, the one that has not read for longest is left."""

SERVE_STALLED_SECONDS = 30
"""After how long without progress a client that does not send its request, or does not read its answer, is left."""

SERVE_LISTED = 200
"""How many entries a list of the server's interface holds at most; the rest comes page by page."""

IMPORT_CELL_CHARACTERS = 20_000
"""A row with a longer cell is rejected."""

IMPORT_SAMPLE_BYTES = 65_536
"""From so much of a table its delimiter, and its encoding where it is not UTF-8, are told."""

IMPORT_WORKBOOK_BYTES = 500_000_000
"""A workbook that unpacks to more is refused, for it is read whole: a CSV of it is not."""

IMPORT_QUOTED_CHARACTERS = 1_000_000
"""A quoted cell that runs on longer has lost its closing quotation mark: the table is refused."""


def table() -> list[tuple[str, int, str]]:
    """Every limit: its name, its value, and what it means."""
    source = Path(__file__).read_text(encoding="utf-8")
    found = re.findall(r'^([A-Z_]+) = ([\d_]+)\n"""(.*?)"""', source, re.MULTILINE | re.DOTALL)
    return [(name, int(value), " ".join(words.split())) for name, value, words in found]
