/* Completes what the ontology defines and the prefixes of the project; nothing is asked of anyone for it. */

function spoken(editor) {
  const token = editor.getCompleteToken();
  return /^[?$<"'#]/.test(token.string) || ['comment', 'string'].includes(token.type) ? '' : token.string;
}

/* Which kinds of terms fit where the cursor is. */
function fitting(editor, token) {
  const before = editor.getPreviousNonWsToken(editor.getDoc().getCursor().line, token);
  if (['a', 'rdf:type'].includes(before.string)) return ['class'];
  return token.state.possibleCurrent.includes('a') ? ['property'] : ['class', 'property', 'concept'];
}

/* The terms that a text begins, by prefixed name, by name or by label. */
function begun(text, kinds) {
  const typed = text.toLowerCase();
  const bare = typed.split(':').pop();
  return known.terms.filter(({ name, kind, label }) => kinds.includes(kind) && (
    name.toLowerCase().startsWith(typed) || (!typed.includes(':') && (
      name.split(':')[1].toLowerCase().includes(bare) || label.toLowerCase().includes(bare)))));
}

function registerCompletion() {
  Yasqe.registerAutocompleter({
    name: 'terms', bulk: false, autoShow: true,
    isValidCompletionPosition: editor => spoken(editor).length > 1,
    get: (editor, token) => begun(token.string, fitting(editor, token)).map(term => term.name),
    postprocessHints: (_, hints) => hints.map(hint => {
      const { label } = known.terms.find(term => term.name === hint.text);
      return { ...hint, displayText: `${hint.text}  ${label}` };
    }),
  });
  Yasqe.forkAutocompleter('prefixes', {
    name: 'prefixes', persistenceId: null,
    get: Object.entries(known.prefixes).map(([prefix, space]) => `${prefix}: <${space}>`),
  });
  Yasqe.defaults.autocompleters = ['variables', 'prefixes', 'terms'];
}
