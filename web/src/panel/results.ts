/** Results beside the map: how long the objectives hold, losses, housing, residents; linked to the scrubber. */
import * as api from '../core/api';
import { announce, fill, fresh, h, options } from '../core/dom';
import { percent, unitWords, words } from '../core/format';
import { replicationOf } from '../core/frames';
import { runTitle, type Shown, type Store } from '../core/store';
import type { Daily, Replication, Survival } from '../core/types';
import { type Chart, chart, type Curve } from './chart';
import { comparison } from './compare';
import { resultSource, showSource } from './source';

const FIRST = ['losses:attacker', 'losses:defender', 'destroyed_km2', 'residents_left', 'area_gained_km2'];

interface Loaded { key: 'a' | 'b'; shown: Shown; survival: Survival; daily: Daily; one: Replication | null }

export class Results {
  readonly element: HTMLElement;
  private readonly body = h('div', { class: 'charts' });
  private readonly answer = h('div', { class: 'answer' });
  private readonly paired = h('div');
  private charts: Chart[] = [];
  private event = '';
  private asked = 0;

  constructor(private readonly store: Store, private readonly offer: () => HTMLElement) {
    this.element = h('div', {}, this.answer, this.body, this.paired);
    store.on(['a', 'b', 'isCompared', 'mode'], () => void this.load());
    store.on(['day'], state => { for (const one of this.charts) one.setDay(state.day); });
  }

  private async load(): Promise<void> {
    const mine = (this.asked += 1);
    const { a, b, isCompared } = this.store.now;
    if (!a) {
      fill(this.body);
      fill(this.answer, this.offer());
      return;
    }
    const wanted = [['a', a], ['b', isCompared ? b : null]] as const;
    try {
      const loaded = await Promise.all(wanted.flatMap(([key, shown]) => (shown ? [this.one(key, shown)] : [])));
      if (mine !== this.asked) return;
      fill(this.answer, await this.say(loaded));
      this.draw(loaded);
      fill(this.paired, isCompared && b ? await comparison(this.store, a, b) : null);
    } catch (error) {
      announce(`The results could not be loaded: ${(error as Error).message}`);
      fill(this.answer, h('p', { class: 'fault' }, `The results could not be loaded: ${(error as Error).message}`));
    }
  }

  private async one(key: 'a' | 'b', shown: Shown): Promise<Loaded> {
    const k = await replicationOf(shown, this.store.now.mode);
    const [survival, daily, one] = await Promise.all([
      api.survival(shown.run.id), api.daily(shown.run.id), k === null ? null : api.replication(shown.run.id, shown.course, k),
    ]);
    return { key, shown, survival, daily, one };
  }

  /** Each objective's chance of being taken by the horizon, in a sentence per course. */
  private async say(loaded: Loaded[]): Promise<HTMLElement[]> {
    return Promise.all(loaded.map(async ({ key, shown }) => {
      const { courses } = await api.summary(shown.run.id);
      const events = courses[shown.course]?.events ?? {};
      const parts = this.store.now.scenario.objectives.flatMap(o => {
        const found = events[`taken:${o.id}`];
        if (!found) return [];
        const text = percent(found.p_by_horizon);
        const how = `share of ${shown.run.replications.toLocaleString('en')} replications, standard error ${(found.se * 100).toFixed(1)} %`;
        const open = (): void => void resultSource(this.store, `${o.name} taken by day ${shown.run.horizon_days}`, text, shown, how).then(s => showSource(s));
        return [`${o.name} `, h('button', { type: 'button', class: 'num', title: 'source and grade', onclick: open }, text), ', '];
      });
      parts.pop();
      return h('p', { class: `key-${key}` }, h('b', {}, `${this.store.now.isCompared ? `${key.toUpperCase()}: ` : ''}${shown.course}`),
        ` (${runTitle(shown.run)}): taken by day ${shown.run.horizon_days.toLocaleString('en')}: `, parts, '.');
    }));
  }

  private draw(loaded: Loaded[]): void {
    const events = Object.keys(loaded[0]?.survival.events ?? {});
    if (!events.includes(this.event)) this.event = events.find(e => e.startsWith('taken:')) ?? events[0] ?? '';
    const id = fresh('event');
    const select = h('select', {
      id, onchange: () => { this.event = select.value; this.draw(loaded); document.getElementById(select.id)?.focus(); },
    }, options(events.map(e => [e, words(e, this.store.names)] as const), this.event));
    const curves = [this.survival(loaded), ...FIRST.map(measure => this.measure(loaded, measure))];
    this.charts = curves.flatMap(c => (c ? [c] : []));
    fill(this.body, h('p', { class: 'pick' }, h('label', { for: id }, 'How long until'), select), this.charts.map(c => c.element));
    for (const one of this.charts) one.setDay(this.store.now.day);
  }

  private survival(loaded: Loaded[]): Chart | null {
    const curves = loaded.flatMap(({ key, shown, survival }): Curve[] => {
      const found = survival.events[this.event]?.[shown.course];
      const share = (values: number[]): number[] => values.map(v => v * 100);
      return found ? [{ name: this.nameOf(key, shown), key, days: survival.days, middle: share(found.share), low: share(found.low), high: share(found.high) }] : [];
    });
    const title = `Share of replications in which it has not come: ${words(this.event, this.store.names)}`;
    return curves.length ? this.chart(loaded, title, '%', curves, 100) : null;
  }

  private measure(loaded: Loaded[], measure: string): Chart | null {
    let unit = '';
    const curves = loaded.flatMap(({ key, shown, daily, one }): Curve[] => {
      const found = daily.measures[measure];
      const levels = found?.courses[shown.course];
      if (!found || !levels) return [];
      unit = found.unit;
      const single = one?.series[measure];
      const name = this.nameOf(key, shown);
      if (one && single) return [{ name, key, days: one.seriesDays, middle: single }];
      return [{ name, key, days: daily.days, middle: levels.p50, low: levels.p10, high: levels.p90 }];
    });
    const how = this.store.now.mode === 'probability' ? 'median, 10 to 90 %' : 'this replication';
    return curves.length ? this.chart(loaded, `${capital(words(measure, this.store.names))} (${unitWords(unit)}): ${how}`, unit, curves) : null;
  }

  private nameOf(key: 'a' | 'b', shown: Shown): string {
    return this.store.now.isCompared ? `${key.toUpperCase()} ${shown.course}` : shown.course;
  }

  private chart(loaded: Loaded[], title: string, unit: string, curves: Curve[], top?: number): Chart {
    return chart({
      title, unit, curves, horizon: this.store.horizon, ...(top === undefined ? {} : { top, isStep: true }),
      pick: day => this.store.set({ day, isPlaying: false }),
      source: (curve, value) => {
        const shown = loaded.find(one => one.key === curve.key)?.shown;
        if (shown) void resultSource(this.store, title, `${value} on day ${this.store.now.day}`, shown, 'read off the curve').then(s => showSource(s));
      },
    });
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
