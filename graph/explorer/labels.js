/* Names on the drawing, of one size at any zoom, the most central first; one that finds no free place waits for a
   nearer look. */

const labels = { order: [], widths: new Map(), boxes: [], marks: [] };
const CELL = 72;

function labelFont(number) {
  const { degree } = data.things[number];
  const strong = paint.lit.has(number);
  return `${strong || degree > 24 ? 600 : 400} ${degree > 24 ? 13.5 : degree > 9 ? 12.5 : 11.5}px ${paint.face}`;
}

function labelWidth(ctx, shown, font) {
  const key = font + shown;
  if (!labels.widths.has(key)) {
    ctx.font = font;
    labels.widths.set(key, ctx.measureText(shown).width);
  }
  return labels.widths.get(key);
}

/* A name short enough to stand beside its thing. */
function clipped(shown) {
  const letters = [...shown];
  const weight = letters.map(letter => (letter > '\u2e80' ? 2 : 1));
  let total = 0;
  for (let at = 0; at < letters.length; at += 1) {
    total += weight[at];
    if (total > 30) return letters.slice(0, at).join('') + '…';
  }
  return shown;
}

class Occupied {
  constructor() { this.cells = new Map(); }

  * near([left, top, right, bottom]) {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) yield column * 4096 + row;
    }
  }

  isFree(box, own) {
    for (const cell of this.near(box)) {
      for (const [left, top, right, bottom, owner] of this.cells.get(cell) ?? []) {
        if (owner !== own && box[0] < right && left < box[2] && box[1] < bottom && top < box[3]) return false;
      }
    }
    return true;
  }

  take(box, owner) {
    for (const cell of this.near(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push([...box, owner]);
    }
  }
}

/* Where the names of the things in sight stand, in pixels of the screen. */
function placeLabels(ctx, project, scale, width, height) {
  const taken = new Occupied();
  for (const { edge, dim } of labels.marks) {
    const [x, y] = project(middle(edge));
    if (!dim) taken.take([x - 6, y - 7, x + 6, y + 7], -1);
  }
  const placed = [];
  const inSight = labels.order.map(number => [number, ...project(paint.at(number)), data.things[number].size * scale])
    .filter(([, x, y]) => x > -40 && y > -20 && x < width + 40 && y < height + 20);
  const lit = inSight.filter(([number]) => paint.lit.has(number));
  // What is looked at finds room first, as if the rest were not there.
  for (const group of lit.length ? [lit, inSight.filter(([number]) => !paint.lit.has(number))] : [inSight]) {
    for (const [number, x, y, r] of group) taken.take([x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8], number);
    for (const spot of group) {
      const found = labelSpot(ctx, taken, width, ...spot);
      if (found) placed.push(found);
    }
  }
  return placed;
}

/* The first free place about a thing: below, above, right or left of it, or at a slant. */
function labelSpot(ctx, taken, width, number, x, y, r) {
  const font = labelFont(number);
  const shown = clipped(name(number)) + badge(number);
  const half = labelWidth(ctx, shown, font) / 2 + 2;
  const tall = 15;
  const [low, high, side, slant] = [y + r + 2 + tall / 2, y - r - 2 - tall / 2, r + 2 + half, half * 0.7];
  const places = [[x, low], [x, high], [x + side, y], [x - side, y],
    [x + slant, low], [x - slant, low], [x + slant, high], [x - slant, high]];
  for (const [cx, cy] of places) {
    const box = [cx - half, cy - tall / 2, cx + half, cy + tall / 2];
    if (box[0] < 2 || box[2] > width - 2 || !taken.isFree(box, number)) continue;
    taken.take(box, number);
    return { number, x: cx, y: cy, shown, font, box };
  }
  return null;
}

/* How many more neighbours can be shown of the thing that is looked at. */
function badge(number) {
  if (data.things[number].id !== state.at && number !== paint.hovered) return '';
  const { shown, here } = neighbourhood(number);
  const rest = here - shown + outside(number);
  return rest ? ` +${rest}` : '';
}

function drawLabels(ctx) {
  const { translation, scale } = network.body.view;
  const ratio = network.canvas.pixelRatio;
  const { clientWidth, clientHeight } = $('canvas');
  const project = ([x, y]) => [x * scale + translation.x, y * scale + translation.y];
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = paint.ground;
  const write = (shown, x, y, colour) => {
    ctx.strokeText(shown, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(shown, x, y);
  };
  ctx.font = `700 14px ${paint.face}`;
  for (const { edge, sign: shown, colour, dim } of labels.marks) {
    const [x, y] = project(middle(edge));
    if (!dim) write(shown, x, y, colour);
  }
  labels.boxes = placeLabels(ctx, project, scale, clientWidth, clientHeight);
  for (const { number, x, y, shown, font } of labels.boxes) {
    ctx.font = font;
    const dim = paint.lit.size && !paint.lit.has(number);
    write(shown, x, y, dim ? paint.faint : paint.ink);
  }
  ctx.restore();
}

/* The middle of an edge on the drawing, on its bend. */
function middle({ source, target, bend }) {
  const [[ax, ay], [bx, by]] = [paint.at(source), paint.at(target)];
  return [(ax + bx) / 2 - (by - ay) * -bend * 0.5, (ay + by) / 2 + (bx - ax) * -bend * 0.5];
}
