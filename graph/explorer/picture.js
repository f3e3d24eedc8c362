/* A picture of the present view as SVG, with its date, coverage and sources at the foot; a PNG is drawn from it. */

const FOOT = 46;
const escapeXml = shown => String(shown)
  .replace(/[&<>"']/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign])
  .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

const FIGURES = {
  dot: (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}"`,
  square: (x, y, r) => `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}"`,
};
const POINTS = {
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
    triangle: [[0, -1], [1, 0.8], [-1, 0.8]], triangleDown: [[0, 1], [1, -0.8], [-1, -0.8]],
  hexagon: [0, 1, 2, 3, 4, 5].map(i => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]),
  star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(i =>
    [Math.sin((i * Math.PI) / 5) * (i % 2 ? 0.5 : 1.2), -Math.cos((i * Math.PI) / 5) * (i % 2 ? 0.5 : 1.2)]),
};

function shape(kind, x, y, r) {
  if (FIGURES[kind]) return FIGURES[kind](x.toFixed(1) * 1, y.toFixed(1) * 1, r.toFixed(1) * 1);
  const points = (POINTS[kind] ?? POINTS.diamond).map(([dx, dy]) => `${(x + dx * r).toFixed(1)},${(y + dy * r).toFixed(1)}`);
  return `<polygon points="${points.join(' ')}"`;
}

/* The head of an edge that comes from a point and ends at a thing of some size. */
function arrowhead(fromX, fromY, x, y, r, long, { colour, opacity }) {
  const far = Math.hypot(x - fromX, y - fromY) || 1;
  const [dx, dy] = [(x - fromX) / far, (y - fromY) / far];
  const [tipX, tipY] = [x - dx * r, y - dy * r];
  const points = [[0, 0], [-long * 1.6, long * 0.6], [-long * 1.6, -long * 0.6]]
    .map(([along, across]) =>
      `${(tipX + dx * along - dy * across).toFixed(1)},${(tipY + dy * along + dx * across).toFixed(1)}`);
  return `<polygon points="${points.join(' ')}" fill="${colour}" fill-opacity="${opacity}"/>`;
}

/* The graph as it is seen. */
function graphPicture() {
  const { translation, scale } = network.body.view;
  const { clientWidth: wide, clientHeight: high } = $('canvas');
  const project = ([x, y]) => [x * scale + translation.x, y * scale + translation.y];
  const inSight = (x, y) => x > -200 && y > -200 && x < wide + 200 && y < high + 200;
  const lines = seen.edges.map(edge => {
    const look = edgeLook(edge);
    const [[ax, ay], [bx, by], [mx, my]] = [project(paint.at(edge.source)), project(paint.at(edge.target)),
      project(middle(edge))];
    if (!inSight(ax, ay) && !inSight(bx, by)) return '';
    const [qx, qy] = [2 * mx - (ax + bx) / 2, 2 * my - (ay + by) / 2];
    const dash = look.dashes ? ` stroke-dasharray="${look.dashes.join(' ')}"` : '';
    const width = Math.max(0.5, look.width * scale);
    const sign = look.mark && look.lit
      ? `<text x="${mx.toFixed(1)}" y="${my.toFixed(1)}" font-size="13" font-weight="700" class="name">${look.mark}</text>` : '';
    return `<path d="M${ax.toFixed(1)} ${ay.toFixed(1)}Q${qx.toFixed(1)} ${qy.toFixed(1)} ${bx.toFixed(1)} ${by.toFixed(1)}" fill="none" stroke="${look.colour}" stroke-width="${width.toFixed(2)}" stroke-opacity="${look.opacity}"${dash}/>`
      + (look.arrow ? arrowhead(
        qx, qy, bx, by, data.things[edge.target].size * scale, Math.max(3, (look.moves ? 9 : 5) * scale), look) : '') + sign;
  });
  const signs = labels.order.map(number => {
    const { type, size } = data.things[number];
    const [x, y] = project(paint.at(number));
    const dim = paint.lit.size && !paint.lit.has(number);
    return inSight(x, y) ?
      `${shape(data.types[type].shape, x, y, size * scale)} fill="${tint(data.types[type].color)}" stroke="${paint.ground}" opacity="${dim ? 0.18 : 1}"/>` : '';
  });
  const names = labels.boxes.map(({ number, x, y, shown, font }) => {
    const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(font);
    const dim = paint.lit.size && !paint.lit.has(number) ? ` fill-opacity="0.35"` : '';
    return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" class="name"${dim}>${escapeXml(shown)}</text>`;
  });
  return { wide, high, body: [...lines, ...signs, ...names].join('') };
}

/* A drawing of the page as it stands, with its colours written out. */
function copied(drawing) {
  const { width: wide, height: high } = drawing.getBoundingClientRect();
  const copy = drawing.cloneNode(true);
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    for (const key of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'stroke-opacity', 'fill-opacity', 'font-size', 'font-weight', 'text-anchor', 'display', 'paint-order', 'stroke-linejoin', 'dominant-baseline']) {
      element.style.setProperty(key, style.getPropertyValue(key));
    }
  });
  copy.setAttribute('width', wide);
  copy.setAttribute('height', high);
  return { wide, high, body: new XMLSerializer().serializeToString(copy) };
}

