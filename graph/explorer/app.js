'use strict';

const WORDS = {
  en: {
    search: 'Search names and aliases ( / )', filter: 'Filter', types: 'Entities', relations: 'Relations',
    table: 'As a table', from: 'From', relation: 'Relation', to: 'To', when: 'When', status: 'Status', sources: 'Sources',
    graph: 'Graph; the table below holds the same relations', in: 'Zoom in', out: 'Zoom out', fit: 'Show all',
    language: '切换到中文',
    hint: 'Choose a node or a line to see what is said of it, and by whom.', moves: 'Headquarters moves',
    said: 'Said of it', about: 'Relations', apart: 'Not held as fact', disputed: '≠ disputed',
    derived: 'derived', silent: 'No statement.', shown: '{n} entities and {e} relations shown',
    'reported-figure': 'reported figure',
  },
  'zh-hans': {
    search: '搜索名称或别名（ / ）', filter: '筛选', types: '实体类型', relations: '关系类型',
    table: '以表格查看', from: '起点', relation: '关系', to: '终点', when: '时间', status: '状态', sources: '来源',
    graph: '关系图；下方表格内容相同', in: '放大', out: '缩小', fit: '显示全部',
    language: 'Switch to English',
    hint: '点击节点或连线，查看相关说法及其出处。', moves: '总部迁移',
    said: '相关说法', about: '关系', apart: '未作为事实采信', disputed: '≠ 有争议', derived: '推导得出', silent: '没有陈述。',
    shown: '显示 {n} 个实体、{e} 条关系',
    fact: '事实', 'reported-figure': '报道数字', rumour: '传闻', denial: '否认', opinion: '观点', causal: '因果判断',
    forecast: '预测', planned: '计划中', announced: '已宣布', 'in progress': '进行中', completed: '已完成',
    cancelled: '已取消', blocked: '受阻', reversed: '已撤回',
  },
};
const SHAPES = {
  dot: 'M9 2a6 6 0 1 1-.01 0z', square: 'M3.5 2.5h11v11h-11z', diamond: 'M9 1l7 7-7 7-7-7z', triangle: 'M9 2l7 12H2z',
  triangleDown: 'M9 14l7-12H2z', hexagon: 'M5.5 2h7L16 8l-3.5 6h-7L2 8z',
  star: 'M9 1l2 5 5 .3-4 3.3 1.4 5L9 11.8l-4.4 2.8 1.4-5L2 6.3 7 6z',
};
const HELD = ['fact', 'reported-figure'];
const MOVE = 'HeadquartersMove';
const LABEL = { size: 14, width: 160 }; // pixels at zoom 1
const READABLE = 0.7; // the zoom below which labels are too small to read

document.querySelector('main').hidden = false;

const $ = id => document.getElementById(id);
const read = id => JSON.parse($(id).textContent);
const { types, relations, statements, sources, language: first } = read('rest');
const nodes = new Map(read('nodes').map(node => [node.id, node]));
const edges = new Map(read('edges').map(edge => [edge.id, edge]));
const touching = new Map([...nodes.keys()].map(id => [id, []]));
for (const { fact } of edges.values()) {
  for (const id of new Set([fact.source, fact.target])) touching.get(id).push(fact);
}

let language = first;
let chosen = ''; // the id of a node or an edge
const off = { types: new Set(), relations: new Set() };

const word = key => (Object.hasOwn(WORDS[language], key) ? WORDS[language][key] : key);
const say = label => label[language] || label.en || Object.values(label).find(Boolean) || '';
const name = id => say(nodes.get(id).entity.label) || id;
const verb = fact => say(relations[fact.relation].label) || fact.relation;

function el(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function sign(path, attributes) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 18 16');
  svg.setAttribute('aria-hidden', 'true');
  for (const [key, value] of Object.entries({ d: path, ...attributes })) line.setAttribute(key, value);
  svg.append(line);
  return svg;
}
const typeSign = type => sign(SHAPES[types[type].shape] || SHAPES.dot, { fill: types[type].color });

/* The drawing */

const nodeShown = node => !off.types.has(node.entity.type);
const edgeShown = ({ fact }) =>
  !off.relations.has(fact.relation) && nodeShown(nodes.get(fact.source)) && nodeShown(nodes.get(fact.target));
