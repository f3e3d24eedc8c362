/* The panel: what is known of the thing, fact or source that is looked at, each statement with its source. */

const SECTIONS = [
  'what', 'headquarters', 'relocation', 'people', 'money', 'products', 'markets', 'figures', 'lists',
    'labels', 'remarks'];
const MOST = 12; // lines of a section before one asks for more
const unfolded = new Set();

const link = number => button(name(number), () => choose(data.things[number].id), { className: 'link' });

function cite(source) {
  const { publisher, published } = data.sources[source];
  return button([text(publisher), text(published) || word('undated')].filter(Boolean).join(', '),
    () => choose(data.sources[source].id), { className: 'cite', title: text(data.sources[source].title) });
}

const outLink = source => {
  const { url, title } = data.sources[source];
  const out = outward(url, '↗', 'out');
  if (out.tagName === 'A') out.setAttribute('aria-label', `${word('open')}: ${text(title)}`);
  return out.tagName === 'A' ? out : '';
};

/* One statement: its kind where it is no plain fact, what it says, who says so, where. */
function said(number, withSource = true) {
  const { kind, speaker, text: paraphrase, words, locator, source, mark: differs } = data.statements[number];
  const spoken = [text(words), text(paraphrase)].filter(Boolean);
  return el('li', { className: `said kind-${kind}` },
    kind === 'fact' || kind === 'reported-figure' ? '' : el('span', { className: 'kind' }, conceptName(kind)),
    differs ? el('b', { className: 'differs', title: word('sources-differ') }, differs) : '',
    spoken.length ? el('span', { className: 'words' }, spoken.join(' — ')) : '',
    el('span', { className: 'from' }, withSource ? cite(source) : '', ' ', withSource ? outLink(source) : '',
      el('small', {}, [text(speaker), locator].filter(Boolean).join(' · '))));
}

/* Statements of a fact: what is held with those who say so, beside it what differs, apart what is no fact. */
function evidence(numbers, fact = null) {
  const all = numbers.map(number => data.statements[number]).filter(each => data.isHeld(each.kind) || wasSaid([each.number]));
  const held = all.filter(each => data.isHeld(each.kind) && each.mark !== '≠');
  const against = all.filter(each => data.isHeld(each.kind) && each.mark === '≠');
  const apart = all.filter(each => each.kind === 'rumour' || each.kind === 'denial');
  const argued = all.filter(each => ['opinion', 'causal', 'forecast'].includes(each.kind));
  const list = found => el('ul', { className: 'saids' }, found.map(each => said(each.number)));
  const box = (className, heading, found) =>
    (found.length ? el('div', { className }, el('h4', {}, heading), list(found)) : '');
  const sides = against.length
    ? el('div', { className: 'sides' }, box('side',
      `${word('held')}: ${fact ? text(fact.words) || text(fact.when) : ''}`, held),
      box('side against', `≠ ${word('sources-differ')}`, against))
    : held.length ? list(held) : '';
  return [
    fact?.derived && all.length ? el('p', { className: 'soft small' }, word('derived-from')) : '',
    sides, box('apart', word('apart'), apart), box('argued', word('argued'), argued),
  ];
}

function badges(fact) {
  const badge = (className, shown) => el('span', { className: `badge ${className}` }, shown);
  return [
    fact.disputed ? badge('warn', '≠ ' + word('disputed')) : '', fact.rumoured ? badge('grey', '? ' + word('rumoured')) : '',
    fact.derived ? badge('grey', word('derived')) : '',
    seen.holds[fact.number] === POSSIBLY ? badge('grey', word('possibly')) : '',
  ];
}

/* The words of a fact; what they name and the store has comes to the page when it is chosen. */
function worded({ words, far }) {
  return far.reduce((parts, [id, labels]) => parts.flatMap(part => {
    const shown = text(labels);
    const at = typeof part === 'string' && shown ? part.indexOf(shown) : -1;
    return at < 0 ? [part] : [part.slice(0, at), button(shown, () => travel({ at: id }), { className: 'link' }),
      part.slice(at + shown.length)];
  }), [text(words)]);
}

