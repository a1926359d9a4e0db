/** Which courses of which runs are shown, beside each other or alone, over all replications or in one. */
import * as api from '../core/api';
import { fill, fresh, h, options } from '../core/dom';
import { courseTitle, type Mode, runTitle, type Shown, type Store } from '../core/store';

const MODES: readonly (readonly [string, string])[] = [
  ['probability', 'All replications'],
  ['median', 'One: the median'],
  ['luckiest', 'One: the luckiest'],
  ['unluckiest', 'One: the unluckiest'],
  ['number', 'One: by number'],
];

export function courseBar(store: Store): HTMLElement {
  const a = picker(store, 'a');
  const b = picker(store, 'b');
  const compare = h('button', { type: 'button', class: 'toggle', onclick: () => store.set({ isCompared: !store.now.isCompared }) }, 'Compare two');
  const bar = h('div', { class: 'bar', role: 'group', 'aria-label': 'What the map shows' }, a, compare, b, modePicker(store));
  store.on(['isCompared', 'runs'], state => {
    compare.setAttribute('aria-pressed', String(state.isCompared));
    compare.disabled = !state.runs.length;
    b.hidden = !state.isCompared;
    bar.hidden = !state.runs.length;
  });
  return bar;
}

const key = (shown: Shown | null): string => (shown ? `${shown.run.id} ${shown.course}` : '');

function picker(store: Store, which: 'a' | 'b'): HTMLElement {
  const id = fresh('course');
  const select = h('select', {
    id,
    onchange: () => {
      const [run, ...course] = select.value.split(' ');
      const found = store.now.runs.find(one => one.id === run);
      if (found) store.set({ [which]: { run: found, course: course.join(' ') } });
    },
  });
  const label = h('label', { for: id, class: `key-${which}` }, which === 'b' ? 'Course B' : 'Course');
  const says = h('span', { class: 'says', id: `${id}-says` });
  select.setAttribute('aria-describedby', says.id);
  store.on(['runs', which, 'isCompared'], state => {
    const chosen = key(state[which]);
    fill(select, state.runs.map(run => h('optgroup', { label: runTitle(run) },
      options(run.courses.map(c => [`${run.id} ${c}`, c] as const), chosen))));
    const shown = state[which];
    says.textContent = shown ? courseTitle(state.scenario, shown.course) : '';
    label.textContent = which === 'b' ? 'Course B' : state.isCompared ? 'Course A' : 'Course';
  });
  return h('div', { class: 'pick' }, label, select, says);
}

function modePicker(store: Store): HTMLElement {
  const id = fresh('mode');
  const number = h('input', { type: 'number', min: 0, step: 1, value: 0, 'aria-label': 'Number of the replication', hidden: true });
  const select = h('select', { id }, options(MODES, 'probability'));
  const tell = (): void => {
    number.hidden = select.value !== 'number';
    const most = (store.now.a?.run.replications ?? 1) - 1;
    number.max = String(most);
    const k = Math.min(most, Math.max(0, Math.round(Number(number.value) || 0)));
    number.value = String(k);
    store.set({ mode: select.value === 'number' ? k : (select.value as Mode) });
  };
  select.addEventListener('change', tell);
  number.addEventListener('change', tell);
  store.on(['mode'], ({ mode }) => {
    select.value = typeof mode === 'number' ? 'number' : mode;
    number.hidden = typeof mode !== 'number';
    if (typeof mode === 'number') number.value = String(mode);
  });
  return h('div', { class: 'pick' }, h('label', { for: id }, 'Replications'), h('span', { class: 'row' }, select, number));
}

/** The runs of a scenario that can be shown, newest first. */
export async function finished(scenario: string): Promise<import('../core/types').Run[]> {
  return (await api.runs()).filter(run => run.scenario === scenario && run.state === 'done');
}