const pen = document.createElement('canvas').getContext('2d');
const nodeSet = new vis.DataSet([...nodes.values()].map(({ id, x, y, shape, size }) => ({ id, x, y, shape, size })));
const edgeSet = new vis.DataSet([...edges.values()].map(({ id, from, to, smooth }) => ({ id, from, to, smooth })));
const network = new vis.Network($('canvas'), {
  nodes: new vis.DataView(nodeSet, { filter: item => nodeShown(nodes.get(item.id)) }),
  edges: new vis.DataView(edgeSet, { filter: item => edgeShown(edges.get(item.id)) }),
}, {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, keyboard: { enabled: true, bindToWindow: false }, selectConnectedEdges: false },
  nodes: { chosen: false, scaling: { label: { enabled: false } } },
  edges: { chosen: false, arrows: { to: { enabled: true, scaleFactor: 0.55 } }, arrowStrikethrough: false },
});

/* A label no wider than the layout leaves room for. */
function clip(text, font) {
  pen.font = font;
  const letters = [...text];
  while (pen.measureText(letters.join('')).width > LABEL.width) letters.splice(-2, 2, '…');
  return letters.join('');
}

function draw() {
  const css = getComputedStyle(document.body);
  const [ink, soft, faint, ground] = ['ink', 'soft', 'faint', 'ground'].map(key => css.getPropertyValue('--' + key));
  const lit = new Set(nodes.has(chosen) ? touching.get(chosen) : edges.has(chosen) ? [edges.get(chosen).fact] : []);
  const near = new Set([chosen, ...[...lit].flatMap(fact => [fact.source, fact.target])]);
  nodeSet.update([...nodes.values()].map(({ id, color }) => {
    const bright = !chosen || near.has(id);
    return {
      id, label: clip(name(id), `${LABEL.size}px ${css.fontFamily}`), opacity: bright ? 1 : 0.25,
      borderWidth: id === chosen ? 4 : 1.5,
      color: { background: color, border: id === chosen ? ink : ground },
      font: { face: css.fontFamily, size: LABEL.size, color: bright ? ink : faint, strokeWidth: 4, strokeColor: ground },
    };
  }));
  edgeSet.update([...edges.values()].map(({ id, fact }) => {
    const { color, dashes } = relations[fact.relation];
    const bright = !chosen || lit.has(fact);
    const strength = (fact.relation.startsWith(MOVE) ? 3.2 : 1.4) + (id === chosen ? 1.6 : 0);
    return {
      id, width: strength, dashes: fact.disputed ? [2, 5] : dashes && [9, 6],
      color: { color, opacity: bright ? (fact.derived ? 0.45 : 0.9) : 0.12 },
      label: fact.disputed ? '≠' : undefined,
      font: { face: css.fontFamily, size: 17, vadjust: -11, color: bright ? soft : faint, strokeWidth: 4, strokeColor: ground },
    };
  }));
  $('shown').textContent = word('shown').replace('{n}', [...nodes.values()].filter(nodeShown).length)
    .replace('{e}', [...edges.values()].filter(edgeShown).length);
  [...edges.values()].forEach((edge, i) => { document.querySelector('tbody').rows[i].hidden = !edgeShown(edge); });
}

/* The panel */

function link({ url, title }) {
  if (!/^https?:\/\//i.test(url)) return el('span', {}, [title, url].filter(Boolean).join(' · '));
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, title || url);
}

function said({ source: number, kind, locator, speaker, text }) {
  const source = sources[number];
  const from = [source.publisher, source.published, source.kind].filter(Boolean).join(', ');
  return el('li', { className: 'said' },
    el('span', { className: `kind ${kind}` }, word(kind)),
    el('small', {}, [speaker, locator].filter(Boolean).join(' · ')),
    el('p', {}, say(text)),
    el('p', {}, link(source), el('small', {}, from)));
}

function evidence(numbers) {
  const all = numbers.map(number => statements[number]);
  const held = all.filter(({ kind }) => HELD.includes(kind));
  const apart = all.filter(({ kind }) => !HELD.includes(kind));
  if (!all.length) return [el('p', { className: 'soft' }, word('silent'))];
  return [
    held.length ? el('ul', {}, ...held.map(said)) : '',
    apart.length ? el('div', { className: 'apart' }, el('h4', {}, word('apart')), el('ul', {}, ...apart.map(said))) : '',
  ];
}

