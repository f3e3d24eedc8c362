"""What the sections on the pull overseas are made from: rows of named queries, each asked once, and their documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from graph import asking, flows, names
from graph.dates import Span
from graph.errors import NotFoundError, UsageError
from graph.flows import Areas, Flow, Row
from graph.reading import Reader
from graph.seats import Seats
from graph.section import Section
from graph.writers import Cell, Table
from ontology import CHUHAI, ID, Labels, compact, expand, vocabulary

if TYPE_CHECKING:
    from graph.opened import Opened


class Facts:
    """The graph of a moment, seen from a home area.

    Raises:
        UsageError: for a home that is no top-level area, or years that end before they begin.
        NotFoundError, AmbiguousNameError: for a home that means nothing, or several places.
    """

    def __init__(self, opened: Opened, home: str, since: int | None, until: int | None) -> None:
        if since is not None and until is not None and since > until:
            raise UsageError(f"the years {since} to {until} end before they begin; swap --since and --until")
        self.opened = opened
        self.since, self.until = since, until
        self.documents = cache(self._documents)
        slug = names.resolve(opened.graph.index, home, frozenset({"place"})).thing if "/" not in home else home
        self.areas = Areas(vocabulary(), slug.removeprefix("place/"))
        if self.areas.home not in self.areas.names:
            known = ", ".join(f"place/{name}" for name in self.areas.names)
            raise UsageError(f"'{home}' is no top-level area; one of: {known}")

    def rows(self, query: str, **values: str) -> list[Row]:
        """The rows of a named query, as text by column; "" where unbound."""
        answer = asking.ask_named(self.opened.whole, query, values)
        return [dict(zip(answer.columns, map(_text, row), strict=True)) for row in answer.rows]

    @cached_property
    def seats(self) -> Seats:
        return Seats(Reader(self.opened.whole))

    def seat(self, organization: str, when: Span) -> str:
        """The only area in which the headquarters can have been at a time; "" where there is none."""
        found = {self.areas.of(tenure.place) for tenure in self.seats.during(organization, when)}
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def between(self) -> list[Row]:
        """Events with places of departure and arrival."""
        return self.rows("events-between-places")

    @cached_property
    def personnel(self) -> list[Row]:
        return self.rows("personnel-flows")

    @cached_property
    def presences(self) -> list[Row]:
        return self.rows("market-presences")

    @cached_property
    def products(self) -> list[Row]:
        """Products with their makers and categories."""
        return self.rows("makers-of-products")

    @cached_property
    def makers(self) -> dict[str, set[str]]:
        """The makers of each product."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.products:
            found[row["product"]].add(row["maker"])
        return dict(found)

    def flows(self, kind: str) -> list[Flow]:
        """The flows of a kind that can have been in the period."""
        return [flow for flow in self._flows[kind] if flow.within(self.since, self.until)]

    @cached_property
    def _flows(self) -> Mapping[str, Sequence[Flow]]:
        return {
            "headquarters": flows.of_headquarters(self.between, self.areas),
            "people": flows.of_people(self.personnel, self.seat),
            "legal-entities": flows.of_legal_entities(self.between, self.areas, self.seat),
            "markets": flows.of_markets(self.presences, self.makers, self.areas, self.seat),
        }

    def members(self, cohort: str) -> list[str]:
        """The organizations of a cohort: of a ranking, of a criterion, or of a file with an identifier a line.

        Raises:
            NotFoundError: where there is no such list, or it has no organization.
        """
        path = Path(cohort)
        if not cohort.startswith(("ranking/", "criterion/")) and path.is_file():
            lines = dict.fromkeys(line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
            told = [line for line in lines if line and not line.startswith("#")]
            if wrong := next((line for line in told if not line.startswith("organization/")), None):
                raise UsageError(f"{cohort}: '{wrong}' is no organization; write one a line: organization/heygen")
            return [expand(line) for line in told]
        thing = cohort
        if "/" not in cohort:
            thing = names.resolve(self.opened.graph.index, cohort, frozenset({"ranking", "criterion"})).thing
        found = [row["organization"] for row in self.rows("members-of", list=thing)]
        if not found:
            raise NotFoundError(f"no organization is in '{cohort}'; give a ranking, a criterion or a file")
        return found

    def area(self, slug: str) -> NamedNode:
        """A cell for an area."""
        return NamedNode(f"{ID}place/{slug}")

    def section(
        self,
        key: str,
        title: Labels,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        base: Labels,
        notes: Sequence[Labels],
        queries: Sequence[str],
        nodes: Mapping[str, Iterable[str]],
        words: Mapping[str, Labels],
        machine_only: frozenset[str] = frozenset(),
    ) -> Section:
        """A section with its documents looked up: `nodes` are those that it rests on, by the name of their class."""
        documents: set[str] = set()
        for name, chosen in nodes.items():
            wanted = set(chosen)
            if wanted:
                documents |= {row["source"] for row in self.documents(name) if row["node"] in wanted}
        caption = self.opened.moment.words(self.opened.language)
        return Section(
            key=key,
            title=title,
            table=Table(columns, rows, caption=caption, label=self.opened.reader.label, words=words),
            base=base,
            notes=(self.definition, *notes),
            queries=(*queries, "documents-of"),
            sources=tuple(sorted(map(compact, documents))),
            coverage=self.opened.reader.latest(documents),
            machine_only=machine_only,
        )

    def _documents(self, name: str) -> list[Row]:
        """The documents that tell of the nodes of a class."""
        return self.rows("documents-of", **{"class": CHUHAI + name})

    @cached_property
    def definition(self) -> Labels:
        """What counts as overseas."""
        if self.areas.home == flows.HOME:
            return {
                "en": "Overseas: outside mainland China; Hong Kong, Macao, Taiwan count as outside.",
                "zh-hans": "海外：中国大陆以外；香港、澳门、台湾计入大陆以外。",
            }
        label = vocabulary().places[self.areas.home].label
        return {
            "en": f"Overseas: outside {label['en']}. Mainland China, Hong Kong, Macao and Taiwan are "
            "areas of their own.",
            "zh-hans": f"海外：{label['zh-hans']}以外。中国大陆、香港、澳门、台湾各为一个区域。",
        }


def _text(cell: Cell) -> str:
    return cell.value if isinstance(cell, NamedNode | Literal) else ""
