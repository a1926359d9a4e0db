/** The days: a slider, play and pause, and the key events marked on it. */
import * as api from '../core/api';
import { fill, h, isStill, s } from '../core/dom';
import { calendar, words } from '../core/format';
import { replicationOf } from '../core/frames';
import type { State, Store } from '../core/store';

export interface Mark { day: number; text: string }

const STEP_DAYS = 7; // control is recorded at the end of each week
const MARKED = /^((taken|isolated|withdrawn|routed|surrendered):|ended$)/;
const TOLD = /^(taken|isolated|withdrawal|surrender|breakthrough|phase|culminated|ended)/;

export class Scrubber {
  readonly element: HTMLElement;
  private readonly slider: HTMLInputElement;
  private readonly out: HTMLOutputElement;
  private readonly event = h('p', { class: 'event', role: 'status' });
  private readonly ticks: SVGSVGElement;
  private readonly play: HTMLButtonElement;
  private readonly jumps: readonly HTMLButtonElement[];
  private marks: Mark[] = [];
  private last = 0;

  constructor(private readonly store: Store) {
    this.slider = h('input', { type: 'range', min: 0, step: 1, value: 0, 'aria-label': 'Day', class: 'days', oninput: () => store.set({ day: Number(this.slider.value) }) });
    this.out = h('output', { class: 'day' });
    this.ticks = s('svg', { class: 'marks', 'aria-hidden': 'true', preserveAspectRatio: 'none', viewBox: '0 0 1000 14' });
    this.play = h('button', { type: 'button', class: 'play', onclick: () => this.toggle() });
    const before = h('button', { type: 'button', title: 'to the key event before', onclick: () => this.jump(-1) }, '‹ event');
    const after = h('button', { type: 'button', title: 'to the next key event', onclick: () => this.jump(1) }, 'event ›');
    this.jumps = [before, after];
    this.element = h('div', { class: 'scrubber', role: 'group', 'aria-label': 'Time' },
      h('div', { class: 'row' }, before, this.play, after, this.out), h('div', { class: 'track' }, this.slider, this.ticks), this.event);
    this.listen();
  }

  private listen(): void {
    const { store } = this;
    store.on(['day', 'a', 'b', 'isCompared'], state => this.tell(state));
    store.on(['isPlaying'], state => {
      this.play.textContent = state.isPlaying ? 'Pause' : 'Play';
      this.play.setAttribute('aria-pressed', String(state.isPlaying));
      if (state.isPlaying) requestAnimationFrame(now => { this.last = now; this.advance(now); });
    });
    store.on(['a', 'mode', 'runs'], state => void this.mark(state));
    document.addEventListener('keydown', event => {
      if (event.key === ' ' && event.target === document.body) { event.preventDefault(); this.toggle(); }
    });
  }

  private tell(state: Readonly<State>): void {
    const { horizon } = this.store;
    this.slider.max = String(horizon);
    this.slider.disabled = horizon === 0;
    this.play.disabled = horizon === 0;
    this.slider.value = String(state.day);
    const date = calendar(state.scenario.date_start, state.day);
    fill(this.event);
    this.out.textContent = `day ${state.day.toLocaleString('en')} · ${date}`;
    this.slider.setAttribute('aria-valuetext', `day ${state.day}, ${date}`);
  }

  private toggle(): void {
    const { isPlaying, day } = this.store.now;
    if (!isPlaying && day >= this.store.horizon) this.store.set({ day: 0 });
    this.store.set({ isPlaying: !isPlaying });
  }

  /** A week at a time; slower where the user wants less motion. */
  private advance(now: number): void {
    if (!this.store.now.isPlaying) return;
    const wait = isStill() ? 700 : 90;
    if (now - this.last >= wait) {
      this.last = now;
      const day = Math.min(this.store.horizon, this.store.now.day + STEP_DAYS);
      this.store.set({ day, isPlaying: day < this.store.horizon });
    }
    requestAnimationFrame(next => this.advance(next));
  }

  private jump(way: 1 | -1): void {
    const days = this.marks.map(mark => mark.day).sort((one, other) => one - other);
    const { day } = this.store.now;
    const next = way > 0 ? days.find(d => d > day) : days.findLast(d => d < day);
    if (next === undefined) return;
    this.store.set({ day: next, isPlaying: false });
    fill(this.event, this.marks.filter(mark => mark.day === next).map(mark => mark.text).join('; '));
  }

  private async mark(state: Readonly<State>): Promise<void> {
    this.marks = state.a ? await marksOf(this.store) : [];
    const most = Math.max(1, this.store.horizon);
    fill(this.ticks, this.marks.map(mark => {
      const x = 8 + (mark.day / most) * 984;
      return s('path', { d: `M${x - 4} 14 L${x} 1 L${x + 4} 14Z` }, s('title', {}, `day ${mark.day}: ${mark.text}`));
    }));
    for (const button of this.jumps) button.disabled = !this.marks.length;
  }
}

/** Median days of what happens to the objectives; in one replication, what is told of it. */
export async function marksOf(store: Store): Promise<Mark[]> {
  const { a, mode } = store.now;
  if (!a) return [];
  const k = await replicationOf(a, mode);
  if (k !== null) {
    const { entries } = await api.trace(a.run.id, a.course, k);
    return entries.filter(e => e.major && TOLD.test(e.kind)).map(e => ({ day: e.day, text: e.text }));
  }
  const events = (await api.summary(a.run.id)).courses[a.course]?.events ?? {};
  return Object.entries(events).flatMap(([id, event]) => {
    const day = event.day.p50;
    if (day === null || !MARKED.test(id)) return [];
    return [{ day: Math.round(day), text: `median day, ${words(id, store.names)}` }];
  });
}