function relation(fact, heard = true) {
  const end = id => (id === chosen ? el('b', {}, name(id))
    : el('button', { className: 'link', type: 'button', onclick: () => choose(id) }, name(id)));
  return el('section', { className: 'relation' },
    el('p', {}, end(fact.source), el('span', { className: 'verb' }, verb(fact)), end(fact.target),
      ' ', fact.disputed ? el('span', { className: 'mark' }, word('disputed')) : '',
      ' ', fact.derived ? el('span', { className: 'mark derived' }, word('derived')) : ''),
    el('p', { className: 'soft' }, [fact.when, fact.status && word(fact.status)].filter(Boolean).join(' · ')),
    ...(heard ? evidence(fact.statements) : []));
}

function describe() {
  if (nodes.has(chosen)) {
    const { type, label, aliases, statements: own } = nodes.get(chosen).entity;
    const others = new Set([...Object.values(label), ...aliases]);
    others.delete(name(chosen));
    return [
      el('p', { className: 'soft' }, say(types[type].label) || type), el('h2', {}, name(chosen)),
      el('p', { className: 'soft' }, [...others].filter(Boolean).join(' · ')),
      ...(own.length ? [el('h3', {}, word('said')), ...evidence(own)] : []),
      el('h3', {}, word('about')), ...touching.get(chosen).map(fact => relation(fact)),
    ];
  }
  if (edges.has(chosen)) {
    const { fact } = edges.get(chosen);
    return [el('p', { className: 'soft' }, word('relation')),
      el('h2', {}, `${name(fact.source)} → ${name(fact.target)}`), relation(fact)];
  }
  const moves = [...edges.values()].filter(({ fact }) => fact.relation.startsWith(MOVE));
  return [
    el('p', { className: 'soft' }, word('hint')),
    ...(moves.length ? [el('h3', {}, word('moves')), ...moves.map(({ fact }) => relation(fact, false))] : []),
  ];
}

/* The legend */

function legend(group, looks, count, picture) {
  $(group).replaceChildren(...Object.keys(looks).map(key => {
    const box = el('input', { type: 'checkbox', checked: !off[group].has(key) });
    box.onchange = () => { off[group][box.checked ? 'delete' : 'add'](key); draw(); };
    return el('li', {}, el('label', {}, box, picture(key), el('span', {}, say(looks[key].label) || key),
      el('small', {}, count(key))));
  }));
}

function legends() {
  legend('types', types, type => [...nodes.values()].filter(node => node.entity.type === type).length, typeSign);
  legend('relations', relations, key => [...edges.values()].filter(({ fact }) => fact.relation === key).length,
    key => sign('M0 8h18', {
      stroke: relations[key].color, 'stroke-width': key.startsWith(MOVE) ? 4 : 2,
      'stroke-dasharray': relations[key].dashes ? '5 3' : 'none',
    }));
}

/* Search */

const fold = text => text.normalize('NFKC').toLowerCase().trim();
const names = new Map([...nodes].map(([id, { entity }]) =>
  [id, [...Object.values(entity.label), ...entity.aliases].map(fold)]));
let marked = 0; // which of the suggestions Enter takes

function find() {
  const asked = fold($('search').value);
  const near = text => (text.startsWith(asked) ? 0 : text.includes(asked) ? 1 : Infinity);
  const rank = id => Math.min(...names.get(id).map(near));
  const hits = asked ? [...nodes.keys()].filter(id => rank(id) < Infinity) : [];
  hits.sort((a, b) => rank(a) - rank(b) || touching.get(b).length - touching.get(a).length);
  $('found').replaceChildren(...hits.slice(0, 8).map((id, i) => {
    const { type, label } = nodes.get(id).entity;
    const other = Object.values(label).find(text => text !== name(id)) || '';
    const item = el('li', { id: `found-${i}`, role: 'option', onpointerdown: () => choose(id, true) },
      typeSign(type), el('span', {}, name(id)), el('small', {}, other));
    item.dataset.id = id;
    return item;
  }));
  mark(0);
}

