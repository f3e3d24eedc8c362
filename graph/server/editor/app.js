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
  value: START, showQueryButton: false, createShareableLink: null, consumeShareLink: null, persistenceId: 'chuhai-sparql',
  screenReaderLabel: say('query'), editorHeight: '20rem',
  extraKeys: { 'Ctrl-Enter': run, 'Cmd-Enter': run, Tab: false, 'Shift-Tab': false, 'Ctrl-S': false },
});
let running = null;
let wrong = null;
let opened = { name: null, values: {}, text: null };

const tell = text => { $('told').textContent = text; };

function setText(text) {
  unmark();
  editor.setValue(text);
  editor.scrollTo(0, 0);
}

function mark(line) {
  unmark();
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

async function run() {
  running?.abort();
  const mine = running = new AbortController();
  const query = editor.getValue();
  $('stop').hidden = false;
  unmark();
  tell('');
  $('answer').replaceChildren(el('p', { role: 'status' }, say('running')));
  const begunAt = performance.now();
  try {
    const answer = await sendQuery(query, 'application/sparql-results+json, text/turtle', { signal: mine.signal });
    showAnswer(query, answer, performance.now() - begunAt);
  } catch (error) {
    if (error.name !== 'AbortError') {
      showRefusal(error, goTo);
      const line = /\bline (\d+)/.exec(error.message);
      if (line && error.status === 400) mark(Number(line[1]));
    } else if (mine === running) $('answer').replaceChildren(el('p', { role: 'status' }, say('stopped')));
  }
  if (mine === running) {
    running = null;
    $('stop').hidden = true;
  }
}

/* Puts a named query into the editor, with its values where it has all it needs. */
async function openNamed(name, values = {}) {
  const query = NAMED.get(name);
  markExample(name);
  $('example').hidden = false;
  $('example').replaceChildren(el('h2', {}, query.summary), query.description && el('p', { lang: 'en' }, query.description),
    query.parameters.length && parameterForm(query, values, given => {
      leaveFor(exampleAddress(name, given));
      fill(name, given);
    }));
  opened = { name, values, text: null };
  const missing = query.parameters.map(each => each.name).filter(each => !$(`parameter-${each}`).value);
  if (!missing.length) {
    await fill(name, values);
    return;
  }
  setText(`# ${query.summary}\n# ${say('missing', { names: missing.join(', ') })}\n`);
  $(`parameter-${missing[0]}`).focus();
}

async function fill(name, values) {
  try {
    const { text } = await ask(`/sparql/editor/text?${new URLSearchParams({ named: name, ...values })}`);
    if (opened.name !== name) return;
    setText(text);
    opened = { name, values, text };
    $('answer').replaceChildren(el('p', { className: 'soft' }, say('empty')));
  } catch (error) {
    showRefusal(error);
  }
}

/* Goes to another address; the way back leads to the text as it stands now. */
function leaveFor(address) {
  history.replaceState({ text: editor.getValue() }, '');
  history.pushState(null, '', address);
}

function choose(name) {
  if (matchMedia('(max-width: 800px)').matches) $('examples').open = false;
  leaveFor(exampleAddress(name));
  openNamed(name);
}

/* The address of a text; of a named query that was not changed, by its name. */
function addressOfText() {
  const text = editor.getValue();
  if (opened.text === text) return exampleAddress(opened.name, opened.values);
  return `?${new URLSearchParams({ query: text, ...(known.language !== 'en' && { lang: known.language }) })}`;
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

async function openAddress() {
  const { lang, query, named, ...values } = Object.fromEntries(new URLSearchParams(location.search));
  if (NAMED.has(named)) {
    await openNamed(named, values);
    return;
  }
  markExample(null);
  $('example').hidden = true;
  opened = { name: null, values: {}, text: null };
  if (named) showRefusal(new Refused(404, 'Not Found', named));
  if (query !== undefined) setText(query);
}

if (matchMedia('(max-width: 800px)').matches) $('examples').open = false;
drawExamples(choose);
openAddress();
$('run').addEventListener('click', run);
$('stop').addEventListener('click', () => running?.abort());
$('share').addEventListener('click', share);
$('other').addEventListener('click', event => {
  const given = new URLSearchParams(addressOfText());
  if (String(given).length < known.longest) {
    given.set('lang', new URLSearchParams(event.target.search).get('lang'));
    event.target.search = given;
  }
});
window.addEventListener('popstate', async ({ state }) => {
  await openAddress();
  if (state?.text !== undefined) setText(state.text);
});
editor.on('change', unmark);
