/** One thing that may be changed: label, slider, box, switch or table, its source, and its fault where it has one. */
import { fill, fresh, h, options } from '../core/dom';
import { number, quantity, unitWords } from '../core/format';
import type { Store } from '../core/store';
import type { Fault, Field, Value } from '../core/types';
import { sourced } from './source';

export interface FieldBox { element: HTMLElement; path: string; show: () => void; fault: (fault: Fault | null) => void }

const same = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Remember a change, or forget it where it is what the scenario says. */
export function change(store: Store, field: Field, value: Value): void {
  const changes = new Map(store.now.changes);
  if (same(value, field.value)) changes.delete(field.path);
  else changes.set(field.path, value);
  store.set({ changes });
}

export function fieldBox(store: Store, field: Field): FieldBox {
  const id = fresh('field');
  const fault = h('p', { class: 'fault', id: `${id}-fault`, hidden: true });
  const input = control(store, field, id);
  const undo = h('button', { type: 'button', class: 'small', hidden: true, 'aria-label': `Undo the change of ${field.title}`, onclick: () => change(store, field, field.value) }, 'undo');
  const said = typeof field.value === 'number' ? quantity(field.value, field.unit) : isNumbers(field.value) ? 'this table' : String(field.value);
  const element = h('div', { class: 'field', 'data-path': field.path },
    h('div', { class: 'row' },
      h('label', { for: id }, field.title, unitWords(field.unit) ? h('span', { class: 'unit' }, ` (${unitWords(field.unit)})`) : null),
      undo,
      sourced(`as given: ${said}`, () => ({ title: field.title, value: said, source: field.source, grade: field.grade, note: field.help }))),
    input.element, fault);
  return {
    element, path: field.path,
    show() {
      const value = store.now.changes.get(field.path);
      undo.hidden = value === undefined;
      element.classList.toggle('changed', value !== undefined);
      input.set(value === undefined ? field.value : value);
    },
    fault(found) {
      fault.hidden = !found;
      fill(fault, found ? `${found.problem}; ${found.remedy}` : '');
      for (const one of element.querySelectorAll('input, select')) {
        if (found) one.setAttribute('aria-describedby', fault.id);
        else one.removeAttribute('aria-describedby');
        one.setAttribute('aria-invalid', String(Boolean(found)));
      }
    },
  };
}

interface Control { element: HTMLElement; set: (value: Value) => void }

function control(store: Store, field: Field, id: string): Control {
  if (field.kind === 'switch') {
    const box = h('input', { type: 'checkbox', id, onchange: () => change(store, field, box.checked) });
    return { element: box, set: value => { box.checked = Boolean(value); } };
  }
  if (field.kind === 'choice') {
    const select = h('select', { id, onchange: () => change(store, field, select.value) },
      options(field.choices.map(c => [c, c.replaceAll('_', ' ')] as const), String(field.value)));
    return { element: select, set: value => { select.value = String(value); } };
  }
  if (field.kind === 'table') return table(store, field, id);
  if (field.kind === 'date' || field.kind === 'month') {
    const box = h('input', { id, type: field.kind, onchange: () => { if (box.value) change(store, field, box.value); } });
    return { element: box, set: value => { box.value = String(value ?? ''); } };
  }
  return numeric(store, field, id);
}

/** A slider for the range and a box for the exact number, on one value. */
function numeric(store: Store, field: Field, id: string): Control {
  const step = field.kind === 'integer' ? 1 : 'any';
  const tell = (text: string): void => {
    const value = field.kind === 'integer' ? Math.round(Number(text)) : Number(text);
    if (text !== '' && Number.isFinite(value)) change(store, field, value);
  };
  const box = h('input', { type: 'number', id, step, onchange: () => tell(box.value) });
  const [low, high] = [field.soft_low, field.soft_high];
  if (low === null || high === null) return { element: box, set: value => { box.value = String(value ?? ''); } };
  const fine = field.kind === 'integer' ? 1 : stepOf(low, high);
  const slider = h('input', { type: 'range', min: low, max: high, step: fine, 'aria-label': `${field.title}, slider`, oninput: () => tell(slider.value) });
  return {
    element: h('div', { class: 'row slide' }, slider, box),
    set: value => { slider.value = String(value ?? low); box.value = String(value ?? ''); },
  };
}

/** A round step of about a hundredth of the range. */
function stepOf(low: number, high: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1e-9, high - low)) - 2);
  return Number(power.toPrecision(1));
}

type Numbers = Record<string, number> | number[];

const isNumbers = (value: Value): value is Numbers => typeof value === 'object' && value !== null;

/** Numbers by name or in order; a row each, all sent back together. */
function table(store: Store, field: Field, id: string): Control {
  const body = h('tbody');
  const sum = h('p', { class: 'note' });
  const numbers = (): Numbers => {
    const value = store.now.changes.get(field.path) ?? field.value;
    return isNumbers(value) ? value : [];
  };
  const put = (key: string, value: number): void => {
    const before = numbers();
    change(store, field, Array.isArray(before) ? before.map((v, i) => (String(i) === key ? value : v)) : { ...before, [key]: value });
  };
  const element = h('div', { id, role: 'group', 'aria-label': field.title },
    h('table', {}, h('thead', {}, h('tr', {}, field.columns.map(c => h('th', { scope: 'col' }, c)))), body), sum,
    Array.isArray(field.value) ? h('button', { type: 'button', class: 'small', onclick: () => longer(store, field, numbers()) }, 'add a row') : null);
  return {
    element,
    set(value) {
      const rows = isNumbers(value) ? Object.entries(value) : [];
      if (field.sum_to_one) sum.textContent = `sum ${number(rows.reduce((total, [, v]) => total + v, 0))}; it must be 1`;
      const inputs = [...body.querySelectorAll('input')];
      if (inputs.length === rows.length) inputs.forEach((input, i) => { input.value = String(rows[i]?.[1] ?? ''); });
      else fill(body, rows.map(([key, v], i) => row(field, key, i, v, put)));
    },
  };
}

function row(field: Field, key: string, i: number, value: number, put: (key: string, v: number) => void): HTMLElement {
  const name = Array.isArray(field.value) ? String(i + 1) : key;
  const box = h('input', {
    type: 'number', step: 'any', value, min: field.low, max: field.high, 'aria-label': `${field.title}: ${name}`,
    onchange: () => put(key, Number(box.value)),
  });
  return h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, box));
}

/** One more period, at first like the last. */
function longer(store: Store, field: Field, before: Numbers): void {
  if (Array.isArray(before)) change(store, field, [...before, before.at(-1) ?? 1]);
}
