/** Orders a run, follows it, lets it be cancelled, and puts its result beside the base run. */
import * as api from '../core/api';
import { announce, fill, fresh, h } from '../core/dom';
import type { Store } from '../core/store';
import { isBase } from '../core/store';
import type { Fault, Run } from '../core/types';
import { finished } from './courses';

export interface Orderer { element: HTMLElement; order: () => void }

const SAID: Readonly<Record<string, string>> = {
  queued: 'waiting for its turn', running: 'running', done: 'done', failed: 'failed', cancelled: 'cancelled',
};

export class Runner {
  readonly element: HTMLElement;
  private readonly status = h('p', { class: 'status', role: 'status' });
  private readonly bar = h('progress', { max: 1, value: 0, hidden: true, 'aria-label': 'Progress of the run' });
  private readonly start = h('button', { type: 'button', class: 'main', onclick: () => void this.order() }, 'Run');
  private readonly stop = h('button', { type: 'button', hidden: true, onclick: () => void this.cancel() }, 'Cancel');
  private readonly replications: HTMLInputElement;
  private readonly horizon: HTMLInputElement;
  private readonly seed: HTMLInputElement;
  private running: string | null = null;
  private told = -1;

  constructor(private readonly store: Store, private readonly faulty: (faults: Fault[]) => void) {
    const base = store.now.base ?? store.now.a?.run;
    this.replications = number(base?.replications ?? 100, 1);
    this.replications.value = String(Math.min(200, base?.replications ?? 100));
    this.horizon = number(base?.horizon_days ?? 365, 1);
    this.seed = number(base?.seed ?? 1, 0);
    this.element = h('div', { class: 'runner' },
      h('div', { class: 'row' }, labelled('Replications', this.replications), labelled('Days', this.horizon), labelled('Seed', this.seed)),
      h('p', { class: 'note' }, 'With the seed and days of the base run both are compared on the same luck.'),
      h('div', { class: 'row' }, this.start, this.stop, this.bar), this.status);
  }

  /** Ask the server for a campaign with what was changed and drawn. */
  async order(): Promise<void> {
    const { scenario, changes, layersOff, overlay, edits } = this.store.now;
    this.faulty([]);
    this.start.disabled = true;
    try {
      const { id } = await api.start({
        scenario: scenario.name,
        changes: [...changes].map(([path, value]) => ({ path, value })),
        layers_off: [...layersOff],
        overlay_yaml: overlay?.yaml ?? null,
        edits: [...edits],
        courses: scenario.courses.map(c => c.name),
        replications: Math.max(1, Math.round(Number(this.replications.value))),
        horizon_days: Math.max(1, Math.round(Number(this.horizon.value))),
        seed: Math.max(0, Math.round(Number(this.seed.value))),
      });
      await this.follow(id);
    } catch (error) {
      this.say(error instanceof api.Refused && error.status === 429 ? 'The server’s queue is full: try again in a while.' : `Not run: ${(error as Error).message}`);
      if (error instanceof api.Refused) this.faulty(error.faults);
    }
    this.running = null;
    this.start.disabled = false;
    this.stop.hidden = true;
    this.bar.hidden = true;
  }

  private async follow(id: string): Promise<void> {
    this.running = id;
    this.told = -1;
    this.stop.hidden = false;
    this.bar.hidden = false;
    this.bar.value = 0;
    const last = await api.follow(id, run => this.tell(run));
    if (last.state === 'done') await this.shown(last);
    else if (last.state === 'failed') {
      this.faulty(last.faults);
      this.say(`The run failed: ${last.faults.map(f => f.problem).join('; ') || 'the server did not say why'}`);
    } else this.say('Cancelled: nothing of this run is kept on the page.');
  }

  /** Tell of progress in tenths, so that a screen reader is not flooded. */
  private tell(run: Run): void {
    const share = run.of ? run.done / run.of : 0;
    this.bar.value = share;
    const tenth = Math.floor(share * 10);
    const key = run.state === 'running' ? tenth : -2;
    if (key === this.told) return;
    this.told = key;
    this.say(`${SAID[run.state] ?? run.state}: ${run.done.toLocaleString('en')} of ${run.of.toLocaleString('en')}${run.phase ? ` (${run.phase})` : ''}`);
  }

  private async shown(run: Run): Promise<void> {
    const runs = await finished(this.store.now.scenario.name);
    const found = runs.find(one => one.id === run.id) ?? run;
    const base = this.store.now.base ?? (isBase(found) ? found : null);
    const { a } = this.store.now;
    const course = a && found.courses.includes(a.course) ? a.course : (found.courses[0] ?? '');
    const isFirst = !a || !this.store.now.base;
    this.say(`Done: ${run.replications.toLocaleString('en')} replications of each course. ${isFirst ? 'The map shows it.' : 'The map shows it as B beside A.'}`);
    if (isFirst) this.store.set({ runs, base, a: { run: found, course }, b: { run: found, course: found.courses[1] ?? course } });
    else this.store.set({ runs, base, b: { run: found, course }, isCompared: true });
  }

  private async cancel(): Promise<void> {
    if (!this.running) return;
    this.stop.hidden = true;
    try {
      await api.cancel(this.running);
    } catch (error) {
      this.say(`It could not be cancelled: ${(error as Error).message}`);
    }
  }

  private say(text: string): void {
    fill(this.status, text);
    announce('');
  }
}

function number(value: number, min: number): HTMLInputElement {
  return h('input', { type: 'number', min, step: 1, value });
}

function labelled(text: string, input: HTMLInputElement): HTMLElement {
  input.id = fresh('input');
  return h('span', { class: 'pick' }, h('label', { for: input.id }, text), input);
}
