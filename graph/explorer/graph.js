/* The drawing: vis-network shows what is seen where Python placed it; neighbourhoods and paths are arranged here. */

const MOVE = 'HeadquartersMove';
const FEW_EDGES = 900; // more than so many are drawn without arrowheads
const paint = { lit: new Set(), hovered: -1, spots: new Map(), at: number => paint.spots.get(number) ?? place(number) };
const place = number => [data.things[number].x, data.things[number].y];

function colours() {
  const css = getComputedStyle(document.documentElement);
  for (const key of ['ink', 'soft', 'faint', 'ground', 'paper', 'warn']) paint[key] = css.getPropertyValue('--' + key).trim();
  paint.face = getComputedStyle(document.body).fontFamily;
  paint.dark = css.getPropertyValue('--scheme').trim() === 'dark';
}

/* A colour of the ontology as it can be told from the ground. */
function tint(colour) {
  if (!paint.dark) return colour;
  const parts = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
  const light = (0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2]) / 255;
  const share = Math.max(0, 0.62 - light);
  const mixed = parts.map(part => Math.round(part + (255 - part) * share));
  return '#' + mixed.map(part => (Number.isNaN(part) ? 136 : part).toString(16).padStart(2, '0')).join('');
}

/* How an edge looks, on the drawing and in a picture of it. */
function edgeLook(edge) {
  const facts = edge.facts.filter(number => seen.holds[number] !== NOT).map(number => data.facts[number]);
  const rumoured = facts.every(fact => fact.rumoured);
  const disputed = facts.some(fact => fact.disputed);
  const moves = edge.relation === MOVE;
  const lit = !paint.lit.size || paint.litEdges.has(edge.number);
  const sure = facts.some(fact => seen.holds[fact.number] === CERTAINLY) ? 1 : 0.5;
  const strength = moves ? 3.4 : Math.min(3.2, 1 + 0.35 * Math.log2(facts.length)) + (paint.lit.size && lit ? 0.8 : 0);
  const calm = data.relations[edge.relation].hub && !moves ? 0.26 : 0.5;
  const opacity = moves || (paint.lit.size && lit) ? 0.95 : calm;
  return {
    colour: rumoured ? '#8a8f98' : tint(data.relations[edge.relation].color), width: strength,
    opacity: lit ? opacity * sure : 0.06, dashes: disputed ? [2, 5] : rumoured ? [9, 6] : false,
    mark: disputed ? '≠' : rumoured ? '?' : '', arrow: moves || (paint.lit.size && lit) || seen.edges.length < FEW_EDGES,
    moves, lit,
  };
}

/* What stands out: the thing, fact or source that is looked at, with what belongs to it. */
function light() {
  const { thing, fact, source, several } = chosen();
  const told = source !== undefined ? data.sources[source].statements.flatMap(number => data.statements[number].of) : [];
  const facts = new Set([...several, ...fact !== undefined ? [fact] : [], ...told.map(each => each.fact)]);
  const things = [...told.map(each => each.thing), thing,
    ...[...facts].flatMap(number => (number === undefined ? [] : [data.facts[number].source]))];
  const edges = seen.edges.filter(edge =>
    edge.source === thing || edge.target === thing || edge.facts.some(number => facts.has(number)));
  paint.litEdges = new Set(edges.map(({ number }) => number));
  paint.lit = new Set([...things.filter(number => number !== undefined), ...edges.flatMap(edge => [edge.source, edge.target])]);
}