function sourcesSeen() {
  const numbers = new Set([...seen.facts.keys()]
    .flatMap(number => data.facts[number].statements).map(each => data.statements[each].source));
  return [...numbers].map(number => data.sources[number]);
}

/* The lines at the foot of a picture: what it is of, the coverage, and who said most of it. */
function footLines() {
  const found = sourcesSeen();
  const count = new Map();
  for (const { publisher } of found) count.set(text(publisher), (count.get(text(publisher)) ?? 0) + 1);
  const most = [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 8).map(([who]) => who);
  const moment = [state.asOf ? `${word('as-of')} ${dayText(state.asOf)}` : '', state.from || state.to
    ? `${state.from ? dayText(state.from) : '…'} – ${state.to ? dayText(state.to) : '…'}` : ''].filter(Boolean);
  return [
    [data.title, ...moment, word('shown', tally()), label(data.coverage)].join(' · '),
    `${word('sources')} (${found.length}): ${most.join(', ')}${count.size > most.length ? ' …' : ''}`,
  ];
}

function picture() {
  const { wide, high, body } = view() === 'map'
    && $('map') ? copied($('map').querySelector('svg') ?? $('map')) : graphPicture();
  const foot = footLines().map((shown, i) =>
    `<text x="12" y="${high + 19 + i * 17}" font-size="11.5" fill="${paint.soft}">${escapeXml(shown)}</text>`).join('');
  const style = `text{font-family:${escapeXml(paint.face)}}.name{text-anchor:middle;dominant-baseline:middle;fill:${paint.ink};stroke:${paint.ground};stroke-width:3px;paint-order:stroke;stroke-linejoin:round}`;
  return {
    wide, high: high + FOOT,
    shown: `<svg xmlns="${SVG}" width="${wide}" height="${high + FOOT}" viewBox="0 0 ${wide} ${high + FOOT}" font-family="${escapeXml(paint.face)}"><style>${style}</style>`
      + `<rect width="100%" height="100%" fill="${paint.ground}"/><svg width="${wide}" height="${high}">${body}</svg>`
      + `<rect y="${high}" width="${wide}" height="${FOOT}" fill="${paint.paper}"/>${foot}</svg>`,
  };
}

function png() {
  const { wide, high, shown } = picture();
  const image = new Image();
  return new Promise((done, failed) => {
    image.onerror = failed;
    image.onload = () => {
      const canvas = el('canvas', { width: wide * 2, height: high * 2 });
      canvas.getContext('2d').drawImage(image, 0, 0, wide * 2, high * 2);
      canvas.toBlob(done, 'image/png');
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(shown);
  });
}
