/* Where things stand that come to a drawing later: each at the free place nearest to where it belongs, as layout.py
   has it. */

class Room {
  static WIDE = 76;
  static HIGH = 50;
  static STEP = 11;
  static rings = [];

  constructor() { this.cells = new Map(); }

  /* The points of one ring of a lattice about the middle, the nearest first. */
  static ring(radius) {
    if (!Room.rings[radius]) {
      const found = [];
      for (let i = -radius; i <= radius; i += 1) {
        for (let j = -radius; j <= radius; j += 1) {
          const far = Math.hypot(i, j);
          if (radius - 1 < far && far <= radius) found.push([far, i * Room.STEP, j * Room.STEP]);
        }
      }
      Room.rings[radius] = found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    }
    return Room.rings[radius];
  }

  take(point) {
    const cell = this.cell(point).join();
    this.cells.set(cell, [...this.cells.get(cell) ?? [], point]);
    return point;
  }

  cell([x, y]) { return [Math.floor(x / Room.WIDE), Math.floor(y / Room.HIGH)]; }

  isFree([x, y]) {
    const [column, row] = this.cell([x, y]);
    return [-1, 0, 1].every(i => [-1, 0, 1].every(j => (this.cells.get(`${column + i},${row + j}`) ?? [])
      .every(([a, b]) => Math.abs(x - a) >= Room.WIDE || Math.abs(y - b) >= Room.HIGH)));
  }

  nearest([x, y]) {
    for (let radius = 0; ; radius += 1) {
      for (const [, dx, dy] of Room.ring(radius)) {
        const point = [Math.round(x + dx), Math.round(y + dy)];
        if (this.isFree(point)) return point;
      }
    }
  }
}
