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
    const search = all('input[type=search]').find(x => x.offsetParent);
    if (search) { e.preventDefault(); const box = search.closest('details'); if (box) box.open = true; search.focus(); }
    else one('.find button')?.click();
  } else {
    const link = key === '?' ? one('a#keys') : all('a[data-key]').find(a => a.dataset.key === key);
    if (link) { e.preventDefault(); link.click(); }
  }
});

// 4. A refused form: the list of errors takes the focus, and its links put the focus into the field.
const errors = one('[data-errors]');
if (errors) errors.focus();
addEventListener('click', e => {
  const to = e.target.closest?.('a[href^="#"]'), field = to && document.getElementById(to.hash.slice(1)), box = field?.closest('details');
  if (box) { box.open = true; setTimeout(() => field.focus()); }
});

// 5. Filters stand open without script; on a phone they fold. A menu closes when the next thing is touched.
if (phone) all('details.filters').forEach(d => { d.open = location.hash === `#${d.id}`; });
addEventListener('click', e => all('details.menu[open],details.more[open]').forEach(d => { if (!d.contains(e.target)) d.open = false; }));

// 6. The editor. Rows come and go without a reload: the server's own page is put in place of the form. What is being
// typed is kept on the server; leaving words that are neither kept nor saved asks first.
let dirty = false, timer = 0;
const sent = (form, button) => { const data = new FormData(form); if (button) data.append(button.name, button.value); return { method: 'POST', body: new URLSearchParams(data) }; };
const say = text => { const place = one('#da-giu'); if (place) place.textContent = text; };
const keep = async () => {
  const form = one('form[data-keep]');
  if (!form) return;
  dirty = false;
  try {
    const answer = await fetch(form.dataset.keep, sent(form)), told = await answer.json();
    if (!answer.ok) dirty = true;
    say(told.text);
    for (const [id, lines] of Object.entries(told.shown)) document.getElementById(id)?.replaceChildren(...lines.map(text => Object.assign(document.createElement('p'), { textContent: text })));
  } catch { dirty = true; say('Chưa giữ được bản đang soạn. Bấm Lưu nháp để không mất chữ.'); }
};
addEventListener('input', e => {
  if (!e.target.form?.matches('form.edit')) return;
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(keep, 2000);
});
addEventListener('submit', async e => {
  const form = e.target, button = e.submitter;
  if (!/^(op|chon_linh_vuc)$/.test(button?.name) || !form.matches('.draft,.pair') || form.dataset.plain) { if (!e.defaultPrevented && form.matches('form.edit')) { dirty = false; clearTimeout(timer); } return; }
  e.preventDefault();
  const y = scrollY;
  form.inert = true;
  try {
    const answer = await fetch(form.action, sent(form, button));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), fresh = one('main', page);
    if (!one('.draft,.pair', page)) throw 0;
    one('main').replaceChildren(...fresh.childNodes);
    scrollTo(0, y);
    one('main [data-errors], main [autofocus]')?.focus();
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 2000);
  } catch { form.inert = false; form.dataset.plain = 1; form.requestSubmit(button); }
}, true);
addEventListener('beforeunload', e => { if (dirty) e.preventDefault(); });

// 7. An imported text beside its proposal: what one touches on the right lights up on the left, and comes into view.
addEventListener('focusin', e => {
  const part = e.target.closest('form [data-part]:not(mark)')?.dataset.part, source = one('pre.source');
  if (!part || !source) return;
  const lit = all('mark', source).filter(m => m.classList.toggle('lit', m.dataset.part.split(' ').includes(part)));
  if (lit[0]) source.scrollTop += lit[0].getBoundingClientRect().top - source.getBoundingClientRect().top - 60;
});

// 8. Five minutes before an idle session ends the page says so (WCAG 2.2.1).
const idle = Number(document.body.dataset.idle), notice = one('#idle');
if (idle > 5 && notice) setTimeout(() => { notice.hidden = false; }, (idle - 5) * 60000);
})();
