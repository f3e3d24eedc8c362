/* Elements are made here, their text is set as text, and links lead to the web only. */

const $ = id => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';

function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat(Infinity)
    .filter(child => child !== null && child !== undefined && child !== false && child !== ''));
  return element;
}

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const button = (label, onclick, properties = {}) => el('button', { type: 'button', onclick, ...properties }, label);

/* A link to a document, or its title where the address is not one of the web. */
function outward(url, title, className = '') {
  if (!/^https?:\/\//i.test(url)) return el('span', { className }, title);
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer', className }, title);
}

const SHAPES = {
  dot: 'M9 2a6 6 0 1 1-.01 0z', square: 'M3.5 2.5h11v11h-11z', diamond: 'M9 1l7 7-7 7-7-7z', triangle: 'M9 2l7 12H2z',
  triangleDown: 'M9 14l7-12H2z', hexagon: 'M5.5 2h7L16 8l-3.5 6h-7L2 8z', box: 'M2 4h14v8H2z',
  star: 'M9 1l2 5 5 .3-4 3.3 1.4 5L9 11.8l-4.4 2.8 1.4-5L2 6.3 7 6z',
};

function sign(path, attributes) {
  return svg('svg', { viewBox: '0 0 18 16', 'aria-hidden': 'true', class: 'sign' }, svg('path', { d: path, ...attributes }));
}
const typeSign = type => sign(SHAPES[data.types[type]?.shape] ?? SHAPES.dot, { fill: data.types[type]?.color ?? 'currentColor' });

/* What is told to those who do not see the page change. */
function announce(text) {
  if ($('live').textContent !== text) $('live').textContent = text;
}
