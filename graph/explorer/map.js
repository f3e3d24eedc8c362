'use strict';

/* The map of moves: land, arcs from place to place, places with their names. Draws graph.explorer.moves.Map.

   const map = Moves.map(svg, data, { onPick(ids), onLayers(layers), name(id) });
   map.update({ from, to, layers, language, visible });   any of them; what is left out stays as it was
   map.fit(); map.zoom(factor);

   from and to are texts such as "2023" or "2023-05-01", or ""; layers an array of their names; visible(id) says
   whether a move, by the id of its event, passes all other filters. onPick gets the ids of the moves of an arc, or
   the id of a place; name gives the name of a thing. All text is set as text, all looks come from map.css;
   geometry.js must stand before this file. */

const Moves = (() => {
  const LAYERS = ['headquarters', 'people', 'capital'];
  const WORLD = 4000; // the width of the whole map in the units of the points
  const NOT_HAPPENED = ['planned', 'announced', 'cancelled', 'blocked', 'reversed'];
  const { LINE, spread, placeNames, curve } = Geometry;
  const LANES = { headquarters: 0.2, people: 0.26, capital: 0.32 }; // how far an arc bows, by its length
  const CLOSEST = 8; // pixels a unit
  const WORDS = {
    en: {
      map: 'Map of moves. The arrow keys go from mark to mark, Enter tells of one, plus and minus zoom, 0 shows all.',
      headquarters: 'Headquarters', people: 'People', capital: 'Capital',
      none: 'No moves to show here', within: 'within {a}', more: 'and {n} more', disputed: 'disputed', rumour: 'rumour',
      unplaced: 'Not drawn, as a place is not known: {list}', one: '1 move', many: '{n} moves', to: '{a} → {b}',
      place: '{a}: {i} in, {o} out, {w} within', undated: 'no date', comma: ', ', colon: ': ',
      older: 'fainter: earlier · dashed: rumour or plan · dash-dot: disputed',
    },
    'zh-hans': {
      map: '迁移地图。方向键逐个浏览，回车查看详情，加减号缩放，0 显示全部。',
      headquarters: '总部', people: '人员', capital: '资本',
      none: '此处没有可显示的迁移', within: '{a}境内', more: '等 {n} 项', disputed: '有争议', rumour: '传闻',
      unplaced: '因地点不详未绘出：{list}', one: '1 次', many: '{n} 次', to: '{a} → {b}',
      place: '{a}：迁入 {i}，迁出 {o}，内部 {w}', undated: '无日期', comma: '，', colon: '：',
      older: '较淡：较早 · 虚线：传闻或尚未完成 · 点划线：有争议',
    },
  };

  function node(tag, attributes, ...children) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    set(element, attributes);
    element.append(...children);
    return element;
  }

  function set(element, attributes) {
    for (const [key, value] of Object.entries(attributes)) {
      if (element.getAttribute(key) !== String(value)) element.setAttribute(key, value);
    }
  }

  const show = (element, yes) => (yes ? element.removeAttribute('display') : set(element, { display: 'none' }));
  const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const clamp = (low, value, high) => Math.min(high, Math.max(low, value));

  function map(svg, data, { onPick, onLayers = () => {}, name = id => id }) {
    const state = { from: '', to: '', layers: LAYERS, language: 'en', visible: () => true };
    const view = { scale: 0, x: 0, y: 0, fitted: true }; // pixels = units * scale + (x, y)
    let frame = [0, 0], active = 0, marks = [], lit = null, dragged = false;

    const word = (key, values = {}) => fill((WORDS[state.language] || WORDS.en)[key], values);
    const say = label => label[state.language] || label.en || Object.values(label).find(Boolean) || '';
    const pen = document.createElement('canvas').getContext('2d');
    const wide = text => pen.measureText(text).width;
    const years = data.arcs.flatMap(arc => arc.moves.map(move => +move.last.slice(0, 4))).filter(Boolean);
    const [oldest, latest] = [Math.min(...years), Math.max(...years)];

    const points = data.points.map(({ id, label, area, x, y }, index) =>
      ({ id, label, area, index, here: [x, y], at: [0, 0], x: 0, y: 0, r: 0, reach: 0, weight: 0, name: null }));
    const arcs = data.arcs.map(arc => ({ ...arc, from: points[arc.source], to: points[arc.target], shown: [] }));

    const land = node('path', { class: 'land', d: data.land });
    const groups = Object.fromEntries(['arcs', 'leaders', 'points', 'names'].map(key => [key, node('g', {})]));
    const empty = node('text', { class: 'note', 'text-anchor': 'middle' });
    const notes = [node('text', { class: 'note' }), node('text', { class: 'note' })];
    const legend = node('g', { role: 'group' });
    set(svg, { class: 'moves', role: 'group', tabindex: -1 });
    svg.replaceChildren(land, ...Object.values(groups), empty, ...notes, legend);

    const mark = (item, kind) => {
      item.title = node('title', {});
      item.element = node('g', { class: `mark ${kind}`, role: 'button', tabindex: -1 }, item.title);
      item.element.addEventListener('click', () => { if (!dragged) pick(item); });
      item.element.addEventListener('focus', () => { active = marks.indexOf(item); rove(); light(item); });
      item.element.addEventListener('blur', () => light(null));
      item.element.addEventListener('pointerenter', () => light(item));
      item.element.addEventListener('pointerleave', () => light(null));
      return item.element;
    };
    for (const arc of [...arcs].reverse()) { // the first layer lies on top
      arc.line = node('path', { class: 'line' });
      arc.hit = node('path', { class: 'hit' });
      arc.head = node('path', { class: 'head' });
      groups.arcs.append(mark(arc, `arc ${arc.layer}`));
      arc.element.append(arc.hit, arc.line, arc.head);
    }
    for (const point of points) {
      point.leader = node('path', { class: 'leader' });
      point.dot = node('circle', {});
      point.tag = node('text', { 'aria-hidden': 'true', class: 'name' });
      groups.leaders.append(point.leader);
      groups.points.append(mark(point, point.area ? 'point area' : 'point'));
      point.element.append(point.dot);
      groups.names.append(point.tag);
    }
    const switches = LAYERS.map(layer => {
      const text = node('text', { x: 34, y: 4 });
      const element = node('g', { class: `switch ${layer}`, role: 'switch', tabindex: 0 },
        node('rect', { x: 0, y: -11, height: 22, rx: 6 }), node('path', { class: 'line', d: 'M8 0h14' }),
        node('path', { class: 'head', d: 'M29 0l-8-4v8z' }), text);
      const toggle = () => {
        const layers = LAYERS.filter(other => state.layers.includes(other) !== (other === layer));
        update({ layers });
        onLayers(layers);
      };
      element.addEventListener('click', toggle);
      element.addEventListener('keydown', event => {
        if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); event.stopPropagation(); toggle(); }
      });
      legend.append(element);
      return { layer, element, text };
    });

    function pick(item) {
      onPick(item.moves ? item.shown.map(move => move.id) : [item.id]);
    }

    /* What is under the pointer, or has the focus, stands out with what belongs to it. */
    function light(item) {
      lit = item;
      const near = item && (item.moves ? new Set([item, item.from, item.to])
        : new Set([item, ...arcs.filter(arc => arc.from === item || arc.to === item).flatMap(a => [a, a.from, a.to])]));
      const dim = (part, of) => part.classList.toggle('dim', Boolean(near && !near.has(of)));
      for (const other of [...arcs, ...points]) dim(other.element, other);
      for (const point of points) {
        for (const part of [point.tag, point.leader]) dim(part, point);
        show(point.tag, point.weight && (point.name || (near && near.has(point))));
      }
    }

    function rove() {
      marks.forEach((item, i) => set(item.element, { tabindex: i === active ? 0 : -1 }));
    }

    const passes = move => (!move.last || move.last >= state.from) && (!state.to || move.first <= `${state.to}~`)
      && state.visible(move.id);

    function span(moves) {
      const found = moves.map(move => (move.last || move.first).slice(0, 4)).filter(Boolean).sort();
      const [first, last] = [found[0], found.at(-1)];
      return !first ? word('undated') : first === last ? first : `${first}–${last}`;
    }

    function describe(arc) {
      const { shown, from, to } = arc, things = [...new Set(shown.flatMap(move => move.things.slice(0, 1)))];
      const route = word(from === to ? 'within' : 'to', { a: say(from.label), b: say(to.label) });
      const count = shown.length === 1 ? word('one') : word('many', { n: shown.length });
      const names = things.slice(0, 4).map(name).join(word('comma'));
      const rest = things.length > 4 ? ` ${word('more', { n: things.length - 4 })}` : '';
      const flags = [[shown.some(move => move.disputed), 'disputed'], [shown.some(move => move.rumoured), 'rumour']]
        .flatMap(([yes, key]) => (yes ? [word(key)] : []));
      return [word(arc.layer) + word('colon') + route, count, span(shown), ...flags].join(word('comma'))
        + word('colon') + names + rest;
    }

    /* What is to be seen, from the state. */
    function choose() {
      pen.font = getComputedStyle(svg).font;
      for (const point of points) {
        Object.assign(point, { weight: 0, rank: 0, in: 0, out: 0, within: 0, text: say(point.label) });
      }
      for (const arc of arcs) {
        arc.shown = state.layers.includes(arc.layer) ? arc.moves.filter(passes) : [];
        const count = arc.shown.length, { from, to } = arc;
        from.weight += count;
        // Names of places that headquarters left or went to come first.
        for (const end of [from, to]) end.rank += count * (arc.layer === 'headquarters' ? 9 : 1);
        if (from === to) { from.within += count; continue; }
        to.weight += count; from.out += count; to.in += count;
      }
      const seen = points.filter(point => point.weight).sort((a, b) => b.weight - a.weight || a.index - b.index);
      const held = marks[active];
      marks = [...seen, ...arcs.filter(arc => arc.shown.length)];
      active = Math.max(0, marks.indexOf(held));
      for (const point of points) {
        show(point.element, point.weight);
        const { in: i, out: o, within: w } = point, text = word('place', { a: point.text, i, o, w });
        set(point.element, { 'aria-label': text });
        write(point.title, text);
        write(point.tag, point.text);
        point.width = wide(point.text);
      }
      for (const arc of arcs) {
        const count = arc.shown.length;
        show(arc.element, count);
        if (!count) continue;
        const text = describe(arc), year = Math.max(...arc.shown.map(move => +move.last.slice(0, 4)));
        const unsure = arc.shown.every(move => move.rumoured || NOT_HAPPENED.includes(move.status));
        set(arc.element, { 'aria-label': text });
        write(arc.title, text);
        arc.element.classList.toggle('unsure', unsure);
        arc.element.classList.toggle('disputed', arc.shown.some(move => move.disputed));
        set(arc.element, { opacity: latest > oldest && year ? 0.5 + 0.5 * (year - oldest) / (latest - oldest) : 0.8 });
      }
      for (const { layer, element, text } of switches) {
        const of = arcs.filter(arc => arc.layer === layer).flatMap(arc => arc.moves.filter(passes));
        write(text, `${word(layer)} ${of.length}`);
        set(element, { 'aria-checked': state.layers.includes(layer), 'aria-label': text.textContent });
      }
      const lacking = LAYERS.filter(layer => state.layers.includes(layer) && data.unplaced[layer]);
      const list = lacking.map(layer => `${word(layer)} ${data.unplaced[layer]}`).join(word('comma'));
      write(notes[0], list && word('unplaced', { list }));
      write(notes[1], word('older'));
      write(empty, word('none'));
      show(empty, !marks.length);
      set(svg, { 'aria-label': word('map') });
      rove();
    }

    const overEdge = ({ here: [a] }, { here: [b] }) => (Math.abs(a - b) > WORLD / 2 ? Math.sign(b - a) * -WORLD : 0);

    /* Where everything lies, from the view and the size of the drawing. */
    function draw() {
      if (!frame[0] || !view.scale) return;
      const { scale, x, y } = view, seen = points.filter(point => point.weight), size = clamp(0.6, frame[0] / 900, 1);
      set(land, { transform: `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(5)})` });
      for (const point of seen) {
        point.r = size * clamp(3.5, 2.5 + 1.3 * Math.sqrt(point.weight), 12);
        const rings = arcs.filter(arc => arc.from === point && arc.to === point && arc.shown.length);
        rings.forEach((arc, i) => { arc.ring = point.r + size * (2.5 + 3 * i); });
        point.reach = rings.length ? rings.at(-1).ring + 1.5 * size : point.r;
        point.at = [point.here[0] * scale + x, point.here[1] * scale + y];
      }
      const heads = [];
      spread(seen);
      for (const { dot, x: cx, y: cy, r } of seen) set(dot, { cx: cx.toFixed(1), cy: cy.toFixed(1), r: r.toFixed(1) });
      for (const arc of arcs.filter(each => each.shown.length)) {
        const { from, to } = arc, widest = from === to ? 2.5 : 8;
        const width = size * clamp(1.6, 1.2 + 1.3 * Math.sqrt(arc.shown.length - 0.9), widest), head = 4 + 1.4 * width;
        set(arc.line, { 'stroke-width': width.toFixed(1) });
        if (from === to) {
          const r = arc.ring, half = `a${r} ${r} 0 1 1 `;
          const ring = `M${(from.x - r).toFixed(1)} ${from.y.toFixed(1)}${half}${2 * r} 0${half}${-2 * r} 0`;
          set(arc.line, { d: ring }); set(arc.hit, { d: ring }); show(arc.head, false);
          continue;
        }
        // The shorter way around the globe may lead over the edge of the map: it then leaves there and comes in again.
        const over = overEdge(from, to) * scale, bend = LANES[arc.layer];
        const into = curve(from.x - over, from.y, to.x, to.y, bend, to.reach + 1, head);
        const out = over ? curve(from.x, from.y, to.x + over, to.y, bend, to.reach + 1, head).line : '';
        set(arc.line, { d: out + into.line }); set(arc.hit, { d: out + into.line }); set(arc.head, { d: into.head });
        heads.push(into.box);
      }
      arrange(seen, heads);
      light(lit);
    }

    /* Words around the drawing, and the names of places in what room they leave. */
    function arrange(seen, heads) {
      const narrow = frame[0] < 560;
      let left = 10;
      const boxes = switches.map(({ element, text }, i) => {
        const width = 42 + wide(text.textContent), top = narrow ? 22 + 26 * i : 22;
        set(element, { transform: `translate(${narrow ? 10 : left} ${top})` });
        set(element.firstChild, { width });
        const box = [narrow ? 10 : left, top - 13, (narrow ? 10 : left) + width, top + 13];
        left += width + 8;
        return box;
      });
      notes.forEach((note, i) => set(note, { x: 10, y: frame[1] - 10 - LINE * (1 - i) }));
      set(empty, { x: frame[0] / 2, y: frame[1] / 2 });
      boxes.push([0, frame[1] - 10 - 2 * LINE, 10 + Math.max(...notes.map(note => wide(note.textContent))), frame[1]]);
      placeNames(seen, frame, [...boxes, ...heads]);
      for (const point of points) {
        const place = point.name || { x: point.x, y: point.y - point.reach - 9, anchor: 'middle' };
        set(point.tag, { x: place.x.toFixed(1), y: (place.y + 4).toFixed(1), 'text-anchor': place.anchor });
        const ways = [];
        if (Math.hypot(point.x - point.at[0], point.y - point.at[1]) > 4) ways.push(point.at);
        if (point.name && point.name.far) ways.push([place.x, place.y]);
        show(point.leader, point.weight && ways.length);
        const here = `L${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
        set(point.leader, { d: ways.map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}${here}`).join('') });
      }
    }

    /* The view: all that the layers hold, until someone looks closer. */
    function fit() {
      view.fitted = true;
      const of = arcs.filter(arc => state.layers.includes(arc.layer));
      const spots = of.flatMap(arc => [arc.from.here, arc.to.here]);
      for (const { from, to, layer } of of) {
        if (overEdge(from, to)) continue;
        const bow = LANES[layer] / 2, [[ax, ay], [bx, by]] = [from.here, to.here];
        spots.push([(ax + bx) / 2 + (by - ay) * bow, (ay + by) / 2 - (bx - ax) * bow]);
      }
      if (!spots.length || !frame[0]) return;
      const narrow = frame[0] < 560, side = narrow ? 24 : 90, [top, bottom] = narrow ? [100, 60] : [56, 60];
      const [left, up, right, down] = [[0, Math.min], [1, Math.min], [0, Math.max], [1, Math.max]]
        .map(([axis, most]) => most(...spots.map(spot => spot[axis])));
      const room = [frame[0] - 2 * side, frame[1] - top - bottom];
      view.scale = Math.max(0.02, Math.min(room[0] / (right - left || 1), room[1] / (down - up || 1), 1.5));
      view.x = side + (room[0] - (left + right) * view.scale) / 2;
      view.y = top + (room[1] - (up + down) * view.scale) / 2;
      draw();
    }

    function zoom(factor, x = frame[0] / 2, y = frame[1] / 2) {
      const scale = clamp(frame[0] / WORLD / 2, view.scale * factor, CLOSEST), by = scale / view.scale;
      Object.assign(view, { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by, fitted: false });
      later();
    }

    let asked = 0;
    const later = () => { asked = asked || requestAnimationFrame(() => { asked = 0; draw(); }); };

    svg.addEventListener('wheel', event => {
      event.preventDefault();
      const { left, top } = svg.getBoundingClientRect();
      zoom(2 ** (-event.deltaY / 300), event.clientX - left, event.clientY - top);
    }, { passive: false });

    const fingers = new Map();
    const mean = axis => [...fingers.values()].reduce((sum, at) => sum + at[axis] / fingers.size, 0);
    const middle = () => [mean(0), mean(1)];
    const apart = () => { const [a, b] = [...fingers.values()]; return b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 1; };
    svg.addEventListener('pointerdown', event => {
      if (!fingers.size) dragged = false;
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
    });
    svg.addEventListener('pointermove', event => {
      if (!fingers.has(event.pointerId)) return;
      const [was, far] = [middle(), apart()], held = fingers.get(event.pointerId);
      if (!dragged && fingers.size === 1 && Math.hypot(event.clientX - held[0], event.clientY - held[1]) < 5) return;
      if (!dragged) svg.setPointerCapture(event.pointerId);
      dragged = true;
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
      const [x, y] = middle(), { left, top } = svg.getBoundingClientRect();
      Object.assign(view, { x: view.x + x - was[0], y: view.y + y - was[1] });
      zoom(apart() / far, x - left, y - top);
    });
    for (const end of ['pointerup', 'pointercancel']) {
      svg.addEventListener(end, event => fingers.delete(event.pointerId));
    }

    svg.addEventListener('keydown', event => {
      const ends = { Home: -active, End: marks.length - 1 - active };
      const ways = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, ...ends };
      const step = ways[event.key], item = marks[active];
      if (step !== undefined && marks.length) marks[(active + step + marks.length) % marks.length].element.focus();
      else if ((event.key === 'Enter' || event.key === ' ') && item && item.element === event.target) pick(item);
      else if (event.key === '+' || event.key === '=') zoom(1.4);
      else if (event.key === '-') zoom(1 / 1.4);
      else if (event.key === '0') fit();
      else return;
      event.preventDefault();
    });

    new ResizeObserver(() => {
      const { width, height } = svg.getBoundingClientRect();
      if (!width || (width === frame[0] && height === frame[1])) return;
      frame = [width, height];
      if (view.fitted) fit(); else draw();
    }).observe(svg);

    function update(change = {}) {
      const layers = state.layers;
      Object.assign(state, change);
      choose();
      if (view.fitted && layers !== state.layers) fit(); else draw();
    }

    update();
    return { update, fit, zoom };
  }
  return { map };
})();
