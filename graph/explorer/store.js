/* What may need the store. While it is asked the page stays as it is; where it does not answer the page says why, and
   tries again when told to. */

const pending = { count: 0, failed: [], trips: 0 };

/* Do what may have to ask the store, and tell of it. */
async function attempt(action) {
  pending.count += 1;
  followPending();
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    pending.failed.push({ action, why: error.message });
  } finally {
    pending.count -= 1;
    followPending();
  }
}

function followPending() {
  const { count, failed } = pending;
  $('asking').textContent = count ? word('asking') : '';
  $('asking').hidden = !count;
  $('trouble').hidden = !failed.length;
  if (!failed.length) { $('trouble').replaceChildren(); return; }
  const again = () => { for (const { action } of failed.splice(0)) attempt(action); };
  const leave = () => { failed.length = 0; followPending(); };
  $('trouble').replaceChildren(
    el('span', {}, word('unanswered', { why: failed.at(-1).why })), ' ',
    button(word('again'), again), data.things.length ? button('×', leave, { 'aria-label': word('close') }) : '');
}

/* Have on the page what a state names, and the neighbours that it shows. */
async function have({ at, focus, path, open }) {
  const named = [...at.split(','), focus, ...path, ...open].filter(id => id && !isOne(id) && !id.startsWith('source/'));
  await data.bring([...new Set(named)]);
  for (const id of new Set([...open, focus])) {
    const thing = data.things[data.thing(id)];
    const batches = open.filter(each => each === id).length + (id === focus ? 1 : 0);
    if (!thing || thing.batches >= batches || !outside(thing.number)) continue;
    await data.bring([id], (batches - thing.batches) * data.more);
    thing.batches = batches;
  }
}

/* How many neighbours of a thing the store has and the page has not. */
const outside = number => (data.isLive ? Math.max(0, data.things[number].degree - data.neighbours(number).size) : 0);

/* Change the state to one that may name what is not on the page; of several such changes the last one counts. */
function travel(changes, isStep = true) {
  return attempt(async () => {
    const trip = pending.trips += 1;
    await have({ ...state, ...changes });
    if (trip === pending.trips) go(changes, isStep);
  });
}

/* Show the neighbours of a thing that are on the page, and more of them from the store. */
function expand(id) {
  const isOpen = state.open.includes(id) && !outside(data.thing(id));
  return travel({ at: id, open: isOpen ? state.open : [...state.open, id], path: [] });
}

/* The rest of what is told of a thing comes when one looks at it. */
function followStore() {
  const thing = data.things[data.thing(state.at)];
  if (!data.isLive || !thing?.left || thing.isAsked) return;
  attempt(async () => {
    thing.isAsked = true;
    try {
      await data.bring([thing.id]);
    } catch (error) {
      thing.isAsked = false;
      throw error;
    }
    tell({ ...state });
  });
}
