/* The legend: what the signs mean, how many of each there are, and which are shown. */

function legendRows(group, looks, picture, caption) {
  const off = state[group];
  const rows = Object.keys(looks).filter(key => seen.counts[group][key] || off.includes(key)).map(key => {
    const box = el('input', { type: 'checkbox', checked: !off.includes(key) });
    box.onchange = () => go({ [group]: toggled(state[group], key) }, false);
    box.dataset.key = key;
    return el('li', {}, el('label', {}, box, picture(key), el('span', {}, caption(key)),
      el('small', {}, String(seen.counts[group][key] ?? 0))));
  });
  const reading = document.activeElement?.dataset?.key;
  $(group).replaceChildren(...rows);
  if (reading) [...$(group).querySelectorAll('input')].find(box => box.dataset.key === reading)?.focus();
}

function relationSign(key) {
  const { color, hub } = data.relations[key];
  return sign('M0 8h18', { stroke: tint(color), 'stroke-width': key === MOVE ? 4 : 2, opacity: hub && key !== MOVE ? 0.6 : 1 });
}

function followLegend() {
  legendRows('types', data.types, typeSignTinted, key => label(data.types[key].label) || key);
  legendRows('relations', data.relations, relationSign,
    key => label(data.relations[key].caption) || label(data.relations[key].label) || key);
  $('marks').replaceChildren(
    el('li', {}, sign('M0 8h18', { stroke: 'currentColor', 'stroke-width': 2, 'stroke-dasharray': '2 3' }),
      el('span', {}, '≠ ' + word('disputed'))),
    el('li', {}, sign('M0 8h18', { stroke: '#8a8f98', 'stroke-width': 2, 'stroke-dasharray': '6 4' }),
      el('span', {}, '? ' + word('rumoured'))),
  );
  const all = data.things.length;
  $('more').replaceChildren(
    data.things.some(({ drawn }) => !drawn)
      ? button(state.all ? word('show-core') : word('show-all', { n: all }),
        () => go({ all: !state.all, focus: '', path: [] })) : '',
    encode(state) ? button(word('reset'),
      () => go({ ...START, ...settled, view: state.view, language: state.language, theme: state.theme })) : '',
  );
  $('left').textContent = label(data.left) ? word('left-page', { a: label(data.left) }) : '';
}

const typeSignTinted = type => sign(SHAPES[data.types[type].shape] ?? SHAPES.dot, { fill: tint(data.types[type].color) });
