"""What ranks nodes, or divides a network into components, by GraphX; the same answers as graph.measured.

Only the rows that are asked for come back from Spark.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.measured import Base, Divided, Row
from graph.measures import MEASURES, PARTITIONS, Measure, chosen
from graph.networks import projected
from graph.projections import Projection
from graph.spark.edges import Edges
from graph.spark.graphx import TOLERANCE
from graph.spark.graphx import Graph as GraphX
from graph.spark.session import Room, room
from graph.store import Graph

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

RANKING = ("degree", "indegree", "outdegree", "pagerank", "cheirank")
"""The measures that GraphX has."""


@dataclass(frozen=True)
class Ranked:
    """The ranks of nodes by one measure, best first; without intervals.

    `moved` is how many nodes have another rank, or none, without disputed edges.
    """

    base: Base
    measure: Measure
    moved: int
    kernel: str
    listed: list[Row] = field(repr=False)
    draws = 0
    pivots = None
    z = None
    by_chance = 0.0

    def rows(self, side: str = "", top: int | None = None) -> list[Row]:
        """The rows that were asked for when it was made."""
        return self.listed


def measure(graph: Graph, projection: str, name: str, side: str = "", top: int = 20) -> Ranked:
    """Rank the nodes of a network.

    Args:
        graph: an open graph.
        projection: a key of projections.PROJECTIONS that is no one-mode projection.
        name: one of RANKING.
        side: one side or kind of node only; all when "".
        top: how many rows of each.

    Raises:
        UsageError: for what is unknown or does not fit, or is not done in Spark.
        ChuhaiError: where Spark is missing or fails.
    """
    network = _projection(projection)
    if name in {*MEASURES, *PARTITIONS} - {*RANKING}:
        raise UsageError(
            f"Spark does not count {name}; one of {', '.join((*RANKING, 'components'))}, or --engine local"
        )
    by = chosen(name, network)
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    with room() as spark:
        edges = Edges(spark, graph, network)
        base = _base(spark, edges, network)
        _check(side, base)
        scored = _scored(spark, edges, name)
        settled = _scored(spark, edges, name, undisputed=True) if base.disputed else scored
        within = Window.partitionBy("side").orderBy(f.round("score", 12).desc())
        ranked = scored.withColumn("rank", f.rank().over(within))
        other = settled.withColumn("rank", f.rank().over(within))
        other = other.select("id", f.col("score").alias("settled"), f.col("rank").alias("settled_rank"))
        both = ranked.join(other, "id", "left").cache()
        moved = both.where("settled_rank is null or settled_rank <> rank").count()
        place = f.row_number().over(Window.partitionBy("side").orderBy("rank", "name"))
        best = both.withColumn("place", place).where(f.col("place") <= top)
        found = {(row["side"], row["place"]): row for row in best.collect()}
        kernel = f"GraphX of Spark {spark.spark.version}, tolerance {TOLERANCE:g}"
    sides = [one for one in base.sizes if side in ("", one)]
    rows = [found[key] for one in sides for key in sorted(k for k in found if k[0] == one)]
    listed = [
        Row(r["side"], r["rank"], r["name"], r["score"], r["settled"], r["settled_rank"], None, None, None, None)
        for r in rows
    ]
    return Ranked(base, by, moved, kernel, listed)


def components(graph: Graph, projection: str, side: str = "", top: int = 20) -> Divided:
    """Divide a network into its weakly connected components, the largest first, nodes by their degree.

    Args, raises: as `measure`; `top` counts the rows of all.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    network = _projection(projection)
    with room() as spark:
        edges = Edges(spark, graph, network)
        base = _base(spark, edges, network)
        _check(side, base)
        kernel = f"GraphX of Spark {spark.spark.version}"
        graphx = GraphX(spark, edges.numbered())
        part = graphx.components().select("id", f.col("score").alias("part"))
        settled = base.components
        if base.disputed:
            settled = GraphX(spark, edges.numbered(undisputed=True)).components().select("score").distinct().count()
        degree = graphx.degree()
        nodes = edges.nodes.join(part, "id").join(degree, "id")
        sizes = nodes.groupBy("part").agg(f.count("*").alias("size"), f.min("name").alias("first"))
        number = f.row_number().over(Window.orderBy(f.desc("size"), "first"))
        numbered = nodes.join(sizes.withColumn("number", number), "part")
        listed = numbered if not side else numbered.where(f.col("side") == side)
        best = listed.orderBy("number", f.desc("score"), "name").limit(top)
        rows = [(row["number"], row["size"], row["side"], row["name"]) for row in best.collect()]
    return Divided(
        base=base,
        kind="components",
        seed=0,
        resolution=1.0,
        parts=base.components,
        settled_parts=settled,
        modularity=None,
        settled=None,
        agreement=None,
        kernel=kernel,
        rows=rows,
    )


def _projection(name: str) -> Projection:
    network = projected(name)
    if network.shared:
        raise UsageError(f"{name} is not made in Spark: its ties are as many as pairs of investors; use --engine local")
    return network


def _check(side: str, base: Base) -> None:
    if side and side not in base.sizes:
        raise UsageError(f"there is no side '{side}' here; one of: {', '.join(base.sizes)}")


def _base(spark: Room, edges: Edges, projection: Projection) -> Base:
    from pyspark.sql import functions as f

    def counted(condition: str) -> Column:
        return f.count(f.when(f.expr(condition), True))

    told = edges.told.agg(
        counted("happened").alias("events"),
        counted("happened and disputed").alias("disputed"),
        counted("not happened").alias("lapsed"),
    ).collect()[0]
    sizes = {row["side"]: row["count"] for row in edges.nodes.groupBy("side").count().collect()}
    pairs = edges.told.where("happened").select("source", "target").distinct().count()
    parts, largest = 0, 0
    if told["events"]:
        found = GraphX(spark, edges.numbered()).components().groupBy("score").count()
        parts, largest = found.agg(f.count("*"), f.max("count")).collect()[0]
    return Base(
        projection=projection,
        sizes={side: sizes.get(side, 0) for side in projection.sides or sorted(sizes)},
        ties=pairs if projection.sides else told["events"],
        events=told["events"],
        disputed=told["disputed"],
        lapsed=told["lapsed"],
        components=parts,
        giant=largest / sum(sizes.values()) if sizes else 0.0,
    )


def _scored(spark: Room, edges: Edges, name: str, undisputed: bool = False) -> DataFrame:
    """Columns id, side, name and score of every node at an edge."""
    from pyspark.sql import functions as f

    graphx = GraphX(spark, edges.numbered(undisputed, turned=name == "cheirank"))
    by = "pagerank" if name == "cheirank" else name
    scores: DataFrame = getattr(graphx, by)()
    if by == "pagerank":
        total = scores.agg(f.sum("score")).collect()[0][0]
        scores = scores.withColumn("score", f.col("score") / total)
    present = graphx.degree().select("id")
    return edges.nodes.join(present, "id").join(scores, "id", "left").fillna(0.0, ["score"])
