/* The named queries beside the editor: a link for each, which opens it here. */

const NAMED = new Map(known.groups.flatMap(group => group.queries).map(query => [query.name, query]));

/* The language, where the address says it. */
const LANGUAGE = new URLSearchParams(location.search).has('lang') ? { lang: known.language } : {};

function exampleAddress(name, values = {}) {
  return `?${new URLSearchParams({ named: name, ...values, ...LANGUAGE })}`;
}

/* Draws the list; `chosen` takes the name of a query. */
function drawExamples(chosen) {
  $('groups').replaceChildren(...known.groups.map(({ title, queries }) => el('section', {},
    el('h2', {}, title),
    el('ul', {}, queries.map(({ name, summary }) => el('li', {}, el('a', {
      href: exampleAddress(name), 'data-name': name,
      onclick: event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        chosen(name);
      },
    }, summary)))))));
  $('filter').addEventListener('input', filterExamples);
}

/* Shows those that have every word in their summary, name or description. */
function filterExamples() {
  const words = $('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
  let any = false;
  for (const section of $('groups').children) {
    let some = false;
    for (const item of section.querySelectorAll('li')) {
      const { name, summary, description } = NAMED.get(item.firstChild.dataset.name);
      const text = `${name} ${summary} ${description}`.toLowerCase();
      item.hidden = !words.every(word => text.includes(word));
      some ||= !item.hidden;
    }
    section.hidden = !some;
    any ||= some;
  }
  $('none').hidden = any;
}

function markExample(name) {
  for (const link of $('groups').querySelectorAll('a')) {
    if (link.dataset.name === name) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}
