/** The figures of one cell, each with its source. */
import { fill, h } from '../core/dom';
import { number } from '../core/format';
import type { Store } from '../core/store';
import type { Maps } from '../map/maps';
import { legendOf } from './layers';
import { resultSource, sourced } from './source';

const HIDDEN = new Set(['h3', 'belt']);

export function cellBox(store: Store, maps: Maps): HTMLElement {
  const box = h('section', { class: 'cell' });
  store.on(['cell', 'day', 'a', 'b', 'mode', 'isCompared'], () => show(box, store, maps));
  return box;
}

function show(box: HTMLElement, store: Store, maps: Maps): void {
  const { cell, theatre, a, day } = store.now;
  const p = cell === null ? undefined : theatre.cells.features[cell]?.properties;
  if (cell === null || !p) {
    fill(box, h('p', { class: 'note' }, 'Click or tap a cell; or move the map with the arrow keys and press Enter for the cell in the middle.'));
    return;
  }
  const value = maps.valueOf(cell);
  fill(
    box,
    h('h2', {}, `Cell at ${degrees(maps.mesh.lat[cell], 'N', 'S')}, ${degrees(maps.mesh.lon[cell], 'E', 'W')}`),
    h('p', {}, `Day ${day}: `, a ? sourced(value, () => resultSource(store, 'Control of a cell', value, a, `on day ${day}`)) : value, '.'),
    p['belt'] ? h('p', {}, `Works: ${String(p['belt'])}`) : null,
    h('table', {}, h('tbody', {}, Object.entries(p).flatMap(([key, figure]) => (HIDDEN.has(key) || figure === null ? [] : [row(store, key, figure)])))),
    h('button', { type: 'button', onclick: () => store.set({ cell: null }) }, 'Close'),
  );
}

const degrees = (value: number | undefined, plus: string, minus: string): string =>
  `${Math.abs(value ?? 0).toFixed(2)}° ${(value ?? 0) < 0 ? minus : plus}`;

function row(store: Store, key: string, value: unknown): HTMLElement {
  const legend = legendOf(store.now, key);
  const found = store.now.theatre.sources[key];
  const title = legend?.title ?? key.replaceAll('_', ' ');
  const text = typeof value === 'number' ? number(value) : String(value);
  return h('tr', {}, h('th', { scope: 'row' }, title, legend?.unit ? h('span', { class: 'unit' }, ` (${legend.unit})`) : null),
    h('td', {}, sourced(text, () => ({ title, value: legend?.unit ? `${text} (${legend.unit})` : text, source: found?.source ?? 'laid on the cells from the scenario', grade: found?.grade }))));
}
