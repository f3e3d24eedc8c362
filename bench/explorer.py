"""How soon the explorer's page is drawn and what a frame of it costs, against pyvis and a bare vis-network page.

    python bench/explorer.py [--rounds N] [--nodes 1000] [--edges 2500] [--cap 120]

One made-up scale-free graph on three pages, in a headless Chromium, in turn within one run: the explorer's; plain
pyvis with its defaults; and vis-network alone with the explorer's positions, labels and arrows. Ready is the time
from the opening of the page until every node and edge has been drawn once; pyvis that is not ready at the cap
counts as the cap. A frame is one step of panning and zooming, drawn at once: the time of the script, not of the
screen. Exit code 1 when one of the aims is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from timing import judged

from graph import vendor
from graph.explorer.layout import positions
from graph.explorer.page import write
from graph.explorer.view import Fact, Node, Relation, Type, View

SOONER_THAN_PYVIS, LATER_THAN_BARE, FRAME_OF_BARE = 50.0, 1.5, 1.5
"""The explorer is ready so many times sooner than pyvis, and takes at most so many times what a bare page takes."""

CHROMIUM = "/usr/bin/chromium"
WATCH = """
(([nodes, edges]) => {
  let fills = 0, strokes = 0, begun = false;
  const count = (name, add) => {
    const own = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...given) {
      add();
      const done = own.apply(this, given);
      if (!begun && fills >= nodes && strokes >= edges) {
        begun = true; // ready is when what is being drawn is done
        setTimeout(() => { window.ready = performance.now(); });
      }
      return done;
    };
  };
  count('fill', () => { fills += 1; });
  count('stroke', () => { strokes += 1; });
})(%s);
"""
READY = """
cap => new Promise(done => {
  const look = () => (window.ready || performance.now() > cap ? done(window.ready) : setTimeout(look, 20));
  look();
})
"""
FRAMES = """
() => {
  const took = [];
  const middle = network.getViewPosition();
  for (let i = 0; i < 40; i += 1) {
    const scale = 0.3 + 0.7 * Math.abs(Math.sin(i / 6));
    const start = performance.now();
    network.moveTo({ position: { x: middle.x + 12 * i, y: middle.y + 7 * i }, scale });
    network.redraw();
    took.push(performance.now() - start);
  }
  return took.sort((a, b) => a - b)[20];
}
"""
BARE = """<!DOCTYPE html><meta charset="utf-8"><style>#canvas {{ height: 860px }}</style><div id="canvas"></div>
<script>{library}</script><script>const network = new vis.Network(document.getElementById('canvas'), {data}, {{
physics: false, layout: {{ improvedLayout: false }}, nodes: {{ shape: 'dot', size: 12 }},
edges: {{ smooth: false, arrows: 'to' }} }});</script>"""


def made_up(nodes: int, edges: int) -> View:
    """A view of a scale-free graph: each edge ends at a node as likely as it has edges already."""
    dice = Random(7)
    names = [f"organization/made-up-{number:04}" for number in range(nodes)]
    ends = list(range(2))
    pairs = {(0, 1)}
    while len(pairs) < edges:
        one, other = len(pairs) % nodes, dice.choice(ends)
        if one != other and (one, other) not in pairs:
            pairs.add((one, other))
            ends += [one, other]
    links = sorted(pairs)
    where = positions(names, [(names[a], names[b]) for a, b in links])
    look: Type = {"label": {"en": "organization"}, "shape": "dot", "color": "#0072b2"}
    relation: Relation = {
        "label": {"en": "investor"}, "caption": {"en": "invested in"}, "color": "#e69f00", "time": "event",
        "section": "money", "hub": False,
    }  # fmt: skip
    things = [
        Node(
            id=name, type="organization", label={"en": f"Made-up company {number}"}, aliases=[], keys=[], words={},
            x=where[name][0], y=where[name][1], degree=sum(number in pair for pair in links), drawn=True, left=0,
            statements=[],
        )
        for number, name in enumerate(names)
    ]  # fmt: skip
    facts = [
        Fact(
            id=f"event/{number}", relation="Investment", source=names[a], target=names[b], also=[], words={}, when={},
            bounds=("2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31"), disputed=False, derived=False,
            rumoured=False, statements=[],
        )
        for number, (a, b) in enumerate(links)
    ]  # fmt: skip
    return View(
        title="A made-up graph", language="en", as_of="", types={"organization": look},
        relations={"Investment": relation}, concepts={}, nodes=things, facts=facts, statements=[], sources=[],
        coverage={}, left={}, stories=[], moves=None, names={},
    )  # fmt: skip


def bare(view: View) -> str:
    """The page of vis-network alone."""
    nodes = [{"id": n["id"], "label": n["label"]["en"], "x": n["x"], "y": n["y"]} for n in view["nodes"]]
    edges = [{"from": f["source"], "to": f["target"]} for f in view["facts"]]
    return BARE.format(library=vendor.library(), data=json.dumps({"nodes": nodes, "edges": edges}))


def pyvis(view: View) -> str:
    """The page of pyvis with its defaults, but with its scripts inside, so that it needs no network."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=True)
    for node in view["nodes"]:
        network.add_node(node["id"], label=node["label"]["en"])
    network.edges = [{"from": f["source"], "to": f["target"], "arrows": "to"} for f in view["facts"]]
    return str(network.generate_html())


