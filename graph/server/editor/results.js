/* The answer: rows, yes or no, triples, or why there is none. */

const AT_ONCE = 500;
const PAGES = /^(id|source|concept|ontology)\b/;
const NUMBERS = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const FORMATS = {
  rows: { CSV: 'text/csv', TSV: 'text/tab-separated-values', JSON: 'application/sparql-results+json',
    XML: 'application/sparql-results+xml' },
  triples: { Turtle: 'text/turtle', 'N-Triples': 'application/n-triples', 'JSON-LD': 'application/ld+json',
    'RDF/XML': 'application/rdf+xml' },
};
const ENDINGS = { CSV: 'csv', TSV: 'tsv', JSON: 'json', XML: 'xml', Turtle: 'ttl', 'N-Triples': 'nt', 'JSON-LD': 'jsonld',
  'RDF/XML': 'rdf' };
const labels = new Map();
let byName = true;

function sendQuery(query, accept, options = {}) {
  const headers = { accept, 'content-type': 'application/sparql-query' };
  return ask('/sparql', { method: 'POST', headers, body: query, ...options });
}

function shortIri(iri) {
  for (const [prefix, space] of Object.entries(known.prefixes)) {
    if (iri.startsWith(space) && iri.length > space.length) return `${prefix}:${iri.slice(space.length)}`;
  }
  return iri;
}

/* An IRI of ours leads to its page here, one of the web there, any other nowhere. */
function iriCell(iri) {
  const shown = el('bdi', { 'data-iri': iri }, (byName && labels.get(iri)) || shortIri(iri));
  if (iri.startsWith(known.space) && PAGES.test(iri.slice(known.space.length))) {
    return el('a', { href: `/${iri.slice(known.space.length)}`, title: iri }, shown);
  }
  if (!/^https?:\/\//i.test(iri)) return el('span', { title: iri }, shown);
  return el('a', { href: iri, title: iri, target: '_blank', rel: 'noopener noreferrer' }, shown);
}

const numeric = term => (NUMBERS.test(term?.datatype ?? '') ? 'number' : '');

function cell(term) {
  if (!term) return el('td');
  if (term.type === 'uri') return el('td', {}, iriCell(term.value));
  const language = term['xml:lang'];
  return el('td', { className: numeric(term), title: term.datatype ?? '' },
    el('bdi', { lang: language ?? '' }, term.value), language && el('small', { className: 'soft' }, ` ${language}`));
}

/* Asks what the things of some rows are called, and shows it. */
async function nameRows(rows, body) {
  const iris = rows.flatMap(row => Object.values(row)).filter(term => term.type === 'uri').map(term => term.value);
  const wanted = [...new Set(iris)].filter(iri => iri.startsWith(known.space) && !labels.has(iri));
  if (wanted.length) {
    try {
      const headers = { 'content-type': 'application/json' };
      const { text } = await ask(`/sparql/editor/labels?lang=${known.language}`,
        { method: 'POST', headers, body: JSON.stringify(wanted) });
      for (const [iri, label] of Object.entries(JSON.parse(text))) labels.set(iri, label);
    } catch { /* the identifiers stay */ }
  }
  renameCells(body);
}

function renameCells(body) {
  for (const shown of body.querySelectorAll('[data-iri]')) {
    const { iri } = shown.dataset;
    shown.textContent = (byName && labels.get(iri)) || shortIri(iri);
  }
}

/* Buttons that ask again in another format and save what comes. */
function savers(query, kind) {
  return [say('save'), ...Object.entries(FORMATS[kind]).map(([name, media]) => button(name, async () => {
    try {
      const { text } = await sendQuery(query, media);
      const link = el('a', { href: URL.createObjectURL(new Blob([text], { type: media })), download: `answer.${ENDINGS[name]}` });
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      showRefusal(error);
    }
  }, { className: 'plain' }))];
}

function showRows(query, { head, results }, seconds) {
  const body = el('tbody');
  const count = el('p', { role: 'status', className: 'count' });
  const more = el('p');
  const all = results.bindings;
  const draw = () => {
    const rows = all.slice(body.rows.length, body.rows.length + AT_ONCE);
    body.append(...rows.map(row => el('tr', {}, head.vars.map(name => cell(row[name])))));
    const n = body.rows.length;
    count.textContent = all.length === 1 ? say('row', { s: seconds })
      : say(n < all.length ? 'some' : 'rows', { n: whole(n), all: whole(all.length), s: seconds });
    more.replaceChildren(...(n < all.length
      ? [button(say('more', { n: whole(Math.min(AT_ONCE, all.length - n)) }), draw)] : []));
    nameRows(rows, body);
  };
  const toggle = el('input', { type: 'checkbox', checked: byName, onchange: event => {
    byName = event.target.checked;
    renameCells(body);
  } });
  const table = el('table', {},
    el('thead', {}, el('tr', {}, head.vars.map(name => el('th', { scope: 'col', className: numeric(all[0]?.[name]) }, name)))), body);
  draw();
  $('answer').replaceChildren(
    el('div', { className: 'bar' }, count, el('label', {}, toggle, ' ', say('names')),
      el('span', { className: 'savers' }, savers(query, 'rows'))),
    el('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': say('table') }, table), more);
}

function showAnswer(query, { text, type }, milliseconds) {
  const seconds = (milliseconds / 1000).toFixed(2);
  if (type !== 'application/sparql-results+json') {
    $('answer').replaceChildren(
      el('div', { className: 'bar' }, el('p', { role: 'status', className: 'count' }, say('triples', { s: seconds })),
        el('span', { className: 'savers' }, savers(query, 'triples'))),
      el('pre', { tabIndex: 0 }, text));
    return;
  }
  const answer = JSON.parse(text);
  if (answer.boolean === undefined) showRows(query, answer, seconds);
  else $('answer').replaceChildren(el('p', { role: 'status', className: 'truth' }, say(answer.boolean ? 'yes' : 'no')));
}

/* What the server says against a request; `goTo` leads to a line of the query. */
function showRefusal(error, goTo = null) {
  if (!(error instanceof Refused)) throw error;
  const line = Number(/\bline (\d+)/.exec(error.message)?.[1]);
  $('answer').replaceChildren(el('div', { className: 'refusal', role: 'alert' },
    el('h2', {}, error.status ? `${error.status} ${error.title}` : error.title),
    el('p', {}, el('bdi', {}, error.message)),
    error.candidates?.length && el('p', {}, say('candidates')),
    error.candidates?.length && el('ul', {}, error.candidates.map(id => el('li', {}, el('code', {}, id)))),
    error.retry > 0 && el('p', {}, say('again', { n: error.retry })),
    goTo && line > 0 && button(say('line', { n: line }), () => goTo(line))));
}
