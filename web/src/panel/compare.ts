/** A and B on the same luck: how often A is better, and by how much they differ. */
import * as api from '../core/api';
import { h } from '../core/dom';
import { number, percent, unitWords, words } from '../core/format';
import type { Shown, Store } from '../core/store';
import type { CompareRow } from '../core/types';
import { resultSource, sourced } from './source';

const FIRST = /^(restricted_mean_days:(taken|ended)|losses:|destroyed_km2|residents_left|area_gained_km2|displaced)/;

/** The table of paired differences; where the server cannot pair two runs, why. */
export async function comparison(store: Store, a: Shown, b: Shown): Promise<HTMLElement> {
  if (a.run.id === b.run.id && a.course === b.course) return h('p', { class: 'note' }, 'A and B are the same: choose another course or run for B.');
  try {
    const found = await api.compare(a.run.id, a.course, b.run.id, b.course);
    return table(store, a, found.rows, found.pairs);
  } catch (error) {
    return h('p', { class: 'fault' }, `These two cannot be paired: ${(error as Error).message}`);
  }
}

function table(store: Store, a: Shown, rows: CompareRow[], pairs: number | undefined): HTMLElement {
  const first = rows.filter(row => FIRST.test(row.measure));
  const rest = rows.filter(row => !FIRST.test(row.measure));
  const said = pairs ? ` (${pairs.toLocaleString('en')} pairs)` : '';
  return h('section', { class: 'paired' },
    h('h2', {}, `Paired on the same luck${said}`),
    h('p', { class: 'note' }, 'Both meet the same weather, forces and chances; what differs is what was ordered or changed.'),
    sheet(store, a, first),
    rest.length ? h('details', {}, h('summary', {}, `${rest.length} further measures`), sheet(store, a, rest)) : null);
}

function sheet(store: Store, a: Shown, rows: CompareRow[]): HTMLElement {
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Paired differences' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Measure', 'A better', 'A minus B', '5 to 95 %'].map(t => h('th', { scope: 'col' }, t)))),
    h('tbody', {}, rows.map(row => line(store, a, row)))));
}

function line(store: Store, a: Shown, row: CompareRow): HTMLElement {
  const title = words(row.measure, store.names);
  const value = row.median_difference === null ? 'not identified' : number(row.median_difference);
  const source = (said: string, how: string): HTMLElement => sourced(said, () => resultSource(store, title, said, a, how));
  return h('tr', {},
    h('th', { scope: 'row' }, title, unitWords(row.unit) ? ` (${unitWords(row.unit)})` : ''),
    h('td', {}, row.p_a_better === null ? '' : source(percent(row.p_a_better), 'share of pairs on the same luck in which A is better, ties counted half')),
    h('td', {}, source(value, 'A minus B, median of the differences of pairs on the same luck')),
    h('td', {}, row.interval90 ? `${number(row.interval90[0])} to ${number(row.interval90[1])}` : ''));
}
