/** After action: the story of one replication as a timeline; an entry leads to its day and place on the map. */
import * as api from '../core/api';
import { fill, fresh, h } from '../core/dom';
import { calendar } from '../core/format';
import { replicationOf } from '../core/frames';
import type { Store } from '../core/store';
import type { TraceEntry } from '../core/types';

export class Story {
  readonly element: HTMLElement;
  private readonly list = h('ol', { class: 'timeline' });
  private readonly head = h('p');
  private readonly all: HTMLInputElement;
  private entries: TraceEntry[] = [];
  private rows: { day: number; item: HTMLElement }[] = [];
  private asked = 0;

  constructor(private readonly store: Store) {
    this.all = h('input', { type: 'checkbox', id: fresh('all'), onchange: () => this.draw() });
    this.element = h('div', {}, this.head, h('p', {}, this.all, h('label', { for: this.all.id }, 'lesser events too')), this.list);
    store.on(['a', 'mode'], () => void this.load());
    store.on(['day'], () => this.mark());
  }

  private async load(): Promise<void> {
    const mine = (this.asked += 1);
    const { a, mode } = this.store.now;
    this.entries = [];
    if (!a) fill(this.head, 'No campaign has been run yet.');
    else {
      try {
        const k = (await replicationOf(a, mode === 'probability' ? 'median' : mode)) ?? 0;
        const found = await api.trace(a.run.id, a.course, k);
        if (mine !== this.asked) return;
        this.entries = found.entries;
        const show = h('button', { type: 'button', class: 'small', onclick: () => this.store.set({ mode: 'median' }) }, 'show it on the map');
        fill(this.head, `Course ${a.course}, replication ${k}${mode === 'probability' ? ' (the median one)' : ''}. `, mode === 'probability' ? show : null);
      } catch (error) {
        fill(this.head, h('span', { class: 'fault' }, `The story could not be told: ${(error as Error).message}`));
      }
    }
    this.draw();
  }

  private draw(): void {
    const shown = this.entries.filter(e => this.all.checked || e.major);
    const start = this.store.now.scenario.date_start;
    this.rows = shown.map(entry => ({
      day: entry.day,
      item: h('li', { 'data-kind': entry.kind },
        h('button', { type: 'button', class: 'when', onclick: () => this.go(entry) }, `day ${entry.day} · ${calendar(start, entry.day)}`),
        h('span', {}, entry.text), entry.cause ? h('span', { class: 'says' }, entry.cause) : null),
    }));
    fill(this.list, this.rows.map(row => row.item));
    this.mark();
  }

  private go(entry: TraceEntry): void {
    const hasPlace = typeof entry.lon === 'number' && typeof entry.lat === 'number';
    this.store.set({ day: entry.day, isPlaying: false, place: hasPlace ? [entry.lon as number, entry.lat as number] : null });
  }

  /** The entry that the scrubbed day has come to. */
  private mark(): void {
    const { day } = this.store.now;
    const past = this.rows.filter(row => row.day <= day).length - 1;
    this.rows.forEach((row, i) => {
      row.item.classList.toggle('past', i <= past);
      if (i === past) row.item.setAttribute('aria-current', 'step');
      else row.item.removeAttribute('aria-current');
    });
  }
}
