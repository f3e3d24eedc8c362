/* The queries that are open: each has its text with its own history, the named query it came from, and its answer. */

const STORE = 'chuhai-sparql';
const MOST_TABS = 20;
let tabs = [];
let tab = null;

function tabOf({ text, title = '', name = null, values = {}, filled = null }) {
  return { text, title, name, values, filled, answer: [el('p', { className: 'soft' }, say('empty'))], history: null };
}

/* Opens a query in a tab of its own, the oldest going where there are too many. */
function openTab(given) {
  const opened = tabOf(given);
  tabs = [...tabs, opened].slice(-MOST_TABS);
  selectTab(opened);
}

function selectTab(chosen) {
  stop();
  if (tab) Object.assign(tab, { text: editor.getValue(), answer: [...$('answer').childNodes], history: editor.getHistory() });
  tab = chosen;
  editor.setValue(tab.text);
  editor.clearHistory();
  if (tab.history) editor.setHistory(tab.history);
  $('answer').replaceChildren(...tab.answer);
  tell('');
  showExample();
  drawTabs();
  keepTabs();
}

function closeTab(closed) {
  const place = tabs.indexOf(closed);
  tabs = tabs.filter(each => each !== closed);
  if (!tabs.length) openTab({ text: START });
  else if (closed === tab) selectTab(tabs[Math.min(place, tabs.length - 1)]);
  else drawTabs();
  $('tabs').querySelector('[aria-current]').focus();
}

function drawTabs() {
  $('tabs').replaceChildren(...tabs.map((each, number) => {
    const title = each.title || `${say('query')} ${number + 1}`;
    return el('li', {},
      button(title, () => selectTab(each), each === tab ? { 'aria-current': 'true' } : {}),
      button('×', () => closeTab(each), { className: 'plain', 'aria-label': say('close', { title }) }));
  }), el('li', {}, button('+', () => openTab({ text: START }), { 'aria-label': say('new') })));
}

/* Keeps the texts for the next visit, where the browser lets us. */
function keepTabs() {
  tab.text = editor.getValue();
  const kept = tabs.map(({ text, title, name, values, filled }) => ({ text, title, name, values, filled }));
  try {
    localStorage.setItem(STORE, JSON.stringify({ tabs: kept, at: tabs.indexOf(tab) }));
  } catch { /* storage is full or forbidden */ }
}

function tabsOfLastTime() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE));
    tabs = kept.tabs.map(tabOf);
    return tabs[kept.at];
  } catch {
    return undefined;
  }
}
