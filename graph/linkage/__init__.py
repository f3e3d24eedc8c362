"""Record linkage: which things of an import are likely things that the graph knows, and why it looks so.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from graph import sources, store
>>> from graph.linkage.proposals import propose
>>> room = TemporaryDirectory()
>>> facts = Path(room.name)
>>> for name in ("sources", "register"):
...     (facts / name).mkdir()
>>> known = "things: [{id: organization/lantern, label: {en: Lantern}}]"
>>> _ = (facts / "register" / "things.yaml").write_text(known, encoding="utf-8")
>>> table = facts / "organizations.csv"
>>> _ = table.write_text("id,name_en\\n1,Lantern Inc.\\n2,Amber\\n", encoding="utf-8")
>>> done = sources.bring_file(table, "organizations", facts, source="fund")
>>> opened = store.in_memory(facts)
>>> found = propose(opened, "organization", {"organization/own-1": "fund", "organization/own-2": "fund"}, least=0.1)
>>> [(pair.new, pair.known, [each.field for each in pair.evidence]) for pair in found]
[('organization/own-1', 'organization/lantern', ['names'])]
>>> opened.close(); room.cleanup()
"""
