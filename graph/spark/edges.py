"""The edges of a projection, streamed from the store into Spark, and its nodes numbered there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from graph.arrays import stream
from graph.projections import Projection
from graph.spark.session import Room
from graph.store import Graph

if TYPE_CHECKING:
    pass

_COLUMNS = "source string, target string, disputed boolean, happened boolean"


class Edges:
    """The edges of a projection in Spark.

    `told` are all edges: `source`, `target`, `disputed`, `happened`. `nodes` are the things at the ends of those that
    happened: `id`, `side` (a place in `sides`) and `name`. A thing on both sides of a bipartite network is two nodes.
    """

    def __init__(self, room: Room, graph: Graph, projection: Projection) -> None:
        from pyspark.sql import functions as f

        self._room = room
        self.told = room.spark.read.csv(_written(room, graph, projection), schema=_COLUMNS, sep="\t").cache()
        held = self.told.where("happened")
        second = 1 if projection.bipartite else 0
        ends = held.select(f.lit(0).alias("side"), f.col("source").alias("name")).union(
            held.select(f.lit(second).alias("side"), f.col("target").alias("name"))
        )
        if not projection.sides:
            ends = ends.withColumn("side", f.split("name", "/")[0])
        else:
            ends = ends.withColumn("side", f.element_at(f.array(*map(f.lit, projection.sides)), f.col("side") + 1))
        numbered = ends.distinct().withColumn("id", f.monotonically_increasing_id())
        numbered.write.parquet(f"{room.folder}/nodes")  # written down, since the numbers would be others next time
        self.nodes = room.spark.read.parquet(f"{room.folder}/nodes")
        self._sides = projection.sides
        self._done: set[str] = set()

    def numbered(self, undisputed: bool = False, turned: bool = False) -> str:
        """The address of the edges that happened as "source target" a line, both as ids.

        Args:
            undisputed: without those that are disputed.
            turned: against their direction.
        """
        from pyspark.sql import functions as f

        held = self.told.where("happened and not disputed" if undisputed else "happened")
        ends = []
        for end, side in (("source", 0), ("target", 1)):
            nodes = self.nodes.where(f.col("side") == self._sides[side]) if len(self._sides) == 2 else self.nodes
            ends.append(nodes.select(f.col("id").alias(f"{end}_id"), f.col("name").alias(end)))
        coded = held.join(ends[0], "source").join(ends[1], "target")
        first, last = ("target_id", "source_id") if turned else ("source_id", "target_id")
        address = f"{self._room.folder}/edges-{int(undisputed)}{int(turned)}"
        if address in self._done:
            return address
        self._done.add(address)
        coded.select(f.concat_ws(" ", first, last)).write.text(address)
        return address


def _written(room: Room, graph: Graph, projection: Projection) -> str:
    """The address of the edges as tab-separated text; names of things hold neither tabs nor quotes."""
    with tempfile.TemporaryDirectory(prefix="chuhai-edges-") as folder:
        path = Path(folder) / "told.tsv"
        with path.open("w", encoding="utf-8") as file:
            for source, target, disputed, happened in stream(graph, projection.ties()):
                file.write(f"{source}\t{target}\t{str(disputed).lower()}\t{str(happened).lower()}\n")
        return room.bring(path, "told.tsv")