/* Where things stand: round the one in focus, along a path, else where the layout put them. */
function arrange() {
  paint.spots = new Map();
  if (seen.path.length) {
    seen.path.forEach((number, i) => paint.spots.set(number, [i * 210, (i % 2) * 70]));
  } else if (state.focus) {
    const centre = data.thing(state.focus);
    const near = data.neighbours(centre);
    const rank = number => {
      const [first] = near.get(number) ?? [];
      return first === undefined ? 99 : Object.keys(data.relations).indexOf(data.edges[first].relation);
    };
    const rim = [...seen.things].filter(number => near.has(number)).sort((a, b) => rank(a) - rank(b) || a - b);
    const rest = [...seen.things].filter(number => number !== centre && !near.has(number));
    paint.spots.set(centre, [0, 0]);
    const [wide, high] = ring(rim, 240, 160);
    const angle = number => {
      const parent = [...data.neighbours(number).keys()].find(other => near.has(other) && paint.spots.has(other));
      const [x, y] = paint.spots.get(parent) ?? [1, 0];
      return Math.atan2(y, x);
    };
    const turned = rest.map(number => [angle(number), number]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    ring(turned.map(([, number]) => number), wide + 130, high + 90, turned[0]?.[0] ?? 0);
  }
}

/* Numbers on ellipses about the middle, on several in turn where they are many; how wide and high the outermost is. */
function ring(numbers, wide, high, start = -Math.PI / 2) {
  const count = numbers.length;
  const rows = Math.min(4, Math.ceil(count / 14));
  const grown = Math.max(1, (count * 26) / (2 * Math.PI * high * rows));
  const far = row => grown + (row * 80) / high;
  numbers.forEach((number, i) => {
    const turn = start + (2 * Math.PI * i) / count;
    const by = far(i % rows);
    paint.spots.set(number, [Math.round(Math.cos(turn) * wide * by), Math.round(Math.sin(turn) * high * by)]);
  });
  return [wide * far(rows - 1), high * far(rows - 1)];
}

const nodeItem = number => {
  const { type, size, id } = data.things[number];
  const [x, y] = paint.at(number);
  const colour = tint(data.types[type].color);
  const bright = !paint.lit.size || paint.lit.has(number);
  return {
    id: number, x, y, size, shape: data.types[type].shape, opacity: bright ? 1 : 0.18,
    borderWidth: id === state.at ? 3.5 : 1.2, color: { background: colour, border: id === state.at ? paint.ink : paint.ground },
  };
};

const edgeItem = edge => {
  const { colour, width, opacity, dashes, arrow, moves } = edgeLook(edge);
  return {
    id: edge.number, from: edge.source, to: edge.target, width, dashes, color: { color: colour, opacity },
    arrows: { to: { enabled: arrow, scaleFactor: moves ? 0.6 : 0.38 } },
    smooth: edge.bend
      ? { enabled: true, type: edge.bend > 0 ? 'curvedCW' : 'curvedCCW', roundness: Math.abs(edge.bend) }
        : false,
  };
};

const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
let network = null;

function startNetwork() {
  network = new vis.Network($('canvas'), { nodes: nodeSet, edges: edgeSet }, {
    autoResize: true, physics: false, layout: { improvedLayout: false },
    interaction: {
      hover: true, keyboard: { enabled: true, bindToWindow: false }, selectConnectedEdges: false, selectable: false,
      hideEdgesOnDrag: false, zoomSpeed: 0.7,
    },
    nodes: { chosen: false, shapeProperties: { interpolation: false } },
    edges: { chosen: false, arrowStrikethrough: false, hoverWidth: 0, selectionWidth: 0 },
  });
  $('canvas').firstChild.setAttribute('role', 'application');
  network.on('afterDrawing', drawLabels);
  network.on('click', ({ pointer, event }) => {
    const node = network.getNodeAt(pointer.DOM) ?? labelAt(pointer.DOM);
    const edge = node === undefined ? network.getEdgeAt(pointer.DOM) : undefined;
    if (node !== undefined) pick(data.things[node].id, event.srcEvent?.shiftKey);
    else if (edge !== undefined) choose(data.facts[data.edges[edge].facts.find(n => seen.holds[n] !== NOT)].id);
    else if (state.at) choose('');
  });
  const expandAt = spot => {
    const node = network.getNodeAt(spot) ?? labelAt(spot);
    if (node !== undefined) expand(data.things[node].id);
  };
  // vis-network misses the second click of a mouse while it draws what the first one changed.
  $('canvas').addEventListener('dblclick', ({ clientX, clientY }) => {
    const { left, top } = $('canvas').getBoundingClientRect();
    expandAt({ x: clientX - left, y: clientY - top });
  });
  network.on('doubleClick', ({ pointer, event }) => { if (event.pointerType !== 'mouse') expandAt(pointer.DOM); });
  network.on('hoverNode', ({ node }) => { paint.hovered = node; $('canvas').style.cursor = 'pointer'; network.redraw(); });
  network.on('blurNode', () => { paint.hovered = -1; $('canvas').style.cursor = ''; network.redraw(); });
  network.on('hoverEdge', () => { $('canvas').style.cursor = 'pointer'; });
  network.on('blurEdge', () => { $('canvas').style.cursor = ''; });
  network.on('dragEnd', ({ nodes: moved }) => {
    for (const [number, { x, y }] of Object.entries(network.getPositions(moved))) paint.spots.set(Number(number), [x, y]);
  });
}

const labelAt = ({ x, y }) =>
  labels.boxes.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3])?.number;

