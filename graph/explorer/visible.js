/* What is to be seen in the present state: things, facts, and how surely each held. Every view follows it. */

const seen = { things: new Set(), facts: new Map(), edges: [], counts: null, undated: 0, path: [] };

function look() {
  const off = { types: new Set(state.types), relations: new Set(state.relations) };
  const ranged = state.from || state.to;
  const [from, to] = [state.from, state.to || LAST_DAY];
  seen.undated = 0;
  const holds = data.facts.map(fact => {
    if (ranged) {
      if (!fact.bounds.some(Boolean)) { seen.undated += 1; return NOT; }
      if (!within(fact.time, fact.bounds, from, to)) return NOT;
    }
    if (state.asOf && fact.rumoured && !wasSaid(fact.statements)) return NOT;
    return state.asOf ? certainty(fact.time, fact.bounds, fact.told, state.asOf) : CERTAINLY;
  });
  const liveEdge = edge => !off.relations.has(edge.relation) && edge.facts.some(number => holds[number] !== NOT);
  const live = data.edges.filter(liveEdge);
  seen.live = new Set(live.map(({ number }) => number));
  const pool = base(seen.live);
  const typed = new Set([...pool].filter(number => !off.types.has(data.things[number].type)));
  for (const number of [data.thing(state.at), data.thing(state.focus), ...state.path.map(data.thing)]) {
    if (number !== undefined && view() === 'graph') typed.add(number);
  }
  seen.holds = holds;
  seen.edges = live.filter(({ source, target }) => typed.has(source) && typed.has(target));
  if (ranged || state.asOf) { // what has no part in that time leaves the drawing
    const taking = new Set([...seen.edges.flatMap(({ source, target }) => [source, target]),
      data.thing(state.at), data.thing(state.focus)]);
    for (const number of typed) if (!taking.has(number)) typed.delete(number);
  }
  seen.things = typed;
  seen.facts = new Map(data.facts.filter(fact => holds[fact.number] !== NOT && !off.relations.has(fact.relation)
    && (fact.edge ? typed.has(fact.source) && typed.has(fact.target) : typed.has(fact.source)))
    .map(fact => [fact.number, holds[fact.number]]));
  seen.counts = count(pool, holds, ranged || state.asOf);
}

/* Whether one of some statements had been published by the day of which it is told. */
const wasSaid = numbers => numbers.some(number => {
  const { by } = data.sources[data.statements[number].source];
  return !state.asOf || (by && by <= state.asOf);
});

/* The things to begin from: a path, a neighbourhood, all, or the core with what was expanded. */
function base(live) {
  const hidden = new Set(state.hide);
  const keep = numbers => new Set(numbers.filter(number => !hidden.has(data.things[number].id)));
  seen.path = [];
  if (state.path.length === 2) {
    seen.path = shortest(...state.path.map(data.thing), live);
    if (seen.path.length) return new Set(seen.path);
  }
  const focus = data.thing(state.focus);
  const begun = focus !== undefined ? around(focus, state.depth, live)
    : data.things.filter(({ drawn }) => drawn || state.all).map(({ number }) => number);
  const opened = state.open.map(data.thing).filter(number => number !== undefined);
  return keep([...begun, ...opened, ...opened.flatMap(number => reach(number, live))]);
}

const reach = (number, live) =>
  [...data.neighbours(number)].filter(([, edges]) => edges.some(each => live.has(each))).map(([other]) => other);

const isHub = number => ['place', 'ranking', 'criterion', 'case'].includes(data.things[number].type);

function around(start, depth, live) {
  const found = new Set([start]);
  let rim = [start];
  for (let step = 0; step < depth; step += 1) {
    rim = [...new Set(rim.filter(number => number === start || !isHub(number)).flatMap(number => reach(number, live)))]
      .filter(number => !found.has(number));
    for (const number of rim) found.add(number);
  }
  return [...found];
}

/* The first of the shortest paths between two things, in the order of their numbers; through places and lists only
   where there is no other. */
function shortest(start, end, live) {
  for (const throughHubs of [false, true]) {
    const from = new Map([[start, -1]]);
    const queue = [start];
    for (let at = 0; at < queue.length && !from.has(end); at += 1) {
      if (queue[at] !== start && !throughHubs && isHub(queue[at])) continue;
      for (const other of reach(queue[at], live).sort((a, b) => a - b)) {
        if (!from.has(other)) { from.set(other, queue[at]); queue.push(other); }
      }
    }
    if (from.has(end)) {
      const path = [];
      for (let number = end; number >= 0; number = from.get(number)) path.unshift(number);
      return path;
    }
  }
  return [];
}

/* How many things of each type and facts of each relation there are to be seen, were none of them filtered out; of a
   time, only things that take part in some fact of it. */
function count(pool, holds, isTimed) {
  const counts = { types: {}, relations: {} };
  const taking = new Set();
  const add = (group, key) => { counts[group][key] = (counts[group][key] ?? 0) + 1; };
  for (const fact of data.facts) {
    if (fact.edge && holds[fact.number] !== NOT && pool.has(fact.source) && pool.has(fact.target)) {
      add('relations', fact.relation);
      taking.add(fact.source).add(fact.target);
    }
  }
  for (const number of pool) if (!isTimed || taking.has(number)) add('types', data.things[number].type);
  return counts;
}

/* How many of a thing's neighbours are shown, on the page, and in the whole graph. */
function neighbourhood(number) {
  const near = [...data.neighbours(number).keys()];
  return { shown: near.filter(other => seen.things.has(other)).length, here: near.length, all: data.things[number].degree };
}
