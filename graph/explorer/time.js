/* Time: how many facts begin in each quarter, a range to keep, and the day of which it is told. */

/* The quarters from the first that matters to the last, of what is on the page by now. */
let quarters = { size: -1 };
function spanned() {
  const of = day => Math.floor(day / 10000) * 4 + Math.floor((Math.floor(day / 100) % 100 - 1) / 3);
  const found = data.facts.map(({ bounds }) => beginning(bounds)).filter(Boolean).map(of).sort((a, b) => a - b);
  const ends = [...data.sources.map(({ by }) => by), ...data.facts.map(({ bounds }) => bounds[0])].filter(Boolean).map(of);
  const early = found[Math.floor(found.length * 0.04)] ?? 8060;
  const last = Math.max(early + 4, ...ends.length ? [ends.reduce((a, b) => Math.max(a, b))] : []);
  const first = Math.floor(Math.min(early, last - 8) / 4) * 4;
  return { of, first, last, count: last - first + 1, size: data.facts.length };
}

const quarterDay = (quarter, isEnd) => {
  const year = Math.floor(quarter / 4);
  const month = (quarter % 4) * 3 + (isEnd ? 3 : 1);
  return year * 10000 + month * 100 + (isEnd ? [3, 6, 9, 12].indexOf(month) % 3 === 0 ? 31 : 30 : 1);
};

function drawHistogram() {
  const { first, count, of } = quarters;
  const bars = new Array(count).fill(0);
  const lit = new Array(count).fill(0);
  for (const fact of data.facts) {
    const day = beginning(fact.bounds);
    if (!day) continue;
    const at = Math.min(count - 1, Math.max(0, of(day) - first));
    bars[at] += 1;
    if (seen.facts.has(fact.number)) lit[at] += 1;
  }
  const most = Math.max(1, ...bars);
  const box = $('bars');
  box.setAttribute('viewBox', `0 0 ${count} 100`);
  const tall = n => (n ? 6 + 94 * Math.sqrt(n / most) : 0);
  const bar = (n, i, className) =>
    svg('rect', { class: className, x: i + 0.12, width: 0.76, y: 100 - tall(n), height: tall(n) });
  box.replaceChildren(...bars.map((n, i) => bar(n, i, 'bar')), ...lit.map((n, i) => bar(n, i, 'bar lit')));
  const years = [];
  for (let i = 0; i < count; i += 1) if ((first + i) % 4 === 0) years.push(el('span', {}, String((first + i) / 4)));
  $('years').replaceChildren(...years);
  $('years').style.gridTemplateColumns = `repeat(${years.length}, ${(4 / count) * 100}%)`;
}

function setTime(key, isStep) {
  const { first, count } = quarters;
  const value = Number($(key).value);
  if (key === 'from') {
    const start = Math.min(value, Number($('to').value));
    go({ from: start <= 0 ? 0 : quarterDay(first + start, false) }, isStep);
  } else if (key === 'to') {
    const end = Math.max(value, Number($('from').value));
    go({ to: end >= count - 1 ? 0 : quarterDay(first + end, true) }, isStep);
  } else go({ asOf: value >= count ? data.asOf : quarterDay(first + Math.max(0, value - 1), true) }, isStep);
}

function followTime() {
  if (quarters.size !== data.facts.length) quarters = spanned();
  drawHistogram();
  const { first, count, of } = quarters;
  const spot = (day, open) => (day ? Math.min(count - 1, Math.max(0, of(day) - first)) : open);
  const shown = { from: state.from ? dayText(state.from) : word('all-time'),
    to: state.to ? dayText(state.to) : word('all-time'),
      asOf: state.asOf ? dayText(state.asOf) : word('all-time') };
  const values = { from: spot(state.from, 0), to: spot(state.to, count - 1),
    asOf: state.asOf ? Math.min(count, Math.max(1, of(state.asOf) - first + 1)) : count };
  for (const [key, caption] of [['from', 'first'], ['to', 'last'], ['asOf', 'as-of-day']]) {
    $(key).max = key === 'asOf' ? count : count - 1;
    $(key).value = values[key];
    $(key).setAttribute('aria-label', word(caption));
    $(key).setAttribute('aria-valuetext', shown[key]);
  }
  const share = at => `${(100 * at) / count}%`;
  $('kept').style.left = share(values.from);
  $('kept').style.right = share(count - 1 - values.to);
  $('needle').style.left = share(values.asOf);
  $('needle').classList.toggle('end', values.asOf > count * 0.8);
  $('needle').firstChild.textContent = state.asOf ? `${word('as-of')} ${shown.asOf}` : word('all-time');
  const ranged = state.from || state.to;
  $('range').textContent = [ranged ? `${shown.from} – ${shown.to}` : '',
    ranged && seen.undated ? word('undated-out', { n: seen.undated }) : '']
    .filter(Boolean).join(' · ');
  $('no-time').disabled = !ranged && state.asOf === data.asOf;
  $('day').value = state.asOf ? dayText(state.asOf) : '';
}

function startTime() {
  for (const key of ['from', 'to', 'asOf']) {
    $(key).oninput = () => setTime(key, false);
    $(key).onchange = () => setTime(key, false);
  }
  $('day').onchange = () => go({ asOf: dayNumber($('day').value) || data.asOf });
  $('no-time').onclick = () => go({ from: 0, to: 0, asOf: data.asOf });
}
