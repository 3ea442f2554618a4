// What the pages do beyond HTML. Every act is a plain link or form without this file; no key here takes a step.
(() => {
const one = (s, r = document) => r.querySelector(s), all = (s, r = document) => [...r.querySelectorAll(s)];
const phone = matchMedia('(max-width:720px)').matches;

// 1. One submit per form: a second press is ignored, and the button says aloud what is happening.
addEventListener('submit', e => {
  const form = e.target, button = e.submitter;
  if (e.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent) { e.preventDefault(); return; }
  form.dataset.sent = 1;
  if (!button) return;
  const said = document.createElement('span');
  said.className = 'vh'; said.setAttribute('role', 'status'); said.textContent = button.dataset.busy || '';
  button.setAttribute('aria-disabled', 'true'); button.append(said);
  setTimeout(() => { delete form.dataset.sent; button.removeAttribute('aria-disabled'); said.remove(); }, 8000);
});

// 2. A page taken from the back-forward cache shows buttons of a state that may be over.
addEventListener('pageshow', e => { if (e.persisted) location.reload(); });

// 3. Keys move, open and search. Off while typing; the profile switches them off (data-keys).
addEventListener('keydown', e => {
  const el = e.target;
  if (e.ctrlKey || e.metaKey) {
    const form = one('form.edit');
    if (form && e.key === "s") { e.preventDefault(); form.requestSubmit([...form.elements].find(x => x.name === "save")); }
    if (form && e.key === 'Enter') { const send = one(`[data-send]`); if (send) { e.preventDefault(); send.click(); } }
    return;
  }
  if (e.key === 'Escape') { const open = el.closest('details.menu,details.more'); if (open) { open.open = false; one('summary', open).focus(); } return; }
  if (e.altKey || document.body.dataset.keys === 'off' || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) || el.isContentEditable) return;
  const rows = all('.item h3 a'), at = rows.findIndex(a => a === document.activeElement || a.closest('.item').contains(document.activeElement));
  const start = at < 0 ? rows.findIndex(a => a.ariaCurrent === 'true') : at, key = e.key.toLowerCase();
  if (key === 'j' || key === 'k') {
    const next = rows[Math.max(0, Math.min(rows.length - 1, start + (key === 'j' ? 1 : start < 0 ? 1 : -1)))];
    if (next) { e.preventDefault(); next.focus(); }
  } else if (key === '/') {
    const search = one('input[type=search]');
    if (search) { e.preventDefault(); const box = search.closest('details'); if (box) box.open = true; search.focus(); }
  } else {
    const link = key === '?' ? one('a#keys') : all('a[data-key]').find(a => a.dataset.key === key);
    if (link) { e.preventDefault(); link.click(); }
  }
});

// 4. A refused form: the list of errors takes the focus, and its links put the focus into the field.
const errors = one('[data-errors]');
if (errors) errors.focus();

// 5. Filters stand open without script; on a phone they fold. A menu closes when the next thing is touched.
if (phone) all('details.filters').forEach(d => { d.open = false; });
addEventListener('click', e => all('details.menu[open],details.more[open]').forEach(d => { if (!d.contains(e.target)) d.open = false; }));

// 6. Leaving unsaved words asks first.
const edit = one('form.edit');
if (edit) {
  let dirty = false;
  edit.addEventListener('input', () => { dirty = true; });
  addEventListener('submit', e => { if (!e.defaultPrevented) dirty = false; });
  addEventListener('beforeunload', e => { if (dirty) e.preventDefault(); });
}

// 7. Five minutes before an idle session ends the page says so (WCAG 2.2.1).
const idle = Number(document.body.dataset.idle), notice = one('#idle');
if (idle > 5 && notice) setTimeout(() => { notice.hidden = false; }, (idle - 5) * 60000);
})();
