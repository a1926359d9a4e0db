/** A small curve over the days: a line or band per course, and a cursor on the scrubbed day. */
import { h, s } from '../core/dom';
import { number, quantity } from '../core/format';

export interface Curve { name: string; key: 'a' | 'b'; days: number[]; middle: (number | null)[]; low?: number[]; high?: number[] }

export interface ChartOptions {
  title: string;
  unit: string;
  curves: Curve[];
  horizon: number;
  top?: number;
  isStep?: boolean;
  pick: (day: number) => void;
  source: (curve: Curve, value: string) => void;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT, TOP] = [340, 150, 44, 20, 6, 8];

export interface Chart { element: HTMLElement; setDay: (day: number) => void }

export function chart(o: ChartOptions): Chart {
  const top = o.top ?? nice(greatest(o.curves));
  const x = (day: number): number => LEFT + (day / Math.max(1, o.horizon)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  // Beside the drawing and not in it: moving it paints no curve again.
  const cursor = h('div', { class: 'cursor', 'aria-hidden': 'true' });
  const picture = s('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart', role: 'img', 'aria-label': `${o.title}, by day` },
    axes(o.horizon, top, x, y), o.curves.flatMap(curve => draw(curve, x, y, o.isStep ?? false)));
  const pick = (event: PointerEvent): void => {
    const box = picture.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * WIDTH;
    o.pick(Math.round(Math.min(1, Math.max(0, (at - LEFT) / (WIDTH - LEFT - RIGHT))) * o.horizon));
  };
  picture.addEventListener('pointerdown', pick);
  picture.addEventListener('pointermove', event => { if (event.buttons) pick(event); });
  const told = o.curves.map(curve => readout(curve, o));
  const element = h('figure', { class: 'curve' }, h('figcaption', {}, o.title), h('div', { class: 'plot' }, picture, cursor), h('div', { class: 'readouts' }, told.map(t => t.element)));
  return {
    element,
    setDay(day) {
      cursor.style.transform = `translateX(${(x(Math.min(day, o.horizon)) / WIDTH) * 100}%)`;
      for (const t of told) t.setDay(day);
    },
  };
}

function readout(curve: Curve, o: ChartOptions): { element: HTMLElement; setDay: (day: number) => void } {
  const value = h('button', { type: 'button', class: 'num', title: 'source and grade', onclick: () => o.source(curve, value.textContent ?? '') });
  const spread = h('span', { class: 'spread' });
  let shown = -1;
  return {
    element: h('span', { class: `readout key-${curve.key}` }, h('b', {}, curve.name), ' ', value, spread),
    setDay(day) {
      const i = position(curve.days, day);
      if (i === shown) return;
      shown = i;
      value.textContent = quantity(curve.middle[i], o.unit);
      const [low, high] = [curve.low?.[i], curve.high?.[i]];
      spread.textContent = low === undefined || high === undefined ? '' : ` (${number(low)} to ${number(high)})`;
    },
  };
}

/** Index of the last day at or before one. */
export function position(days: number[], day: number): number {
  let found = 0;
  while (found + 1 < days.length && (days[found + 1] ?? Infinity) <= day) found += 1;
  return found;
}

function greatest(curves: Curve[]): number {
  let most = 0;
  for (const curve of curves) for (const value of curve.high ?? curve.middle) most = Math.max(most, value ?? 0);
  return most;
}

/** The next round number up. */
function nice(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 1.5, 2, 3, 4, 5, 8, 10].find(step => step * power >= most) ?? 10) * power;
}

function axes(horizon: number, top: number, x: (d: number) => number, y: (v: number) => number): SVGElement[] {
  const step = [30, 60, 90, 180, 365].find(days => horizon / days <= 6) ?? 365;
  const days = Array.from({ length: Math.floor(horizon / step) + 1 }, (_, i) => i * step);
  const levels = [0, 0.5, 1].map(share => share * top);
  return [
    ...levels.flatMap(v => [
      s('line', { class: 'rule', x1: LEFT, x2: WIDTH - RIGHT, y1: y(v), y2: y(v) }),
      s('text', { x: LEFT - 5, y: y(v) + 4, 'text-anchor': 'end' }, short(v)),
    ]),
    ...days.map(d => s('text', { x: x(d), y: HEIGHT - 5, 'text-anchor': d === 0 ? 'start' : d > horizon * 0.96 ? 'end' : 'middle' }, d === 0 ? 'day 0' : d)),
  ];
}

function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(2))}M`;
  return value >= 1e4 ? `${Number((value / 1e3).toPrecision(3))}k` : number(value);
}

function draw(curve: Curve, x: (d: number) => number, y: (v: number) => number, isStep: boolean): SVGElement[] {
  const path = (values: (number | null)[]): string[] => values.flatMap((value, i) => {
    if (value === null) return [];
    const at = `${x(curve.days[i] ?? 0).toFixed(1)},${y(value).toFixed(1)}`;
    const before = values[i - 1];
    return isStep && i && before !== null && before !== undefined ? [`${x(curve.days[i] ?? 0).toFixed(1)},${y(before).toFixed(1)}`, at] : [at];
  });
  const band = curve.low && curve.high
    ? [s('path', { class: `band key-${curve.key}`, d: `M${path(curve.high).join('L')}L${path(curve.low).reverse().join('L')}Z` })]
    : [];
  return [...band, s('path', { class: `stroke key-${curve.key}`, d: `M${path(curve.middle).join('L')}` })];
}
