/* Search as one types, in every script. */

let marked = 0; // which of the suggestions Enter takes

function suggest() {
  const asked = $('search').value;
  const hits = data.search(asked, 9);
  const items = hits.map((number, i) => {
    const { type, id, label: own, aliases } = data.things[number];
    const others = [...data.every(own), ...aliases].filter(other => other !== name(number));
    const item = el('li', { id: `found-${i}`, role: 'option' }, typeSign(type), el('span', {}, name(number)),
      el('small', {}, others[0] ?? ''));
    item.onpointerdown = event => { event.preventDefault(); take(id); };
    item.dataset.id = id;
    return item;
  });
  $('found').replaceChildren(...items);
  if (asked && !items.length) {
    $('found').append(el('li', { className: 'empty', role: 'option',
      'aria-disabled': 'true', 'aria-selected': 'false' }, word('nothing')));
  }
  $('found').hidden = !asked;
  $('search').setAttribute('aria-expanded', !$('found').hidden);
  if (asked) announce(word('results', { n: items.length }));
  mark(0);
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
  pick(id);
  $('panel').focus();
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
