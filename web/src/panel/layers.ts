/** Layers on and off, and what their signs mean, with units. */
import { fill, fresh, h, options } from '../core/dom';
import { number } from '../core/format';
import type { State, Store } from '../core/store';
import type { Legend } from '../core/types';
import { colours } from '../map/colours';
import { range, SWITCHES } from '../map/style';

const SIGNS: Readonly<Record<string, string>> = {
  drones: 'stripes: share of the drone hazard at the line that is left at this depth; on the day shown',
  supply: 'dots: no way over ground of the same holder to one of his sources of supply; on the day shown',
  line: 'red: more likely the attacker’s on one side, the defender’s on the other; grey dashes: day 0',
  belts: 'purple dashes, the wider the further grown (maturity, share of full works)',
  strongholds: '■ holding, ◧ sealed, □ cleared or left; by day in one replication, at the start over all',
  towns: 'bold: an objective',
  roads: 'brown: main road, thin: road (t/day in the cell’s figures)',
  rail: 'dark dashes',
  rivers: 'blue-green: major, thin: minor',
  formations: 'how many stand in a cell: filled box the attacker’s, open box the defender’s; zoom in to see them all',
  axes: 'dots: axes of the courses',
};

const FIGURES = ['built', 'elevation_m', 'relief_m', 'cover', 'industry', 'residents', 'destroyed', 'works', 'road_t_per_day', 'river', 'front_km'];

export function layerBox(store: Store): HTMLElement {
  const rows = Object.entries(SWITCHES).map(([name, { title }]) => {
    const id = fresh('layer');
    const box = h('input', { type: 'checkbox', id, onchange: () => flip(store, name, box.checked) });
    store.on(['layers'], state => (box.checked = state.layers.has(name)));
    return h('li', {}, box, h('label', { for: id }, title), name === 'ground' ? figurePicker(store) : null,
      SIGNS[name] ? h('span', { class: 'says' }, SIGNS[name]) : null);
  });
  return h('details', { class: 'layers' }, h('summary', {}, 'Layers and legend'), h('ul', {}, rows));
}

function flip(store: Store, name: string, isOn: boolean): void {
  const layers = new Set(store.now.layers);
  if (isOn) layers.add(name);
  else layers.delete(name);
  store.set({ layers });
}

export const figureTitle = (state: Readonly<State>, figure: string): string => {
  const found = legendOf(state, figure);
  return found ? `${found.title}${found.unit ? ` (${found.unit})` : ''}` : figure.replaceAll('_', ' ');
};

/** Title and unit of a figure of the cells. */
export const legendOf = (state: Readonly<State>, figure: string): Legend | undefined =>
  state.theatre.legend.find(row => row.layer === figure && row.stops.length > 0);

function figurePicker(store: Store): HTMLElement {
  const has = store.now.theatre.cells.features[0]?.properties ?? {};
  const rows = FIGURES.filter(f => f in has).map(f => [f, figureTitle(store.now, f)] as const);
  const select = h('select', { 'aria-label': 'Figure of the ground', onchange: () => store.set({ figure: select.value }) }, options(rows, store.now.figure));
  const scale = h('span', { class: 'says' });
  store.on(['figure'], state => {
    const [low, high] = range(state.theatre, state.figure);
    scale.textContent = low === high ? `the same everywhere: ${number(low)}` : `pale ${number(low)} to dark ${number(high)}`;
  });
  return h('span', { class: 'row' }, select, scale);
}

/** The colour scale of control, always in sight. */
export function scale(store: Store): HTMLElement {
  const bar = h('span', { class: 'ramp', 'aria-hidden': 'true' });
  const [low, high, what] = [h('span'), h('span'), h('span', { class: 'says' })];
  const more = h('span', { class: 'ramp', 'aria-hidden': 'true' });
  const second = h('span', { class: 'second' }, 'A more often ', more, ' B more often', h('span', { class: 'says' }, ' the attacker’s, in the difference'));
  store.on(['mode', 'theme', 'a', 'isCompared'], state => {
    const c = colours();
    bar.style.background = `linear-gradient(90deg, ${c.defender}, ${c.even}, ${c.attacker})`;
    more.style.background = `linear-gradient(90deg, ${c.onlyA}, ${c.even}, ${c.onlyB})`;
    second.hidden = !state.isCompared;
    fill(low, 'defender 0 %');
    fill(high, '100 % attacker');
    what.textContent = state.a && state.mode === 'probability'
      ? 'share of replications in which the attacker holds the cell on this day'
      : state.a ? 'share of the cell that the attacker occupies on this day' : 'share of the cell that the attacker occupies on day 0';
  });
  return h('p', { class: 'scale' }, low, bar, high, what, second);
}
