/* The page as a whole: the header, the bar above the drawing, keys, and what follows the state. */

const VIEWS = ['graph', 'map', 'timeline', 'table'];

function followPage() {
  const root = document.documentElement;
  root.lang = state.language === 'en' ? 'en' : 'zh-Hans';
  if (state.theme) root.dataset.theme = state.theme; else delete root.dataset.theme;
  colours();
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = word(element.dataset.t);
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', word(element.dataset.label));
    element.title = word(element.dataset.label);
  }
  $('search').placeholder = word('search');
  $('search').setAttribute('aria-label', word('search'));
  for (const key of VIEWS) {
    const shown = key === view();
    $(`to-${key}`).setAttribute('aria-selected', shown);
    $(`to-${key}`).tabIndex = shown ? 0 : -1;
    $(key === 'graph' ? 'stage' : key).hidden = !shown;
  }
  document.querySelector('.zoom').hidden = !['graph', 'map'].includes(view());
}

/* What narrows the view stands above it, with a way out. */
function followBar() {
  const tags = [];
  const tag = (shown, changes, label_ = '') => tags.push(el('span', { className: 'tag' }, shown,
    button('×', () => { pathFrom = ''; go(changes); followBar(); },
      { 'aria-label': `${word('clear')}: ${label_ || shown}` })));
  if (pathFrom) tag(word('path-pick'), {});
  if (state.path.length === 2) {
    const [a, b] = state.path.map(id => name(data.thing(id)));
    tag([word('path-between', { a, b }), seen.path.length ? word('steps',
      { n: seen.path.length - 1 }) : word('no-path')].join(' · '), { path: [] });
  } else if (state.focus) {
    tag(word('focus-on', { a: name(data.thing(state.focus)) }), { focus: '' });
    tags.push(el('span', { className: 'tag' }, word('depth'), ' ', [1, 2].map(depth =>
      button(String(depth), () => go({ depth }), { 'aria-pressed': String(state.depth === depth) }))));
  }
  if (state.hide.length) tag(word('hidden', { n: state.hide.length }), { hide: [] });
  if (state.asOf) tag(word('as-of-note', { d: dayText(state.asOf) }), { asOf: data.asOf });
  $('bar').replaceChildren(...tags);
  $('shown').textContent = word('shown', tally());
}

function startHeader() {
  VIEWS.forEach((key, i) => {
    $(`to-${key}`).onclick = () => go({ view: key });
    $(`to-${key}`).onkeydown = event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const shown = VIEWS.filter(each => !$(`to-${each}`).hidden);
      const next = shown[(shown.indexOf(key) + step + shown.length) % shown.length];
      go({ view: next });
      $(`to-${next}`).focus();
    };
  });
  $('language').onclick = () => go({ language: state.language === 'en' ? 'zh-hans' : 'en' }, false);
  $('theme').onclick = () => {
    const dark = getComputedStyle(document.documentElement).getPropertyValue('--scheme').trim() === 'dark';
    go({ theme: dark ? 'light' : 'dark' }, false);
  };
  const zoom = factor => (view() === 'map' ? moveMap.zoom(factor) : network.moveTo({ scale: network.getScale() * factor }));
  $('in').onclick = () => zoom(1.3);
  $('out').onclick = () => zoom(1 / 1.3);
  $('fit').onclick = () => (view() === 'map' ? moveMap.fit() : fit());
  $('close').onclick = () => go({ at: '' });
}

function startKeys() {
  document.addEventListener('keydown', event => {
    if (/^(input|textarea|select)$/i.test(event.target.tagName)
      && event.target.type !== 'range' && event.target.type !== 'checkbox') return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); $('search').focus(); }
    else if (event.key === 'Escape') {
      if (pathFrom) { pathFrom = ''; followBar(); }
      else if (state.at) go({ at: '' });
      else if (state.focus || state.path.length) go({ focus: '', path: [] });
    }
  });
}

/* Once the first part of the graph is there. */
function openPage() {
  Object.assign(settled, { language: data.language, asOf: data.asOf });
  document.body.classList.remove('waiting');
  startHeader();
  startSearch();
  startTime();
  startShare();
  startKeys();
  const wide = matchMedia('(min-width: 1200px)');
  const unfold = () => { $('legend').open = wide.matches; };
  wide.addEventListener('change', unfold);
  unfold();
  listeners.push(
    look, followPage, followLegend, followGraph, followPanel, followBar, followTable, followTimeline,
      followMap, followTime, followShare, followStory, followStore);
  Object.assign(state, decode(location.hash));
  if (!location.hash && data.focus) go({ at: data.focus }, false);
  else tell({ ...START });
  window.addEventListener('popstate', arrive);
  window.addEventListener('hashchange', () => { if (encode(state) !== location.hash) arrive(); });
  phone.addEventListener('change', () => tell({ ...state }));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => tell({ ...state }));
}

attempt(async () => {
  await data.start();
  await have({ ...START, ...read(location.hash) });
  openPage();
});