/* One fact as a line of a profile: as seen from a thing, or whole. */
function line(fact, from = -1) {
  const { label: noun, caption: verb } = data.relations[fact.relation];
  const caption = label(fact.edge && from === fact.source ? verb : noun);
  const others = fact.edge
    ? [fact.source, fact.target].filter(end => end !== from)
      : from === fact.source ? fact.also : [fact.source];
  const linked = others.slice(0, 6).flatMap((end, i) => [i ? (fact.edge ? ' → ' : ', ') : '', link(end)]);
  const status = state.asOf ? statusOn(fact.told, state.asOf) : fact.status;
  const tail = [text(fact.when), status && status !== 'completed' ? conceptName(status) : ''].filter(Boolean).join(' · ');
  const arrow = fact.edge && from === fact.target ? '← ' : '';
  return el('section', { className: `fact ${fact.relation === MOVE ? 'move' : ''}` },
    el('p', {}, el('button', { type: 'button', className: 'caption', onclick: () => choose(fact.id) },
      arrow + caption), ' ', linked,
      linked.length && text(fact.words) ? ' · ' : '', el('span', {}, worded(fact)), ' ', badges(fact)),
    tail ? el('p', { className: 'when' }, tail) : '',
    ...evidence(fact.statements, fact));
}

function ofThing(number) {
  const thing = data.things[number];
  const others = [...data.every(thing.label), ...thing.aliases].filter(other => other !== name(number));
  const { shown, here, all } = neighbourhood(number);
  const facts = thing.facts.map(each => data.facts[each]);
  const live = facts.filter(fact => seen.holds[fact.number] !== NOT);
  const sections = SECTIONS.map(section => [section, live.filter(fact => data.relations[fact.relation].section === section)])
    .filter(([, found]) => found.length);
  return [
    el('p', { className: 'type' }, typeSignTinted(thing.type), label(data.types[thing.type].label) || thing.type),
    el('h2', {}, name(number)),
    others.length ? el('p', { className: 'soft' }, [...new Set(others)].slice(0, 8).join(' · ')) : '',
    text(thing.words) ? el('p', {}, text(thing.words)) : '',
    actions(number, shown, here, Math.max(all, here)),
    thing.statements.length ? [el('h3', {}, word('said')), ...evidence(thing.statements)] : '',
    ...sections.map(([section, found]) => sectionOf(section, found, number)),
    facts.length > live.length ? el('p', { className: 'soft' }, state.asOf
      ? word('not-then', { n: facts.length - live.length, d: dayText(state.asOf) })
        : word('undated-out', { n: facts.length - live.length })) : '',
    facts.length || thing.statements.length ? '' : el('p', { className: 'soft' }, word('silent')),
    thing.left ? el('p', { className: 'soft' }, word('left-out', { n: thing.left })) : '',
  ];
}

function sectionOf(section, found, number) {
  const order = fact => -(beginning(fact.bounds) || 0);
  const rank = (a, b) => (section === 'lists' ? text(a.words).localeCompare(text(b.words), undefined, { numeric: true }) : 0);
  const sorted = [...found].sort((a, b) =>
    (b.relation === MOVE) - (a.relation === MOVE) || rank(a, b) || order(a) - order(b) || a.number - b.number);
  const key = `${section} ${number}`;
  const most = unfolded.has(key) ? Infinity : MOST;
  const rest = sorted.length - most;
  return el('div', {}, el('h3', {}, word(section), el('small', {}, ` ${sorted.length}`)),
    sorted.slice(0, most).map(fact => line(fact, number)),
    rest > 0 ? button(word('more', { n: rest }), () => { unfolded.add(key); followPanel(state); },
      { className: 'link more' }) : '');
}

function actions(number, shown, here, all) {
  const { id } = data.things[number];
  const act = (key, changes, values) => button(word(key, values), () => go(changes));
  const rest = here - shown + Math.min(data.more, outside(number));
  return el('div', { className: 'actions' },
    el('p', { className: 'soft' }, word('neighbours', { n: shown, m: all }),
      all > here ? ' · ' + word('on-page', { n: here }) : ''),
    rest > 0 ? button(word('expand', { n: rest }), () => expand(id)) : '',
    state.open.includes(id) ? act('collapse', { open: state.open.filter(each => each !== id) }) : '',
    state.focus === id ? act('unfocus', { focus: '' })
      : button(word('focus'), () => travel({ focus: id, depth: 1, path: [], view: 'graph' })),
    button(word('path'), () => { pathFrom = id; announce(word('path-pick')); followBar(); $('search').focus(); }),
    act('hide', { hide: [...new Set([...state.hide, id])], at: '' }), profile(id));
}

/* A link to all that the server tells of something on a page of its own. */
function profile(id) {
  if (!data.isLive) return '';
  const place = id.startsWith('source/') ? id : `id/${id}`;
  const given = door.given(['as_of', 'known_by', 'lang']);
  if (given.lang || state.language !== 'en') given.lang = state.language === 'en' ? 'en' : 'zh';
  const asked = new URLSearchParams(given);
  return el('a', { className: 'profile', href: `/${encodeURI(place)}${asked.size ? `?${asked}` : ''}` }, word('profile'));
}

