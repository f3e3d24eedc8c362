'use strict';

/* Where things of the map go: points pushed apart, names in the room that is left, curves from point to point.
   Nothing here touches the page; all is in pixels. */

const Geometry = (() => {
  const LINE = 15; // the height of a name

  /* Points that would cover one another are pushed apart, the same way each time. */
  function spread(points) {
    points.forEach((point, i) => {
      point.x = point.at[0] + 0.01 * Math.cos(2.4 * i);
      point.y = point.at[1] + 0.01 * Math.sin(2.4 * i);
    });
    for (let turn = 0, moved = true; turn < 80 && moved; turn++) {
      moved = false;
      points.forEach((a, i) => points.slice(0, i).forEach(b => {
        const dx = a.x - b.x, dy = a.y - b.y, far = Math.hypot(dx, dy), lack = a.r + b.r + 4 - far;
        if (lack <= 0.1) return;
        moved = true;
        const mine = lack * b.r / (a.r + b.r) / far, yours = lack * a.r / (a.r + b.r) / far; // the larger moves less
        a.x += dx * mine; a.y += dy * mine;
        b.x -= dx * yours; b.y -= dy * yours;
      }));
    }
  }

  const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.8, -0.8], [0.8, 0.8], [-0.8, -0.8], [-0.8, 0.8]];
  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  /* A name stands at the first free place around its point, the point of the highest rank choosing first; else nowhere.
     taken are boxes (left, top, right, bottom) that no name may cover. */
  function placeNames(points, frame, taken) {
    const boxes = [...taken, ...points.map(({ x, y, reach: r }) => [x - r, y - r, x + r, y + r])];
    const heavy = [...points].sort((a, b) => b.rank - a.rank || a.index - b.index);
    for (const point of points) point.name = null;
    for (const point of heavy.slice(0, frame[0] / 32)) { // no more names than there is room to read
      for (const away of [3, 14, 28, 44, 60]) {
        for (const [dx, dy] of SIDES) {
          const x = point.x + dx * (point.reach + away), y = point.y + dy * (point.reach + away + (dx ? 0 : 5));
          const left = dx > 0 ? x : dx < 0 ? x - point.width : x - point.width / 2;
          const box = [left - 1, y - LINE / 2, left + point.width + 1, y + LINE / 2];
          const inside = box[0] >= 2 && box[2] <= frame[0] - 2 && box[1] >= 2 && box[3] <= frame[1] - 2;
          if (!inside || boxes.some(other => overlap(box, other))) continue;
          boxes.push(box);
          point.name = { x, y, anchor: dx > 0 ? 'start' : dx < 0 ? 'end' : 'middle', far: away > 3 };
          break;
        }
        if (point.name) break;
      }
    }
  }

  /* A curve that bows to the left of its direction, so that both directions are seen, with the head of an arrow
     and the box that this takes. */
  function curve(ax, ay, bx, by, bend, gap, head) {
    const dx = bx - ax, dy = by - ay, far = Math.hypot(dx, dy) || 1;
    const cx = (ax + bx) / 2 + dy * bend, cy = (ay + by) / 2 - dx * bend;
    const tx = bx - cx, ty = by - cy, length = Math.hypot(tx, ty) || 1;
    const ux = tx / length, uy = ty / length, size = Math.min(head, far / 3);
    const ex = bx - ux * gap, ey = by - uy * gap, fx = ex - ux * size, fy = ey - uy * size;
    const f = number => number.toFixed(1);
    return {
      box: [Math.min(ex, fx) - 3, Math.min(ey, fy) - 3, Math.max(ex, fx) + 3, Math.max(ey, fy) + 3],
      line: `M${f(ax)} ${f(ay)}Q${f(cx)} ${f(cy)} ${f(fx + ux)} ${f(fy + uy)}`,
      head: `M${f(ex)} ${f(ey)}L${f(fx - uy * size * 0.55)} ${f(fy + ux * size * 0.55)}`
        + `L${f(fx + uy * size * 0.55)} ${f(fy - ux * size * 0.55)}z`,
    };
  }

  return { LINE, spread, placeNames, curve };
})();
