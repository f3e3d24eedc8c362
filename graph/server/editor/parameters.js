/* The parameters of a named query as a form; what is entered is put into the text by the server. */

const INPUTS = { iri: 'text', string: 'text', integer: 'number', number: 'number', date: 'date' };

function field(parameter, value) {
  const id = `parameter-${parameter.name}`;
  const needed = parameter.default === null;
  const properties = { id, name: parameter.name, required: true, 'aria-describedby': `${id}-type`, value };
  const input = parameter.type === 'boolean'
    ? el('select', properties, ['true', 'false'].map(each => el('option', { value: each, selected: each === value }, say(each))))
    : el('input', { ...properties, type: INPUTS[parameter.type], step: parameter.type === 'number' ? 'any' : '',
      autocomplete: 'off', spellcheck: false });
  const row = el('div', { className: 'field' },
    el('label', { htmlFor: id }, parameter.name), input,
    el('span', { id: `${id}-type`, className: 'soft small' },
      needed && el('strong', { className: 'needed' }, say('needed'), ' · '), say(parameter.type)));
  if (parameter.type === 'iri') row.append(offers(input, parameter.kind));
  return row;
}

/* Things whose names begin as the input does. */
function offers(input, kind) {
  const list = el('datalist', { id: `${input.id}-offers` });
  input.setAttribute('list', list.id);
  let latest = 0;
  input.addEventListener('input', async () => {
    const mine = latest += 1;
    const given = new URLSearchParams({ q: input.value, limit: 8, lang: known.language, ...(kind && { kind }) });
    if (!input.value.trim() || input.value.includes('/')) return;
    try {
      const { results } = JSON.parse((await ask(`/api/search?${given}`)).text);
      if (mine === latest) list.replaceChildren(...results.map(({ id, label }) => el('option', { value: id, label })));
    } catch { /* without offers, a name can be written all the same */ }
  });
  return list;
}

/* The form of a query; `filled` takes the values by name once they are entered. */
function parameterForm(query, values, filled) {
  const fields = query.parameters.map(each => field(each, values[each.name] ?? each.default ?? ''));
  const form = el('form', { className: 'parameters', 'aria-label': say('parameters') },
    fields, el('button', {}, say('fill')));
  form.addEventListener('submit', event => {
    event.preventDefault();
    filled(Object.fromEntries(new FormData(form)));
  });
  return form;
}
