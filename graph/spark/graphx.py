"""GraphX on a file of numbered edges: what it counts and scores for each node, as a table of id and score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.spark.session import Room

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

TOLERANCE = 1e-8
"""PageRank goes on until no node changes by more; of scores that sum to the number of nodes."""

_DAMPING = 0.85


class Graph:
    """A graph of GraphX; parallel edges count each.

    Args:
        room: of the session.
        edges: address of a folder of text: "source target" a line, two numbers.
    """

    def __init__(self, room: Room, edges: str) -> None:
        self._room = room
        self._parts = 0
        level = room.jvm.org.apache.spark.storage.StorageLevel.MEMORY_AND_DISK()
        spark = room.spark._jsc.sc()
        count = int(spark.defaultParallelism())
        loader = room.jvm.org.apache.spark.graphx.GraphLoader
        self._operations = loader.edgeListFile(spark, edges, False, count, level, level).ops()

    def degree(self) -> DataFrame:
        """The number of edges at each node, either way; a loop counts twice."""
        return self._table(self._operations.degrees())

    def indegree(self) -> DataFrame:
        """The number of edges that lead to each node; nodes without one are left out."""
        return self._table(self._operations.inDegrees())

    def outdegree(self) -> DataFrame:
        """The number of edges that lead from each node; nodes without one are left out."""
        return self._table(self._operations.outDegrees())

    def pagerank(self) -> DataFrame:
        """PageRank along the edges, damping 0.85; scores sum to the number of nodes. See kernels.pagerank."""
        return self._table(self._operations.pageRank(TOLERANCE, 1 - _DAMPING).vertices())

    def components(self) -> DataFrame:
        """The least id in the weakly connected component of each node."""
        return self._table(self._operations.connectedComponents().vertices())

    def _table(self, vertices: Any) -> DataFrame:
        """Pairs of GraphX, written as text "(id,score)", read as columns `id` (long) and `score` (double)."""
        from pyspark.sql import functions as f

        self._parts += 1
        address = f"{self._room.folder}/vertices-{id(self)}-{self._parts}"
        vertices.saveAsTextFile(address)
        pair = f.split(f.regexp_replace("value", r"[()]", ""), ",")
        read = self._room.spark.read.text(address)
        return read.select(pair[0].cast("long").alias("id"), pair[1].cast("double").alias("score"))
