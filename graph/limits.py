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

PROFILE_LINES = 5
"""How many lines of one kind a profile shows in a section unless all are asked for."""

PROFILE_SOURCES = 3
"""How many sources a profile lists in full unless all are asked for."""
