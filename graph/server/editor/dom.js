/* Elements are made here; whatever comes from the graph or the server is set as text. */

const known = JSON.parse(document.getElementById('known').textContent);
const $ = id => document.getElementById(id);

/* What the page says under a key, with what is filled in. */
function say(key, values = {}) {
  return known.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role' || name === 'list') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat().filter(Boolean));
  return element;
}

const button = (label, onclick, properties = {}) => el('button', { type: 'button', onclick, ...properties }, label);
const whole = number => number.toLocaleString(known.language);

/* An answer of the server that is none: its status, what it says, and what else it tells. */
class Refused extends Error {
  constructor(status, title, detail, more = {}) {
    super(detail);
    Object.assign(this, { status, title, ...more });
  }
}

/* Asks our own server, as the user reads. Throws Refused with what it says, or that it cannot be reached. */
async function ask(address, options = {}) {
  let response, text;
  try {
    response = await fetch(address, options);
    text = await response.text();
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Refused(0, say('failed'), say(response ? 'broken' : 'unreachable'));
  }
  if (response.ok) return { text, type: response.headers.get('content-type').split(';')[0] };
  let told = {};
  try { told = JSON.parse(text); } catch { /* it came from something between the server and us */ }
  const retry = Number(response.headers.get('retry-after'));
  throw new Refused(response.status, told.title ?? response.statusText, told.detail ?? text.slice(0, 1000), {
    candidates: told.candidates ?? [], retry,
  });
}