/* Take a thing: as the other end of a path where one is begun, else to look at. */
let pathFrom = '';
function pick(id, isOther = false) {
  const start = pathFrom || (isOther && data.thing(state.at) !== undefined ? state.at : '');
  pathFrom = '';
  if (start && start !== id) go({ path: [start, id], at: '', focus: '' });
  else choose(id);
}

function drawGraph() {
  light();
  arrange();
  const numbers = [...seen.things].sort((a, b) => a - b);
  const first = number =>
    (paint.lit.has(number) ? 1e6 : 0) + (data.things[number].id === state.at ? 1e7 : 0) + data.things[number].degree;
  labels.order = [...numbers].sort((a, b) => first(b) - first(a) || a - b);
  labels.marks = seen.edges.map(edge => ({ edge, look: edgeLook(edge) })).filter(({ look }) => look.mark)
    .map(({ edge, look }) => (
      { edge, sign: look.mark, colour: look.mark === '≠' ? paint.warn : paint.soft, dim: !look.lit }));
  renew(nodeSet, numbers.map(nodeItem));
  renew(edgeSet, seen.edges.map(edgeItem));
  if (!network) startNetwork();
  $('canvas').firstChild.setAttribute('aria-label', word('drawing'));
}

function renew(set, items) {
  const ids = new Set(items.map(({ id }) => id));
  set.remove(set.getIds().filter(id => !ids.has(id)));
  set.update(items);
}

function fit() {
  network.redraw(); // a fit needs the sizes that only a drawing gives
  network.fit({ maxZoomLevel: 1.15, minZoomLevel: 0.05 });
  if (seen.path.length) network.moveTo({ scale: network.getScale() * 0.85 });
}

function isInside(number, margin) {
  const [x, y] = paint.at(number);
  const spot = network.canvasToDOM({ x, y });
  const { clientWidth, clientHeight } = $('canvas');
  return spot.x > margin && spot.y > margin && spot.x < clientWidth - margin && spot.y < clientHeight - margin;
}

function reveal(number) {
  const [x, y] = paint.at(number);
  if (!isInside(number, 50)) network.moveTo({ position: { x, y }, scale: Math.max(network.getScale(), 0.6) });
}

/* The drawing follows the state; the view moves only where what is drawn is another. */
function followGraph(before) {
  if (view() !== 'graph') return;
  const drawn = new Set(nodeSet.getIds());
  drawGraph();
  const isBeyond = before.open.length < state.open.length
    && [...seen.things].some(number => !drawn.has(number) && !isInside(number, 0));
  const other = ['focus', 'all', 'depth'].some(key => before[key] !== state[key]) || String(before.path) !== String(state.path);
  const { thing } = chosen();
  if (other || isBeyond || !paint.fitted) { fit(); paint.fitted = true; }
  else if (thing !== undefined && before.at !== state.at) reveal(thing);
}
