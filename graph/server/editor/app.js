/* The page: what its address says is opened, run on demand, and can be passed on. */

const START = `# ${say('start')}
PREFIX chuhai: <${known.prefixes.chuhai}>
PREFIX skos: <${known.prefixes.skos}>

SELECT ?product ?name
WHERE {
  ?product a chuhai:Product ; skos:prefLabel ?name .
  FILTER(LANG(?name) = "${known.language === 'en' ? 'en' : 'zh-hans'}")
}
ORDER BY ?name
LIMIT 100
`;

registerCompletion();
const editor = new Yasqe($('editor'), {
  showQueryButton: false, createShareableLink: null, consumeShareLink: null, persistenceId: null,
  screenReaderLabel: say('query'), editorHeight: '20rem',
  extraKeys: { 'Ctrl-Enter': run, 'Cmd-Enter': run, Tab: false, 'Shift-Tab': false, 'Ctrl-S': false },
});
const narrow = matchMedia('(max-width: 800px)');
let running = null;
let wrong = null;

const tell = text => { $('told').textContent = text; };

function mark(line) {
  wrong = editor.addLineClass(Math.min(line, editor.lineCount()) - 1, 'background', 'wrong');
}

function unmark() {
  if (wrong) editor.removeLineClass(wrong, 'background', 'wrong');
  wrong = null;
}

function goTo(line) {
  editor.focus();
  editor.setCursor(Math.min(line, editor.lineCount()) - 1, 0);
}

function stop() {
  running?.abort();
  running = null;
  $('stop').hidden = true;
}

async function run() {
  stop();
  const mine = running = new AbortController();
  const query = editor.getValue();
  $('stop').hidden = false;
  unmark();
  tell('');
  $('answer').replaceChildren(el('p', { role: 'status' }, say('running')));
  mine.signal.onabort = () => $('answer').replaceChildren(el('p', { role: 'status' }, say('stopped')));
  const begunAt = performance.now();
  try {
    const answer = await sendQuery(query, 'application/sparql-results+json, text/turtle', { signal: mine.signal });
    if (mine === running) showAnswer(query, answer, performance.now() - begunAt);
  } catch (error) {
    if (mine !== running) return;
    showRefusal(error, goTo);
    const line = /\bline (\d+)/.exec(error.message);
    if (line && error.status === 400) mark(Number(line[1]));
  }
  if (mine === running) {
    running = null;
    $('stop').hidden = true;
  }
}

/* Shows what the named query of the tab asks, and its parameters. */
function showExample() {
  const { name, values } = tab;
  const query = NAMED.get(name);
  markExample(name);
  $('example').hidden = !query;
  $('example').replaceChildren();
  if (!query) return;
  $('example').append(el('h2', {}, query.summary), el('p', { lang: 'en' }, query.description));
  if (query.parameters.length) $('example').append(parameterForm(query, values, given => fill(tab, given)));
}

/* Opens a named query in a tab, with its values where it has all it needs. */
function openNamed(name, values = {}) {
  const same = tabs.find(each => each.name === name && String(new URLSearchParams(each.values)) === String(new URLSearchParams(values)));
  if (same) {
    selectTab(same);
    return;
  }
  const query = NAMED.get(name);
  const missing = query.parameters.filter(each => each.default === null && !values[each.name]).map(each => each.name);
  const needs = missing.length ? `# ${say('missing', { names: missing.join(', ') })}\n` : '';
  openTab({ text: `# ${query.summary}\n${needs}`, title: name, name, values });
  if (missing.length) $(`parameter-${missing[0]}`).focus();
  else fill(tab, values);
}

/* Puts values into the named query of a tab. */
async function fill(filling, values) {
  const { name } = filling;
  try {
    const { text } = await ask(`/sparql/editor/text?${new URLSearchParams({ named: name, ...values })}`);
    Object.assign(filling, { text, values, filled: text });
    if (filling !== tab) return;
    editor.setValue(text);
    $('answer').replaceChildren(el('p', { className: 'soft' }, say('empty')));
    keepTabs();
  } catch (error) {
    if (filling === tab) showRefusal(error);
  }
}

/* The address of the text; of a named query that was not changed, by its name. */
function addressOfText() {
  const text = editor.getValue();
  if (tab.filled === text) return exampleAddress(tab.name, tab.values);
  return `?${new URLSearchParams({ query: text, ...LANGUAGE })}`;
}

async function share() {
  const address = addressOfText();
  if (address.length + location.pathname.length > known.longest) {
    tell(say('long'));
    return;
  }
  history.replaceState(null, '', address);
  try {
    await navigator.clipboard.writeText(location.href);
    tell(say('shared'));
  } catch {
    tell(say('address'));
  }
}

/* Opens what the address says, beside what was open last time. */
function openAddress() {
  const { lang, query, named, ...values } = Object.fromEntries(new URLSearchParams(location.search));
  const before = tabsOfLastTime();
  if (NAMED.has(named)) {
    openNamed(named, values);
    return;
  }
  const text = query ?? (before ? null : START);
  const same = tabs.find(each => each.text === text) ?? (text === null ? before : null);
  if (same) selectTab(same);
  else openTab({ text });
  if (named) showRefusal(new Refused(404, say('failed'), say('unknown', { name: named })));
}

drawExamples(name => {
  if (narrow.matches) $('examples').open = false;
  openNamed(name);
});
$('examples').open = !narrow.matches;
openAddress();
$('run').addEventListener('click', run);
$('stop').addEventListener('click', stop);
$('share').addEventListener('click', share);
$('other').addEventListener('click', event => {
  const given = new URLSearchParams(addressOfText());
  given.set('lang', known.language === 'en' ? 'zh' : 'en');
  if (String(given).length < known.longest) event.target.search = given;
});
window.addEventListener('pagehide', keepTabs);
editor.on('change', unmark);
