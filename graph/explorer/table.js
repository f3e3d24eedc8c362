/* The table of what is seen: the same without a drawing, to be sorted and saved. */

const MOST_ROWS = 400; // drawn at once
let rowsDrawn = MOST_ROWS;

const COLUMNS = {
  things: [
    ['name', ({ number }) => name(number)],
      ['other', ({ number, label: own }) => data.every(own).find(each => each !== name(number)) ?? ''],
    ['kind', ({ type }) => label(data.types[type].label) || type], ['place', ({ number }) => seat(number)],
    ['degree', ({ degree }) => degree],
  ],
  facts: [
    ['from', ({ source }) => name(source)],
      ['relation', ({ relation }) => label(data.relations[relation].caption) || label(data.relations[relation].label)],
    ['to', ({ target, words }) => (target >= 0 ? name(target) : text(words))], ['when', ({ when }) => text(when)],
    ['status', fact => [fact.status && conceptName(fact.status), fact.disputed ? '≠ ' + word('disputed') : '',
      fact.rumoured ? '? ' + word('rumoured') : '',
      fact.derived ? word('derived') : '', seen.facts.get(fact.number) === POSSIBLY ? word('possibly') : ''].filter(Boolean).join(', ')],
    ['sources', ({ statements }) => new Set(statements.map(each => data.statements[each].source)).size],
  ],
};

/* Where the headquarters of a thing are, by the latest tenure that is seen. */
function seat(number) {
  const held = data.things[number].facts.map(each => data.facts[each])
    .filter(fact => fact.relation === 'HeadquartersTenure' && data.things[number].type !== 'place'
      && fact.source === number && seen.holds[fact.number] !== NOT);
  held.sort((a, b) => (a.bounds[3] || LAST_DAY) - (b.bounds[3] || LAST_DAY) || beginning(a.bounds) - beginning(b.bounds));
  const last = held.at(-1);
  return last ? (last.target >= 0 ? name(last.target) : text(last.words)) : '';
}

function tableItems() {
  const items = state.rows === 'things' ? [...seen.things].map(number => data.things[number])
    : [...seen.facts.keys()].map(number => data.facts[number]).filter(fact => fact.edge);
  const [key, isDown] = state.sort
    ? [state.sort.replace(/^-/, ''), state.sort.startsWith('-')]
      : [state.rows === 'things' ? 'degree' : 'when', true];
  const [, value] = COLUMNS[state.rows].find(([column]) => column === key) ?? COLUMNS[state.rows][0];
  const sorted = key === 'when' ? fact => beginning(fact.bounds) : value;
  const collator = new Intl.Collator(state.language === 'en' ? 'en' : 'zh-Hans-u-co-pinyin', { numeric: true });
  const keyed = items.map(item => [sorted(item), item]);
  keyed.sort(([a, one], [b, other]) =>
    (typeof a === 'number' ? a - b : collator.compare(a, b)) * (isDown ? -1 : 1) || one.number - other.number);
  return { items: keyed.map(([, item]) => item), key, isDown };
}

function followTable(before) {
  if (view() !== 'table') return;
  if (before.rows !== state.rows || before.view !== state.view) rowsDrawn = MOST_ROWS;
  const { items, key, isDown } = tableItems();
  const columns = COLUMNS[state.rows];
  const reading = $('table').contains(document.activeElement) ? document.activeElement.dataset.column : undefined;
  const head = columns.map(([column]) => {
    const sorter = button(word(column), () => go({ sort: column === key && !isDown ? `-${column}` : column }, false));
    sorter.dataset.column = column;
    sorter.setAttribute('aria-label', word('sort', { a: word(column) }));
    const order = column === key ? (isDown ? 'descending' : 'ascending') : 'none';
    return el('th', { scope: 'col', 'aria-sort': order, className: `c-${column}` }, sorter);
  });
  const row = item => el('tr', { className: item.id === state.at ? 'at' : '' }, columns.map(([column, value], i) => (i === 0
    ? el('th', { scope: 'row' }, state.rows === 'things' ? typeSignTinted(item.type) : '',
      button(String(value(item)), () => choose(item.id), { className: 'link' }))
    : el('td', { className: `c-${column} ${typeof value(item) === 'number' ? 'number' : ''}` }, String(value(item))))));
  const tab = (rows, count) => button(
    `${word(rows === 'facts' ? 'facts2' : rows)} ${count}`, () => go({ rows, sort: '' }, false),
    { 'aria-pressed': String(state.rows === rows) });
  $('table').replaceChildren(
    el('div', { className: 'tablebar' }, tab('things', seen.things.size),
      tab('facts', [...seen.facts.keys()].filter(number => data.facts[number].edge).length),
      button(word('csv'), saveCsv)),
    el('table', {}, el('caption', {}, word('shown', tally())), el('thead', {}, el('tr', {}, head)),
      el('tbody', {}, items.slice(0, rowsDrawn).map(row))),
    items.length > rowsDrawn
      ? button(word('more', { n: items.length - rowsDrawn }), () => { rowsDrawn = Infinity; followTable(state); }) : '');
  if (reading) [...$('table').querySelectorAll('button')].find(each => each.dataset.column === reading)?.focus();
}

const tally = () => ({ n: seen.things.size, e: [...seen.facts.keys()].filter(number => data.facts[number].edge).length });

/* A cell of CSV; what a spreadsheet would take for a formula is marked as text. */
const cell = value => {
  const shown = String(value).replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\n\r]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
};

function csv() {
  const columns = COLUMNS[state.rows];
  const addresses = fact => [...new Set(fact.statements.map(each => data.sources[data.statements[each].source].url))].join(' ');
  const extra = state.rows === 'facts' ? [['url', addresses]] : [];
  const rows = tableItems().items.map(item => [item.id, ...[...columns, ...extra].map(([, value]) => value(item))]);
  const head = ['id', ...columns.map(([column]) => word(column)), ...extra.map(([column]) => column)];
  return '\ufeff' + [head, ...rows].map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

const saveCsv = () => save(new Blob([csv()], { type: 'text/csv;charset=utf-8' }), `chuhai-${state.rows}.csv`);
