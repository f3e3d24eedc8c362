/* All that the page knows, and the only place that asks for it: things, facts, statements and sources by number,
   and by identifier where an address names them. */

const data = (() => {
  const packed = JSON.parse($('data').textContent);
  const drawing = JSON.parse($('drawing').textContent);
  const { texts, kinds } = packed;
  const relationNames = Object.keys(packed.relations);
  const typeNames = Object.keys(packed.types);
  const sources = packed.sources.map(([id, title, url, publisher, published, by, kind, told], number) =>
    ({ number, id, title, url, publisher, published, by, kind: kinds[kind], told, statements: [] }));
  const statements = packed.statements.map((row, number) => {
    const [source, kind, locator, speaker, text, words, mark, status, reached] = row;
    sources[source].statements.push(number);
    return { number, source, kind: kinds[kind], locator, speaker, text, words, mark, status, reached, of: [] };
  });
  const things = packed.things.map((row, number) => {
    const [id, type, label, aliases, keys, words, degree, drawn, left, told] = row;
    const [x, y, size] = drawing.nodes[number];
    for (const each of told) statements[each].of.push({ thing: number });
    return {
      number, id, type: typeNames[type], label, aliases, keys, words, degree, drawn: drawn === 1, left,
      statements: told, x, y, size, facts: [],
    };
  });
  const facts = packed.facts.map((row, number) => {
    const [id, relation, source, target, also, words, when, bounds, marks, told] = row;
    const fact = {
      number, id, relation: relationNames[relation], source, target, also, words, when,
      bounds: bounds.length === 2 ? [...bounds, ...bounds] : bounds,
      time: packed.relations[relationNames[relation]].time, statements: told, edge: target >= 0 && target !== source,
      disputed: (marks & 1) > 0, derived: (marks & 2) > 0, rumoured: (marks & 4) > 0,
    };
    for (const each of told) statements[each].of.push({ fact: number });
    for (const end of new Set([source, target, ...also])) if (end >= 0) things[end].facts.push(number);
    return fact;
  });
  const HELD = new Set(['fact', 'reported-figure']);
  for (const fact of facts) {
    fact.told = fact.statements.map(number => statements[number]).filter(({ kind }) => HELD.has(kind)).map(each => {
      const published = sources[each.source].by;
      return { published, reached: each.reached || published, status: each.status };
    });
    fact.status = statusOn(fact.told, LAST_DAY);
  }
  const edges = drawing.edges.map(([source, target, bend, numbers], number) =>
    ({ number, source, target, bend, facts: numbers, relation: facts[numbers[0]].relation }));
  const numbers = new Map(things.map(({ id, number }) => [id, number]));
  const factNumbers = new Map(facts.map(({ id, number }) => [id, number]));
  const sourceNumbers = new Map(sources.map(({ id, number }) => [id, number]));
  const near = things.map(() => new Map());
  for (const edge of edges) {
    for (const [one, other] of [[edge.source, edge.target], [edge.target, edge.source]]) {
      if (!near[one].has(other)) near[one].set(other, []);
      near[one].get(other).push(edge.number);
    }
  }

  const fold = text => text.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const keys = things.map(({ label, aliases, keys: more }) => {
    const own = [texts[label]].flat();
    return [...new Set([...[...own, ...aliases].map(fold), ...more.split(' ')])].filter(Boolean);
  });

  return {
    things, facts, statements, sources, edges, types: packed.types, relations: packed.relations, concepts: packed.concepts,
    stories: packed.stories, moves: packed.moves, coverage: packed.coverage, left: packed.left, asOf: packed.asOf,
    language: packed.language, title: packed.title, isHeld: kind => HELD.has(kind),

    /* The number of what an address names; undefined where it is not on the page. */
    thing: id => numbers.get(id), fact: id => factNumbers.get(id), source: id => sourceNumbers.get(id),

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
  };
})();

const text = number => data.text(number, state.language);
const label = labels => labels[state.language] || labels.en || Object.values(labels).find(Boolean) || '';
const name = number => text(data.things[number].label) || data.things[number].id;
const conceptName = slug => (data.concepts[slug] ? label(data.concepts[slug]) : slug);
