// The desk of the simulators: forms and buttons call /admin, and what changes by itself is fetched every two seconds.

const said = document.getElementById('said');
let hush;

const say = (text, bad = false) => {
  said.textContent = text;
  said.className = bad ? 'bad' : '';
  said.hidden = text === '';
  clearTimeout(hush);
  if (!bad) hush = setTimeout(() => say(''), 3000);
};

const refresh = async () => {
  const { live } = document.querySelector('[data-live]')?.dataset ?? {};
  if (!live) return;
  const answer = await fetch(live);
  const parts = await answer.json();
  for (const [id, html] of Object.entries(parts)) {
    const part = document.getElementById(id);
    // Untouched parts keep their focus and selection.
    if (part.shown !== html) {
      part.innerHTML = html;
      part.shown = html;
    }
  }
};

let lost = false;
const follow = async () => {
  try {
    if (!document.hidden) await refresh();
    if (lost) say('');
    lost = false;
  } catch {
    lost = true;
    say('与仿真器失去联系，正在重试', true);
  }
  setTimeout(follow, 2000);
};

const call = async (method, path, body, done) => {
  try {
    const content = body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {};
    const answer = await fetch(path, { method, ...content });
    if (!answer.ok) return say((await answer.json()).message, true);
    await refresh();
    say(done);
  } catch {
    say('与仿真器失去联系，请稍后再试', true);
  }
};

const valuesOf = (form) => Object.fromEntries(new FormData(form));
const toMs = (seconds) => Math.round(Number(seconds) * 1000);

/** What each form sends; fields left empty are left out. */
const senders = {
  fault: (form) => {
    const { at, kind, times, key, ...rest } = valuesOf(form);
    const [system, exchange] = at.split(' ');
    const shown = [...form.querySelectorAll(`[data-for="${kind}"] [name]`)].map((input) => input.name);
    const fault = { kind };
    for (const name of shown) {
      fault[name] = name === 'ms' ? toMs(rest.ms) : name === 'retryAfterSeconds' ? Number(rest[name]) : rest[name];
    }
    const body = { system, exchange, fault, ...(times && { times: Number(times) }), ...(key && { key }) };
    return call('POST', '/admin/faults', body, '故障已设置');
  },
  decision: (form) => {
    const { decision, caseNo } = valuesOf(form);
    return call('POST', '/admin/decisions', { decision, ...(caseNo && { caseNo }) }, '结果已指定');
  },
  hook: (form) => call('PUT', '/admin/enterprise', valuesOf(form), '已保存'),
  settings: (form) => {
    const delays = Object.entries(valuesOf(form)).map(([name, value]) => [name, toMs(value)]);
    return call('PUT', '/admin/settings', Object.fromEntries(delays), '办理时长已保存');
  },
};

const faultForm = document.getElementById('fault');
const showParticulars = () => {
  for (const label of faultForm.querySelectorAll('[data-for]')) {
    label.hidden = label.dataset.for !== faultForm.elements.kind.value;
    for (const input of label.querySelectorAll('[name]')) input.disabled = label.hidden;
  }
};

if (faultForm) {
  faultForm.elements.kind.addEventListener('change', showParticulars);
  showParticulars();
}
if (document.querySelector('[data-live]')) setTimeout(follow, 2000);

document.addEventListener('submit', (event) => {
  event.preventDefault();
  senders[event.target.dataset.form](event.target);
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.at) {
    faultForm.elements.at.value = button.dataset.at;
    faultForm.scrollIntoView({ block: 'center' });
    faultForm.elements.kind.focus();
  }
  if (button?.dataset.call && (!button.dataset.sure || confirm(button.dataset.sure))) {
    const [method, path] = button.dataset.call.split(' ');
    call(method, path, undefined, button.dataset.done ?? (path === '/admin/reset' ? '已全部清空' : '已取消')).then(
      () => {
        // What these change does not change by itself.
        if (['/admin/reset', '/admin/enterprise/key'].includes(path)) location.reload();
      },
    );
  }
});

document.querySelector('[data-filter]')?.addEventListener('input', (event) => {
  const wanted = event.target.value.trim().toUpperCase();
  for (const group of document.querySelectorAll('[data-group]')) {
    const rows = [...group.querySelectorAll('tbody tr')];
    for (const row of rows) row.hidden = !row.textContent.toUpperCase().includes(wanted);
    group.hidden = rows.every((row) => row.hidden);
  }
});