function mark(number) {
  const items = [...$('found').children];
  marked = items.length ? (number + items.length) % items.length : 0;
  items.forEach((item, i) => item.setAttribute('aria-selected', i === marked));
  $('found').hidden = !items.length;
  $('search').setAttribute('aria-expanded', items.length > 0);
  $('search').setAttribute('aria-activedescendant', items.length ? `found-${marked}` : '');
}

$('search').oninput = find;
$('search').onblur = () => { $('found').hidden = true; };
$('search').onfocus = find;
$('search').onkeydown = event => {
  if (event.isComposing) return; // Enter then ends the input of a Chinese word
  const item = $('found').children[marked];
  if (event.key === 'ArrowDown') mark(marked + 1);
  else if (event.key === 'ArrowUp') mark(marked - 1);
  else if (event.key === 'Enter' && item) choose(item.dataset.id, true);
  else if (event.key === 'Escape') { $('found').replaceChildren(); mark(0); }
  else return;
  event.preventDefault();
};

/* What is chosen stands in the address, so that it can be shared and stepped back from. */

function choose(id, searched = false) {
  const address = id && '#' + id.split('/').map(encodeURIComponent).join('/');
  if (location.hash === address) arrive(); else location.hash = address;
  if (searched) { $('search').value = ''; $('panel').focus(); }
}

function arrive() {
  let id = '';
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { /* not an address of ours */ }
  chosen = nodes.has(id) || edges.has(id) ? id : '';
  if (nodes.has(chosen)) off.types.delete(nodes.get(chosen).entity.type);
  const reading = $('panel').contains(document.activeElement);
  show();
  $('panel').scrollTop = 0;
  if (reading) $('panel').focus();
  if (nodes.has(chosen)) reveal(chosen);
}

function reveal(id) {
  const { x, y } = network.canvasToDOM(network.getPosition(id));
  const { clientWidth, clientHeight } = $('canvas');
  const inside = x > 60 && y > 40 && x < clientWidth - 60 && y < clientHeight - 40;
  if (!inside) network.moveTo({ position: network.getPosition(id) });
}

function show() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = word(element.dataset.t);
  for (const element of document.querySelectorAll('[data-label]')) {
    element.ariaLabel = element.title = word(element.dataset.label);
  }
  $('search').placeholder = $('search').ariaLabel = word('search');
  $('canvas').firstChild.ariaLabel = word('graph');
  [...edges.values()].forEach(({ fact }, i) => {
    const { cells } = document.querySelector('tbody').rows[i];
    [name(fact.source), verb(fact), name(fact.target)].forEach((text, j) => { cells[j].textContent = text; });
  });
  legends();
  draw();
  $('panel').replaceChildren(...describe());
}

function fit() {
  network.fit({ maxZoomLevel: 1.2 });
}

const zoom = factor => network.moveTo({ scale: network.getScale() * factor });
$('in').onclick = () => zoom(1.3);
$('out').onclick = () => zoom(1 / 1.3);
$('fit').onclick = fit;
$('language').onclick = () => { language = language === 'en' ? 'zh-hans' : 'en'; show(); };
network.on('click', ({ nodes: [node], edges: [edge] }) => choose(node ?? edge ?? ''));
for (const thing of ['Node', 'Edge']) {
  network.on('hover' + thing, () => { $('canvas').style.cursor = 'pointer'; });
  network.on('blur' + thing, () => { $('canvas').style.cursor = ''; });
}
document.addEventListener('keydown', event => {
  if (event.key !== '/' || /^(input|textarea)$/i.test(event.target.tagName)) return;
  event.preventDefault();
  $('search').focus();
});
window.addEventListener('hashchange', arrive);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
$('canvas').firstChild.setAttribute('role', 'application');
const wide = matchMedia('(min-width: 1100px)');
const unfold = () => { $('legend').open = wide.matches; };
wide.addEventListener('change', unfold);

$('table').open = false;
unfold();
show();
network.redraw(); // a fit needs the sizes that only a drawing gives
fit();
if (network.getScale() < READABLE) network.moveTo({ scale: READABLE });
arrive();