function ofFact(number) {
  const fact = data.facts[number];
  const { source, target } = fact;
  return [
    el('p', { className: 'type' }, label(data.relations[fact.relation].label)),
    el('h2', {}, fact.edge ? `${name(source)} → ${name(target)}` : name(source)),
    fact.edge ? el('p', { className: 'soft' }, label(data.relations[fact.relation].caption)) : '',
    line(fact), profile(fact.id),
    ...siblings(fact).map(each => line(data.facts[each])),
  ];
}

const siblings = fact =>
  data.edges.find(edge => edge.facts.includes(fact.number))
    ?.facts.filter(each => each !== fact.number && seen.holds[each] !== NOT) ?? [];

function ofSource(number) {
  const { title, url, publisher, published, kind, statements, told } = data.sources[number];
  const paragraph = ({ locator }) => Number(/\d+/.exec(locator)?.[0] ?? 1e6);
  const told1 = statements.map(each => data.statements[each])
    .sort((a, b) => paragraph(a) - paragraph(b) || a.number - b.number);
  return [
    el('p', { className: 'type' }, word('source'), ' · ', conceptName(kind)),
    el('h2', {}, text(title) || url),
    el('p', { className: 'soft' }, [text(publisher), text(published) || word('undated')].filter(Boolean).join(', ')),
    el('p', {}, outward(url, /^https?:/i.test(url) ? word('open') + ' ↗' : url), ' ', profile(data.sources[number].id)),
    el('h3', {}, word('all-it-says')),
      el('p', { className: 'soft' }, word('of-told', { n: statements.length, m: Math.max(told, statements.length) })),
    ...told1.map(each => el('section', { className: 'fact' },
      el('p', {}, each.of.slice(0, 4).map((one, i) => [i ? ', ' : '', subject(one)])),
      el('ul', { className: 'saids' }, said(each.number, false)))),
  ];
}

function subject({ thing, fact }) {
  if (thing !== undefined) return [link(thing)];
  const { source, target, edge, relation, words } = data.facts[fact];
  return [link(source), ' ',
    button(label(data.relations[relation].label), () => choose(data.facts[fact].id), { className: 'caption' }), ' ',
    edge ? link(target) : '', ' ', el('span', {}, text(words))];
}

/* Nothing is looked at: who moved, and what to begin with. */
function ofNothing() {
  const moves = data.facts.filter(fact => fact.relation === MOVE && fact.edge && seen.holds[fact.number] !== NOT)
    .sort((a, b) => beginning(b.bounds) - beginning(a.bounds) || a.number - b.number);
  return [
    el('h2', {}, data.title), el('p', { className: 'soft' }, label(data.coverage)), el('p', {}, word('hint')),
    data.stories.map((story, i) => button(`▸ ${label(story.title)}`, () => openStory(i), { className: 'storylink' })),
    moves.length ? el('h3', {}, word('moves'), el('small', {}, ` ${moves.length}`)) : '',
    ...moves.map(fact => el('section', { className: 'fact move' },
      el('p', {}, link(fact.source), ' → ', link(fact.target), ' ', badges(fact)),
      el('p', { className: 'when' }, text(fact.when)))),
  ];
}

/* Several facts together, as of one arc of the map, or the steps of a path. */
const ofSeveral = (heading, numbers) => [el('h2', {}, heading), ...numbers.map(number => line(data.facts[number]))];

function ofPath() {
  const pairs = seen.path.slice(1).map((number, i) => [seen.path[i], number]);
  const between = ([a, b]) => data.neighbours(a).get(b).filter(each => seen.live.has(each))
    .flatMap(each => data.edges[each].facts);
  const [a, b] = state.path.map(id => name(data.thing(id)));
  return ofSeveral(word('path-between', { a, b }), pairs.flatMap(between).filter(number => seen.holds[number] !== NOT));
}

function followPanel(before) {
  const { thing, fact, source, several } = chosen();
  const parts = thing !== undefined ? ofThing(thing)
    : fact !== undefined ? ofFact(fact) : source !== undefined ? ofSource(source)
    : several.length ? ofSeveral(word('chosen', { n: several.length }), several) : seen.path.length ? ofPath() : ofNothing();
  const reading = $('panel').contains(document.activeElement);
  $('told').replaceChildren(...parts.flat(Infinity).filter(Boolean));
  $('panel').classList.toggle('filled', Boolean(state.at));
  $('close').hidden = !state.at;
  if (before.at !== state.at) {
    $('panel').scrollTop = 0;
    announce($('told').querySelector('h2')?.textContent ?? '');
  }
  if (reading) $('panel').focus();
}
