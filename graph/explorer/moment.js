/* What held on a day, as graph/moment.py answers it: certainly, possibly, or not. Days are numbers such as 20250618,
   0 where none is known. */

const CERTAINLY = 'certainly', POSSIBLY = 'possibly', NOT = '';
const NOT_HAPPENED = new Set(['planned', 'announced', 'cancelled', 'blocked', 'reversed']);

/* The status of an event on a day: the latest that was reached by then, else the first. told: tellings with
   `published`, `reached` and `status`, in the order of their statements. */
function statusOn(told, day) {
  const given = told.filter(({ status }) => status).sort((a, b) => a.reached - b.reached);
  const dated = given.filter(({ reached }) => reached);
  const byThen = dated.filter(({ reached }) => reached <= day);
  return (byThen.at(-1) ?? dated[0] ?? given[0])?.status ?? '';
}

/* Whether a fact holds on a day. time: "situation", "event" or "record"; bounds: four days, as the view has them. */
function certainty(time, bounds, told, day) {
  if (time === 'situation') {
    const [first, surely, until, last] = bounds;
    if ((first && first > day) || (last && last < day)) return NOT;
    return surely && until && surely <= day && day <= until ? CERTAINLY : POSSIBLY;
  }
  let [first, last] = bounds;
  if (NOT_HAPPENED.has(statusOn(told, day))) first = 0;
  for (const { published } of told) if (published && (!last || published < last)) last = published;
  if (first && first > day) return NOT;
  return last && last <= day ? CERTAINLY : POSSIBLY;
}

/* Whether a fact can lie in a range of days, or reach into it. */
function within(time, bounds, from, to) {
  const [first, last] = [bounds[0], bounds[3]];
  return (!first || first <= to) && (!last || last >= from);
}

/* The day that stands for a fact in a histogram: the first on which it can have happened or begun, else the last. */
const beginning = bounds => bounds[0] || bounds[1] || bounds[3];

const LAST_DAY = 99991231;
const dayText = day => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
const dayNumber = text => (/^\d{4}-\d\d-\d\d$/.test(text) ? Number(text.replaceAll('-', '')) : 0);
