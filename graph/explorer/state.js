/* What is looked at, how, and of when. It stands in the address, so that it can be shared and stepped back from. */

const phone = matchMedia('(max-width: 699px)');
const START = Object.freeze({
  view: '', at: '', focus: '', depth: 1, path: [], open: [], hide: [], all: false, types: [], relations: [],
  from: 0, to: 0, asOf: 0, language: '', theme: '', rows: 'things', sort: '', story: '', step: 0,
  layers: 'headquarters,people', // capital, the most by far, hides the others
});
const LISTS = ['path', 'open', 'hide', 'types', 'relations'];
const NUMBERS = ['depth', 'step'];
const DAYS = ['from', 'to', 'asOf'];
const CHOICES = {
  view: ['', 'graph', 'map', 'timeline', 'table'], language: ['', 'en', 'zh-hans'], theme: ['', 'light', 'dark'],
  rows: ['things', 'facts'],
};

const settled = { view: '', language: /^zh/.test(door.given(['lang']).lang) ? 'zh-hans' : 'en', asOf: 0 };
const state = { ...START, ...settled };
const listeners = [];

function encode(values) {
  const parts = [];
  const put = (key, value) => parts.push(`${key}=${value}`);
  const safe = text => encodeURIComponent(text).replaceAll('%2F', '/');
  for (const [key, start] of Object.entries(START)) {
    const value = values[key];
    if (LISTS.includes(key)) { if (value.length) put(key, value.map(safe).join(',')); }
    else if (value === (settled[key] ?? start)) continue;
    else if (DAYS.includes(key)) put(key, dayText(value));
    else put(key, safe(String(Number(value) || value)).replace(/^true$/, '1'));
  }
  return parts.length ? '#' + parts.join('&') : '';
}

/* The state of an address, whatever of it is on the page. */
function read(hash) {
  const values = { ...START, ...settled };
  const plain = given => { try { return decodeURIComponent(given); } catch { return ''; } };
  for (const part of hash.replace(/^#/, '').split('&')) {
    const [key, given = ''] = [part.split('=', 1)[0], part.slice(part.indexOf('=') + 1)];
    if (!Object.hasOwn(START, key)) continue;
    if (LISTS.includes(key)) values[key] = given.split(',').map(plain).filter(Boolean);
    else if (DAYS.includes(key)) values[key] = dayNumber(given);
    else if (NUMBERS.includes(key)) values[key] = Math.min(9, Math.max(0, parseInt(given, 10) || 0));
    else if (key === 'all') values.all = given === '1';
    else if (!CHOICES[key] || CHOICES[key].includes(plain(given))) values[key] = plain(given);
  }
  return values;
}

/* The state of an address, without what is not on the page. */
function decode(hash) {
  const values = read(hash);
  values.path = values.path.filter(id => data.thing(id) !== undefined).slice(0, 2);
  if (data.thing(values.focus) === undefined) values.focus = '';
  values.at = values.at.split(',').filter(isOne).join(',');
  return values;
}

const isOne = id => data.thing(id) !== undefined || data.fact(id) !== undefined || data.source(id) !== undefined;

/* Change the state. A step that one may wish to go back from is a new entry of the history. */
function go(changes, isStep = true) {
  const before = { ...state };
  Object.assign(state, changes);
  const address = encode(state);
  if (address !== location.hash)
    history[isStep ? 'pushState' : 'replaceState'](null, '', address || location.pathname + location.search);
  tell(before);
}

function tell(before) {
  for (const listener of listeners) listener(before);
}

/* Follow the address, to which one has stepped back or which was typed. */
function arrive() {
  return attempt(async () => {
    const { hash } = location;
    await have(read(hash));
    if (hash !== location.hash) return;
    const before = { ...state };
    Object.assign(state, decode(hash));
    tell(before);
  });
}

const view = () => state.view || (phone.matches ? 'table' : 'graph');
const chosen = () => ({
  thing: data.thing(state.at), fact: data.fact(state.at), source: data.source(state.at),
  several: state.at.includes(',') ? state.at.split(',').map(data.fact).filter(number => number !== undefined) : [],
});
const choose = id => go({ at: id });
const toggled = (list, id) => (list.includes(id) ? list.filter(each => each !== id) : [...list, id]);
