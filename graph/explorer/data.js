/* All that the page knows, and the only place that asks for it: things, facts, statements and sources by number,
   and by identifier where an address names them. What comes later is added at the ends; a number stays what it is. */

const data = (() => {
  const HELD = new Set(['fact', 'reported-figure']);
  const texts = [''];
  const [things, facts, statements, sources, edges, near, keys] = [[], [], [], [], [], [], []];
  const [thingNumbers, factNumbers, statementNumbers, sourceNumbers, edgeNumbers] =
    [new Map(), new Map(), new Map(), new Map(), new Map()];
  const room = new Room();
  const isLive = !$('data');
  let turn = Promise.resolve(); // a question waits for the answer before it: it tells what is on the page

  const fold = text => text.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

  /* The number under which an item is kept, made where there is none yet. */
  function enter(list, numbers, id, make) {
    if (!numbers.has(id)) {
      numbers.set(id, list.length);
      list.push(make(list.length));
    }
    return numbers.get(id);
  }

  /* Take in a part of the graph, as pack.py and drawing.py give it. asked: the identifiers that it was asked for by. */
  function add({ packed, drawing }, asked = []) {
    const isFirst = !things.length;
    const [typeNames, relationNames] = [Object.keys(packed.types), Object.keys(packed.relations)];
    const before = texts.length - 1;
    const text = number => number && before + number;
    for (const each of packed.texts.slice(1)) texts.push(each);
    for (const group of ['types', 'relations', 'concepts']) Object.assign(data[group], { ...packed[group], ...data[group] });

    const ofSource = packed.sources.map(([id, title, url, publisher, published, by, kind, told]) =>
      enter(sources, sourceNumbers, id, number => ({
        number, id, title: text(title), url, publisher: text(publisher), published: text(published), by,
        kind: packed.kinds[kind], told, statements: [],
      })));
    const ofStatement = packed.statements.map((row, i) => {
      const [source, kind, locator, speaker, paraphrase, words, mark, status, reached, key = i] = row;
      return enter(statements, statementNumbers, `${sources[ofSource[source]].id}#${key}`, number => {
        sources[ofSource[source]].statements.push(number);
        return {
          number, source: ofSource[source], kind: packed.kinds[kind], locator, speaker: text(speaker),
          text: text(paraphrase), words: text(words), mark, status, reached, of: [],
        };
      });
    });
    const fresh = [];
    const ofThing = packed.things.map((row, i) => {
      const [id, type, label, aliases, more, words, degree, drawn, left, told] = row;
      const [x, y, size] = drawing.nodes[i];
      if (asked.includes(id) && thingNumbers.has(id)) things[thingNumbers.get(id)].left = left;
      return enter(things, thingNumbers, id, number => {
        fresh.push(number);
        near.push(new Map());
        keys.push([...new Set([...[[texts[text(label)]].flat(), aliases].flat().map(fold), ...more.split(' ')])].filter(Boolean));
        for (const each of told) statements[ofStatement[each]].of.push({ thing: number });
        return {
          number, id, type: typeNames[type], label: text(label), aliases, words: text(words), degree,
          drawn: drawn === 1, left, statements: told.map(each => ofStatement[each]), x, y, size, facts: [], batches: 0,
        };
      });
    });
    const ofEnd = end => (end < 0 ? end : ofThing[end]);
    const ofFact = packed.facts.map(row => {
      const [id, relation, source, target, also, words, when, bounds, marks, told, far = []] = row;
      const number = enter(facts, factNumbers, id, number => {
        const own = told.map(each => ofStatement[each]);
        for (const each of own) statements[each].of.push({ fact: number });
        return {
          number, id, relation: relationNames[relation], source: -1, target: -1, also: [], words: 0, when: text(when),
          bounds: bounds.length === 2 ? [...bounds, ...bounds] : bounds,
          time: packed.relations[relationNames[relation]].time, statements: own, edge: false,
          disputed: (marks & 1) > 0, derived: (marks & 2) > 0, rumoured: (marks & 4) > 0, ...history(own),
          far: far.map(([thing, label]) => [thing, text(label)]),
        };
      });
      join(facts[number], ofEnd(source), ofEnd(target), also.map(ofEnd), text(words));
      return number;
    });
    for (const [source, target, bend, told] of drawing.edges) tie(ofThing[source], ofThing[target], bend, told.map(each => ofFact[each]));
    if (isFirst) begin(packed, text, ofFact);
    else {
      settle(fresh, asked);
      move(packed.moves, text, ofFact);
    }
  }

  /* What its statements tell of when a fact was known and how it stood. */
  function history(own) {
    const told = own.map(number => statements[number]).filter(({ kind }) => HELD.has(kind)).map(each => {
      const published = sources[each.source].by;
      return { published, reached: each.reached || published, status: each.status };
    });
    return { told, status: statusOn(told, LAST_DAY) };
  }

  /* Put a fact at its things; a line of a profile becomes an edge once its other end is on the page. */
  function join(fact, source, target, also, words) {
    const others = [fact.source, ...fact.also, source, ...also];
    if (fact.source < 0 || (target >= 0 && fact.target < 0)) {
      Object.assign(fact, { source, target, words, edge: target >= 0 && target !== source });
    }
    fact.also = [...new Set(others)].filter(end => end >= 0 && end !== fact.source && end !== fact.target);
    for (const end of [fact.source, fact.target, ...fact.also]) {
      if (end >= 0 && !things[end].facts.includes(fact.number)) things[end].facts.push(fact.number);
    }
  }

  function tie(source, target, bend, told) {
    const { relation } = facts[told[0]];
    const number = enter(edges, edgeNumbers, `${source} ${target} ${relation}`, number => {
      for (const [one, other] of [[source, target], [target, source]]) {
        if (!near[one].has(other)) near[one].set(other, []);
        near[one].get(other).push(number);
      }
      return { number, source, target, bend, facts: [], relation };
    });
    edges[number].facts = [...new Set([...edges[number].facts, ...told])];
  }

  function begin(packed, text, ofFact) {
    for (const key of ['stories', 'coverage', 'left', 'asOf', 'language', 'title']) data[key] = packed[key];
    for (const { x, y } of things) room.take([x, y]);
    if (!packed.moves) return;
    const points = packed.moves.points.map(([id, label, ...rest]) => [id, text(label), ...rest]);
    data.moves = { ...packed.moves, points, arcs: [] };
    move(packed.moves, text, ofFact);
  }

  /* Add moves to the map, which is another one then. */
  function move(more, text, ofFact) {
    if (!more?.arcs.length) return;
    const arcs = data.moves.arcs.map(([layer, source, target, moves]) => [layer, source, target, [...moves]]);
    for (const [layer, source, target, moves] of more.arcs) {
      let arc = arcs.find(each => each[0] === layer && each[1] === source && each[2] === target);
      if (!arc) arcs.push(arc = [layer, source, target, []]);
      for (const [fact, who] of moves) {
        if (!arc[3].some(([number]) => number === ofFact[fact])) arc[3].push([ofFact[fact], text(who)]);
      }
    }
    data.moves = { ...data.moves, arcs };
  }

  /* Find a place for things that have none: near the one that was asked for, else amid their neighbours. */
  function settle(fresh, asked) {
    const placed = new Set(things.keys());
    for (const number of fresh) placed.delete(number);
    const mean = points => [0, 1].map(i => points.reduce((sum, point) => sum + point[i], 0) / points.length);
    const first = number => (asked.includes(things[number].id) ? 1e9 : 0) + things[number].degree;
    for (const number of [...fresh].sort((a, b) => first(b) - first(a) || a - b)) {
      const around = [...near[number].keys()].filter(other => placed.has(other));
      const root = around.filter(other => asked.includes(things[other].id));
      const about = (root.length ? root : around.length ? around : [...placed]).map(other => [things[other].x, things[other].y]);
      [things[number].x, things[number].y] = room.take(room.nearest(about.length ? mean(about) : [0, 0]));
      placed.add(number);
    }
  }

  return {
    things, facts, statements, sources, edges, types: {}, relations: {}, concepts: {}, isLive,
    stories: [], moves: null, coverage: {}, left: {}, asOf: 0, language: 'en', title: '', more: 0, focus: '',
    isHeld: kind => HELD.has(kind),

    /* The number of what an address names; undefined where it is not on the page. */
    thing: id => thingNumbers.get(id), fact: id => factNumbers.get(id), source: id => sourceNumbers.get(id),

    /* The things next to one, each with the edges between. */
    neighbours: number => near[number],

    /* The text with a number in a language: simplified and traditional Chinese stand for one another. */
    text(number, language) {
      const found = texts[number];
      if (typeof found === 'string') return found;
      return found[language === 'en' ? 0 : 1] || found[0] || found.find(Boolean) || '';
    },
    every: number => [...new Set([texts[number]].flat())].filter(Boolean),

    /* Things of which a name, in any script or in pinyin, begins with the text or holds it; the likeliest first. */
    search(asked, most) {
      const wanted = fold(asked);
      if (!wanted) return [];
      const rank = number => Math.min(...keys[number].map(key => {
        const at = key.indexOf(wanted);
        return at < 0 ? Infinity : key === wanted ? 0 : at === 0 ? 1 : wanted.length > 1 || wanted > '\u2e80' ? 2 : Infinity;
      }));
      const hits = things.map(({ number }) => [rank(number), number]).filter(([r]) => r < Infinity);
      hits.sort((a, b) => a[0] - b[0] || things[b[1]].degree - things[a[1]].degree || a[1] - b[1]);
      return hits.slice(0, most).map(([, number]) => number);
    },

    /* The first part: it stands in the page, or the store gives it. */
    async start() {
      if (!isLive) return add({ packed: JSON.parse($('data').textContent), drawing: JSON.parse($('drawing').textContent) });
      if (things.length) return undefined; // what failed came after it
      const part = await door.ask('begin', door.given(['focus', 'depth', 'lang']));
      Object.assign(data, { more: part.more, focus: part.focus });
      return add(part);
    },

    /* Things by their names, of the whole store: identifiers, labels by language, the names that were found. */
    find: async (asked, stop) => (isLive ? (await door.ask('search', { q: asked }, { stop })).found : []),

    /* Have things on the page with all that is told of them, or those that took part in a fact; and so many further
       neighbours of each. */
    bring(ids, count = 0) {
      if (!isLive || !ids.length) return Promise.resolve();
      const next = turn.then(async () => {
        const page = things.map(({ id }) => id).join();
        add(await door.ask('more', { of: ids.join(), count, page }, { isSent: true }), ids);
      });
      turn = next.catch(() => {});
      return next;
    },
  };
})();

const text = number => data.text(number, state.language);
const label = labels => labels[state.language] || labels.en || Object.values(labels).find(Boolean) || '';
const name = number => text(data.things[number].label) || data.things[number].id;
const conceptName = slug => (data.concepts[slug] ? label(data.concepts[slug]) : slug);
