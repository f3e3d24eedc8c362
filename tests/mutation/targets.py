"""Which tests speak of which modules."""

_NETWORKS = ("measured", "networks")
_OVERSEAS = ("overseas",)
_RANKINGS = ("rankings",)
_RESOLUTION = ("resolve",)

TARGETS: dict[str, tuple[str, ...]] = {
    "graph/dates.py": ("dates",),
    "queries/binder.py": ("binder",),
    "graph/names.py": ("forms",),
    "graph/spelling.py": ("spelling",),
    "graph/naming.py": ("forms",),
    "graph/kernels.py": ("kernels",),
    "graph/measures.py": ("measures",),
    "graph/resampling.py": _NETWORKS,
    "graph/migration.py": ("migration",),
    "graph/gravity.py": ("migration",),
    "graph/concentration.py": ("concentration",),
    "graph/overseas/markets.py": _OVERSEAS,
    "graph/overseas/movement.py": _OVERSEAS,
    "graph/overseas/places.py": _OVERSEAS,
    "graph/overseas/relocation.py": _OVERSEAS,
    "graph/overseas/ties.py": _OVERSEAS,
    "graph/rankings/facts.py": _RANKINGS,
    "graph/rankings/one.py": _RANKINGS,
    "graph/rankings/overview.py": _RANKINGS,
    "graph/values.py": ("values", "choose"),
    "graph/evidence.py": _RESOLUTION,
    "graph/resolve.py": ("choose", *_RESOLUTION),
    "graph/derive.py": ("derive",),
    "graph/resolved.py": _RESOLUTION,
    "graph/contradictions.py": ("contradictions",),
}
"""The modules in which wrong changes are made, and the test files, by their name after test_, that must notice."""