def visit(browser: Any, path: Path, size: tuple[int, int], cap: float) -> tuple[float, float]:
    """Milliseconds until a page was ready, the cap at most, and those of the median frame."""
    page = browser.new_page(viewport={"width": 1400, "height": 860})
    page.add_init_script(WATCH % json.dumps(size))
    page.route("http*://**", lambda route: route.abort())
    try:
        page.goto(path.as_uri(), wait_until="commit")
        took = page.evaluate(READY, cap * 1000)
        return (took, page.evaluate(FRAMES)) if took else (cap * 1000, float("nan"))
    finally:
        page.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the explorer's page.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--nodes", type=int, default=1_000)
    parser.add_argument("--edges", type=int, default=2_500)
    parser.add_argument("--cap", type=float, default=120, help="seconds that pyvis has")
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    view = made_up(given.nodes, given.edges)
    size = given.nodes, given.edges
    ready: dict[str, list[float]] = {"explorer": [], "bare": [], "pyvis": []}
    frame: dict[str, list[float]] = {"explorer": [], "bare": [], "pyvis": []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        paths = {name: Path(folder) / f"{name}.html" for name in ready}
        write(view, paths["explorer"])
        paths["bare"].write_text(bare(view), encoding="utf-8")
        paths["pyvis"].write_text(pyvis(view), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for number in range(given.rounds):
            for name in ("explorer", "bare", *(["pyvis"] if number == 0 else [])):
                took, each = visit(browser, paths[name], size, given.cap)
                ready[name].append(took)
                frame[name].append(each)
        browser.close()
    soon = {name: median(found) for name, found in ready.items()}
    cost = {name: median(found) for name, found in frame.items()}
    for name in ready:
        capped = " (the cap)" if soon[name] >= given.cap * 1000 else ""
        print(f"{name:10} ready {soon[name]:9.0f} ms{capped}, frame {cost[name]:6.1f} ms")
    sooner, later = soon["pyvis"] / soon["explorer"], soon["explorer"] / soon["bare"]
    frames = cost["explorer"] / cost["bare"]
    met = [
        judged("the explorer ready, times sooner", "plain pyvis", sooner, least=SOONER_THAN_PYVIS),
        judged("time until the explorer is ready", "a bare vis-network page", later, most=LATER_THAN_BARE),
        judged("script time of a frame of the explorer", "a bare vis-network page", frames, most=FRAME_OF_BARE),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
