/* The map of moves in the page: it draws the facts that are seen, and what is picked on it is told in the panel. */

let moveMap = null;
let mapped = null; // the moves that it draws

function mapData() {
  const { land, points, arcs, unplaced } = data.moves;
  const moveOf = ([number, who]) => {
    const { id, bounds, told, status, disputed, rumoured } = data.facts[number];
    const last = bounds[1] || told.map(({ published }) => published).filter(Boolean).sort((a, b) => a - b)[0] || 0;
    const shown = day => (day ? dayText(day) : '');
    return { id, things: [who], first: shown(bounds[0]), last: shown(last), status, disputed, rumoured };
  };
  const both = number => ({ en: data.text(number, 'en'), 'zh-hans': data.text(number, 'zh-hans') });
  return {
    land, unplaced,
    points: points.map(([id, name_, x, y, area]) => ({ id, label: both(name_), x, y, area: area === 1 })),
    arcs: arcs.map(([layer, source, target, moves]) => ({ layer, source, target, moves: moves.map(moveOf) })),
  };
}

/* A neighbourhood or a path narrows the map too; the core does not. */
function onMap(id) {
  const fact = data.facts[data.fact(id)];
  const narrow = state.focus || state.path.length === 2;
  return seen.holds[fact.number] !== NOT && !state.relations.includes(fact.relation)
    && (!narrow || [fact.source, fact.target].some(number => seen.things.has(number)));
}

function followMap(before) {
  if (view() !== 'map' || !data.moves) return;
  const isNew = mapped !== data.moves;
  if (isNew) {
    const drawing = svg('svg', { class: 'moves' });
    $('map').replaceChildren(drawing);
    mapped = data.moves;
    moveMap = Moves.map(drawing, mapData(), {
      onPick: ids => choose(ids.filter(isOne).join(',')), onLayers: layers => go({ layers: layers.join(',') }, false),
      name: number => text(number),
    });
  }
  moveMap.update({ language: state.language, visible: onMap, layers: state.layers.split(',') });
  if (before.view !== state.view || isNew) requestAnimationFrame(() => moveMap.fit());
}
