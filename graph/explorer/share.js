/* To take away: the address of this view, a picture, a table. */

function save(blob, file) {
  const address = URL.createObjectURL(blob);
  el('a', { href: address, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  announce(word('saved'));
}

async function copyLink() {
  const address = location.href;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    const field = el('textarea', { value: address, className: 'away' });
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  say(word('copied'));
}

/* A word that fades, for eyes and for ears. */
function say(shown) {
  announce(shown);
  $('note').textContent = shown;
  $('note').classList.add('on');
  setTimeout(() => $('note').classList.remove('on'), 1600);
}

function startShare() {
  const menu = $('share');
  const act = (id, action) => { $(id).onclick = () => { menu.open = false; action(); }; };
  act('copy', copyLink);
  act('png', async () => save(await png(), 'chuhai.png'));
  act('svg', () => save(new Blob([picture().shown], { type: 'image/svg+xml' }), 'chuhai.svg'));
  act('csv', saveCsv);
  document.addEventListener('click', event => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener('keydown', event => { if (event.key === 'Escape') { menu.open = false; menu.firstElementChild.focus(); } });
}

function followShare() {
  for (const id of ['png', 'svg']) $(id).hidden = !['graph', 'map'].includes(view());
}
