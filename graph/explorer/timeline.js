/* The timeline of one thing, or of every relocation: spans for what held, points for what happened. */

const RELOCATIONS = ['HeadquartersMove', 'LegalEntityChange', 'WorkforceChange', 'MarketChange', 'RelocationCase'];
const year = day => Math.floor(day / 10000) + (Math.floor(day / 100) % 100 - 1) / 12 + (day % 100 - 1) / 365;

/* The latest day of which the page can tell. */
const lastDay = () => data.asOf || Math.max(20200101, ...data.sources.filter(({ published }) => published).map(({ by }) => by));

function timelineFacts() {
  const { thing, fact } = chosen();
  const of = thing ?? (fact !== undefined ? data.facts[fact].source : undefined);
  const found = of !== undefined ? data.things[of].facts.map(number => data.facts[number])
    : data.facts.filter(({ relation }) => RELOCATIONS.includes(relation));
  const dated = found.filter(each => seen.holds[each.number] !== NOT && beginning(each.bounds)
    && !['RankingEntry', 'CriterionAssessment'].includes(each.relation));
  const section = each => SECTIONS.indexOf(data.relations[each.relation].section);
  dated.sort((a, b) => (of === undefined ? 0 : section(a) - section(b))
    || beginning(a.bounds) - beginning(b.bounds) || a.number - b.number);
  return { of, dated };
}

function followTimeline() {
  if (view() !== 'timeline') return;
  const { of, dated } = timelineFacts();
  const today = lastDay();
  const starts = dated.map(({ bounds }) => beginning(bounds));
  const first = Math.max(Math.floor(year(starts.length ? Math.min(...starts) : today - 30000)), Math.floor(year(today)) - 24);
  const last = Math.ceil(year(today));
  const share = day => Math.min(100, Math.max(0, (100 * (year(day) - first)) / (last - first)));
  const ticks = [];
  const every = last - first > 14 ? 2 : 1;
  for (let at = first; at <= last; at += every) ticks.push(el('span', { className: 'tick' }, String(at)));
  ticks.forEach((tick, i) => { tick.style.left = `${(100 * i * every) / (last - first)}%`; });
  let section = '';
  const rows = dated.flatMap(fact => {
    const own = data.relations[fact.relation].section;
    const heading = of !== undefined && own !== section ? el('h3', {}, word(own)) : '';
    section = own;
    return [heading, timelineRow(fact, of, share, today)];
  });
  $('timeline').replaceChildren(
    el('h2', {}, of === undefined ? word('timeline-moves') : word('timeline-of', { a: name(of) })),
    of === undefined ? el('p', { className: 'soft' }, word('timeline-hint')) : '',
    el('div', { className: 'axis', 'aria-hidden': 'true' }, el('div', { className: 'track' }, ticks)),
    ...rows.filter(Boolean), dated.length ? '' : el('p', { className: 'soft' }, word('silent')));
}

function timelineRow(fact, of, share, today) {
  const [a, b, c, d] = fact.bounds;
  const isSpan = fact.time === 'situation';
  const [left, right] = isSpan ? [share(a || b), share(d || today)] : [share(a || b), share(b || a)];
  const mark = el('span', {
    className: `mark ${isSpan ? 'span' : 'event'} ${isSpan && !d ? 'openended' : ''} ${seen.holds[fact.number] === POSSIBLY ? 'possibly' : ''}` });
  mark.style.left = `${left}%`;
  mark.style.width = `${Math.max(0, right - left)}%`;
  mark.style.setProperty('--colour', tint(data.relations[fact.relation].color));
  const others = (fact.relation === MOVE && text(fact.words).includes('→') ? [fact.source] : [fact.source, fact.target])
    .filter(end => end >= 0 && end !== of).map(name);
  const shown = [others.join(' → '), text(fact.words)].filter(Boolean).join(' · ');
  return el('div', { className: 'row' },
    el('button', { type: 'button', className: 'what', onclick: () => choose(fact.id) },
      el('b', {}, label(data.relations[fact.relation].label)), ' ', clipped2(shown), ...badges(fact)),
    el('div', { className: 'track', title: text(fact.when) }, mark,
      dateTag(text(fact.when) || dayText(a || b).slice(0, 7), left, right)));
}

function dateTag(shown, left, right) {
  const tag = el('span', { className: right > 70 && left < 30 ? 'date within' : 'date' }, shown);
  if (right <= 70) tag.style.left = `${right}%`;
  else if (left < 30) tag.style.left = `${left}%`;
  else tag.style.right = `${100 - left}%`;
  return tag;
}

const clipped2 = shown => ([...shown].length > 90 ? [...shown].slice(0, 88).join('') + '…' : shown);
