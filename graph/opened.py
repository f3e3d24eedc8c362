"""An open graph at a moment and in a language, with everything that can be asked of it.

This is what `graph.open` returns in Python and what every command of the command line works on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph import limits, profile
from graph import store as stores
from graph.errors import UsageError
from graph.folder import FOLDER
from graph.moment import NOW, Moment, moment
from graph.profile import Profile
from graph.reading import Reader
from graph.store import Graph
from ontology import expand

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset

    from graph.findings import Checked
    from graph.paths import Step
    from graph.profile import Line
    from graph.reading import Source
    from graph.report.parts import Report
    from graph.section import Section
    from graph.thresholds import Criterion
    from graph.why import Reason
    from graph.writers import Table


class Opened:
    """An open graph. Names may be given in any script, or as `kind/slug`."""

    def __init__(self, graph: Graph, language: str = "en", at: Moment = NOW) -> None:
        self.graph = graph
        self.language = "zh-hans" if language.startswith("zh") else language
        self.moment = at

    @cached_property
    def reader(self) -> Reader:
        """Reads single nodes as they were at the moment; what reads the past is loaded only for it."""
        if self.moment == NOW:
            return Reader(self.graph, self.language)
        from graph.past import PastReader

        return PastReader(self.graph, self.language, self.moment)

    @cached_property
    def whole(self) -> Graph:
        """The whole graph of the moment, for SPARQL."""
        if self.moment == NOW:
            return self.graph
        from graph.whole import past

        return past(self.graph, self.moment)

    def close(self) -> None:
        """Let go of the files."""
        self.graph.close()
        if "whole" in self.__dict__:
            self.whole.close()

    def lookup(self, name: str) -> Profile:
        """What is known of a thing.

        Raises:
            NotFoundError, AmbiguousNameError: for a name that means nothing, or several things.
        """
        return profile.profile(self.reader, profile.find(self.graph, name))

    def query(self, request: str, parameters: Mapping[str, str] | None = None, is_text: bool = False) -> Table:
        """The rows of a named query, or of a SPARQL text.

        Args:
            request: a name of the catalogue; what has a brace, a space or a line in it is a text.
            parameters: of the named query, by name.
            is_text: whether it surely is a text.

        Raises:
            UsageError: for an unknown query, a wrong parameter, or an error in the text.
        """
        from graph import asking

        if not is_text and not any(c in request for c in "{ \n"):
            answer = asking.ask_named(self.whole, request, parameters or {}, self.language)
        elif parameters:
            raise UsageError("only named queries take parameters; see `chuhai queries`")
        else:
            answer = asking.ask(self.whole, request, self.language)
        answer.caption = "\n".join(line for line in (self.moment.words(self.language), answer.caption) if line)
        return answer

    def network(self, name: str = "whole", disputed: bool = True) -> nx.Graph[str]:
        """A network, frozen; nodes are `kind/slug`. See `graph.networks.drawn` for its attributes.

        Raises:
            UsageError: for an unknown projection.
        """
        from graph.networks import project

        return project(self.whole, name, disputed)

    def overseas(
        self,
        only: str | None = None,
        home: str = "place/mainland-china",
        since: int | None = None,
        until: int | None = None,
        cohort: str | None = None,
    ) -> dict[str, Section]:
        """The pull overseas, measured, section by section; see `graph.overseas.overseas`."""
        from graph.overseas import overseas

        return overseas(self, only, home, since, until, cohort)

    def report(self) -> Report:
        """The article's argument in its steps, beside what the graph gives, as parts; see `graph.report.parts`."""
        from graph.report.gather import gather

        return gather(self)

    def measure(
        self,
        network: str = "whole",
        measure: str = "degree",
        side: str = "",
        top: int | None = None,
        draws: int | None = None,
        seed: int = 1,
        resolution: float = 1.0,
        engine: str = "local",
    ) -> Table:
        """What ranks the nodes of a network, or divides it into parts, as a table.

        Args:
            network: a key of `graph.projections.PROJECTIONS`.
            measure: a key of `graph.measures.MEASURES`, or one of its PARTITIONS.
            side: one side or kind of node only; all, one after another, when "".
            top: how many rows of each side at most, or of all parts.
            draws: bootstrap samples and rewired networks; see `graph.measured.measure`.
            seed: of all that is drawn.
            resolution: of communities.
            engine: "local", or "spark" for networks larger than memory; see `graph.spark`.

        Raises:
            UsageError: for what is unknown, or does not fit.
            ChuhaiError: where Spark is asked for and missing, or fails.
        """
        from graph import measured, standings
        from graph.measures import PARTITIONS

        when = self.moment.words(self.language)
        if engine == "spark":
            from graph.spark import ranking

            if measure == "components":
                parts = ranking.components(self.whole, network, side, top or limits.SPARK_ROWS)
                table = standings.parts(parts, self.language, when, side, top)
            else:
                ranked = ranking.measure(self.whole, network, measure, side, top or limits.SPARK_ROWS)
                table = standings.ranking(ranked, self.language, when, side, top)
        elif measure in PARTITIONS:
            divided = measured.divide(self.whole, network, measure, resolution, draws, seed)
            table = standings.parts(divided, self.language, when, side, top)
        else:
            found = measured.measure(self.whole, network, measure, draws, seed)
            table = standings.ranking(found, self.language, when, side, top)
        table.label = self.reader.label
        return table

    def measure_by_year(
        self, network: str, measure: str = "degree", side: str = "", top: int | None = None, seed: int = 1
    ) -> Table:
        """How the ranks in a network changed by year, as a table of ranks.

        Raises:
            UsageError: for what is unknown or does not fit, a network without dates, or a graph as of a day.
        """
        from graph import series, standings

        if self.moment.as_of is not None:
            raise UsageError("a series by year has its own days; leave --as-of out")
        found = series.by_year(self.whole, network, measure, seed)
        table = standings.by_year(found, self.language, self.moment.words(self.language), side, top)
        table.label = self.reader.label
        return table

    def rankings(
        self, name: str | None = None, only: str | None = None, by: Criterion | None = None
    ) -> dict[str, Section]:
        """Lists measured, section by section: all, those of a publisher, or one; see `graph.rankings.rankings`."""
        from graph.rankings import rankings
        from graph.thresholds import BIG_TECH

        return rankings(self, name, only, by or BIG_TECH)

    def paths(
        self, start: str, end: str, steps: int = limits.PATH_STEPS, count: int = 3, hubs: bool = False
    ) -> list[list[Step]]:
        """The shortest and next-shortest paths between two things; see `graph.paths.paths`."""
        from graph.paths import paths

        ends = [expand(profile.find(self.graph, name).thing) for name in (start, end)]
        return paths(self.reader, ends[0], ends[1], steps, count, hubs)

    def compare(self, names: Sequence[str]) -> list[Profile]:
        """The profiles of several things.

        Raises:
            UsageError: for fewer than two.
        """
        if len(names) < 2:
            raise UsageError("a comparison needs two names or more")
        return [self.lookup(name) for name in names]

    def timeline(self, name: str) -> tuple[list[Line], list[Source]]:
        """What happened to a thing, or in a place, in order of time; and the sources that the lines number."""
        from graph import timeline

        thing = profile.find(self.graph, name).thing
        if thing.startswith("place/"):
            return timeline.of_place(self.reader, expand(thing))
        gathered = self.lookup(thing)
        return timeline.of_thing(gathered), gathered.sources

    def timeline_of_place(self, name: str) -> tuple[list[Line], list[Source]]:
        """What happened in a place and in the places within it."""
        from graph import names

        return self.timeline(names.resolve(self.graph.index, name, frozenset({"place"}), surely=False).thing)

    def label(self, thing: str) -> str:
        """The label of `kind/slug`."""
        return self.reader.label(expand(thing))

    def why(self, subject: str, name: str) -> list[Reason]:
        """What every source says of a property, and by which rule one value holds; see `graph.why.why`.

        `subject` is a thing by any name, or a node such as event/manus-hq-to-singapore.
        """
        from graph.why import why

        node = expand(subject)
        if "/" in subject and self.reader.accounts(node):
            return why(self.reader, [node], name)
        return why(self.reader, profile.circle(self.reader, expand(profile.find(self.graph, subject).thing)), name)

    def claims(self, name: str = "", source: str = "", verdict: str = "") -> list[Checked]:
        """Every reported aggregate beside what the graph gives, and what cannot all be true; see `graph.claims`.

        Args:
            name: only of a thing by any name, or of a node such as aggregate/aicpb-china-big-tech.
            source: only what this document says, as its slug.
            verdict: a key of `graph.findings.VERDICTS`.

        Raises:
            NotFoundError, AmbiguousNameError: for a name or source that means nothing, or several things.
        """
        from graph.claims import chosen, claims

        reader = Reader(self.whole, self.language)
        thing = name if "/" in name and reader.node(expand(name)) else name and profile.find(self.graph, name).thing
        return chosen(claims(self.whole, reader), reader, thing, source, verdict)

    def dataset(self) -> Dataset:
        """The graph as an rdflib Dataset on the same store: named graphs, for reading.

        Raises:
            UsageError: for a graph behind a SPARQL service, which rdflib reaches by itself.
        """
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(OxigraphStore(store=self.whole.store), default_union=False)

    def __repr__(self) -> str:
        return f"<chuhai graph of {self.graph.facts or self.graph.place}>"


def open_graph(
    facts: str | Path | None = None,
    as_of: str | None = None,
    known_by: str | None = None,
    lang: str = "en",
    store: str | Path | None = None,
) -> Opened:
    """Open the graph of a folder of facts, or of a store.

    Args:
        facts: the folder; the packaged facts by default.
        store: instead of facts, the folder of a build, or the http address of a SPARQL 1.1 service.
        as_of: what held on that day, month or year.
        known_by: by the documents published by then.
        lang: "en" or "zh".

    Raises:
        UsageError: for what is no date or language, or facts and a store at once.
        DataError, ChuhaiError: if the facts are broken or missing, or the store cannot be read.
    """
    if lang not in ("en", "zh", "zh-hans"):
        raise UsageError(f"'{lang}' is no language of the interface; en or zh")
    when = moment(as_of, known_by)
    if store is None:
        return Opened(stores.open_graph(Path(facts) if facts else FOLDER), lang, when)
    if facts:
        raise UsageError("facts or a store, not both: a store holds the facts that it was built from")
    if "://" not in str(store):
        return Opened(stores.open_build(Path(store)), lang, when)
    from graph.remote import open_service

    return Opened(open_service(str(store)), lang, when)
