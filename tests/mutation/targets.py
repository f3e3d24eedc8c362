"""Which tests speak of which modules."""

_RANKINGS = ("ranked",)

TARGETS: dict[str, tuple[str, ...]] = {
    "graph/dates.py": ("dates",),
    "queries/binder.py": ("binder",),
    "graph/names.py": ("forms",),
    "graph/spelling.py": ("spelling",),
    "graph/naming.py": ("forms",),
    "graph/kernels.py": ("kernels",),
    "graph/measures.py": ("measures",),
    "graph/resampling.py": ("resampling",),
    "graph/migration.py": ("migration",),
    "graph/gravity.py": ("migration",),
    "graph/concentration.py": ("concentration",),
    "graph/figures.py": ("figures",),
    "graph/flows.py": ("flow_rows",),
    "graph/seats.py": ("seats",),
    "graph/overseas/__init__.py": ("seen",),
    "graph/overseas/facts.py": ("seen",),
    "graph/overseas/limits.py": ("seen",),
    "graph/overseas/markets.py": ("markets",),
    "graph/overseas/movement.py": ("movement",),
    "graph/overseas/places.py": ("places",),
    "graph/overseas/relocation.py": ("relocation",),
    "graph/overseas/ties.py": ("ties",),
    "graph/rankings/facts.py": _RANKINGS,
    "graph/rankings/one.py": _RANKINGS,
    "graph/rankings/overview.py": _RANKINGS,
    "graph/values.py": ("values", "choose"),
    "graph/evidence.py": ("evidence",),
    "graph/resolve.py": ("choose", "incompatible", "resolve"),
    "graph/derive.py": ("derive",),
    "graph/resolved.py": ("resolved",),
    "graph/contradictions.py": ("contradicted",),
}
"""The modules in which wrong changes are made, and the test files, by their name after test_, that must notice."""
