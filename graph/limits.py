"""The limits that hold everywhere, in one table."""

from __future__ import annotations

FACT_FILE_BYTES = 4_000_000
"""A larger fact file is refused: one file is one source document."""

FACT_FILE_DEPTH = 20
"""Lists and mappings within one another deeper than this are refused: facts need five."""

SUGGESTIONS = 5
"""How many similar names an unknown name is answered with."""

EXPLORER_NODES = 500
"""How many things the explorer shows at most: the best connected ones. More do not read well in one page."""

FINDINGS = 20
"""How many findings an error prints before it points to `chuhai validate`."""

PROFILE_LINES = 3
"""How many lines of one kind a profile shows in a section unless all are asked for."""

PROFILE_REMARKS = 1
"""How many lines of one kind a profile shows of what is said in words alone, or argued."""

PROFILE_ROWS = 2
"""Over how many rows of the screen a line of a profile runs unless all is asked for."""

PROFILE_CITATIONS = 3
"""How many sources a line of a profile names unless all are asked for."""

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

CLAIM_NAMES = 8
"""How many names a checked claim lists before it says how many more there are."""

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
