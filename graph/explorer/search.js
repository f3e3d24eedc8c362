/* Search as one types, in every script: on the page at once, in the store as soon as it answers. */

const MOST_FOUND = 9;
const PAUSE = 120; // milliseconds without a key before the store is asked
let marked = 0; // which of the suggestions Enter takes
let lookup = new AbortController(); // the question to the store that is under way

/* What the page and the store find. note: what is said where that is nothing. */
function offer(asked, found, note) {
  const here = data.search(asked, found.length ? MOST_FOUND - 3 : MOST_FOUND).map(number => {
    const { type, id, label: own, aliases } = data.things[number];
    const others = [...data.every(own), ...aliases].filter(other => other !== name(number));
    return { id, type, shown: name(number), other: others[0] ?? '' };
  });
  const more = found.filter(({ id }) => !here.some(each => each.id === id)).map(hit => {
    const shown = label(hit.label) || hit.id;
    return { id: hit.id, type: hit.id.split('/')[0], shown, other: hit.name === shown ? '' : hit.name };
  });
  const before = $('found').children[marked]?.dataset.id;
  const items = [...here, ...more].map(({ id, type, shown, other }, i) => {
    const item = el('li', { id: `found-${i}`, role: 'option' }, typeSign(type), el('span', {}, shown), el('small', {}, other));
    item.onpointerdown = event => { event.preventDefault(); take(id); };
    item.dataset.id = id;
    return item;
  });
  $('found').replaceChildren(...items);
  if (note && !items.length) {
    $('found').append(el('li', { className: 'empty', role: 'option',
      'aria-disabled': 'true', 'aria-selected': 'false' }, note));
  }
  $('found').hidden = !asked;
  $('search').setAttribute('aria-expanded', !$('found').hidden);
  if (asked) announce(word('results', { n: items.length }));
  mark(marked ? Math.max(0, items.findIndex(item => item.dataset.id === before)) : 0);
}

async function suggest() {
  const asked = $('search').value;
  lookup.abort();
  lookup = new AbortController();
  const { signal } = lookup;
  marked = 0;
  offer(asked, [], word(data.isLive ? 'looking' : 'nothing'));
  if (!asked.trim() || !data.isLive) return;
  await new Promise(done => { setTimeout(done, PAUSE); });
  if (signal.aborted) return;
  try {
    const found = await data.find(asked, signal);
    if (!signal.aborted) offer(asked, found, word('nothing-at-all'));
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Unanswered)) throw error;
    offer(asked, [], word('unanswered', { why: error.message }));
  }
}

function mark(number) {
  const items = [...$('found').children].filter(item => item.dataset.id);
  marked = items.length ? (number + items.length) % items.length : 0;
  items.forEach((item, i) => item.setAttribute('aria-selected', i === marked));
  $('search').setAttribute('aria-activedescendant', items.length ? `found-${marked}` : '');
}

function take(id) {
  $('search').value = '';
  suggest();
  attempt(async () => {
    await have({ ...START, at: id });
    pick(id);
    $('panel').focus();
  });
}

function startSearch() {
  $('search').oninput = suggest;
  $('search').onblur = () => { $('found').hidden = true; $('search').setAttribute('aria-expanded', false); };
  $('search').onfocus = () => { if ($('search').value) suggest(); };
  $('search').onkeydown = event => {
    if (event.isComposing) return; // Enter then ends the input of a Chinese word
    const item = $('found').children[marked];
    if (event.key === 'ArrowDown') mark(marked + 1);
    else if (event.key === 'ArrowUp') mark(marked - 1);
    else if (event.key === 'Enter' && item?.dataset.id) take(item.dataset.id);
    else if (event.key === 'Escape') { $('search').value = ''; suggest(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
