/** What the page shows: one plain state, and who wants to know when a part of it changes. */
import type { Edit, Run, Scenario, Theatre, Value } from './types';

/** One course of one run: what a map pane or a curve is about. */
export interface Shown { run: Run; course: string }

/** All replications together, or one: chosen by rank or by number. */
export type Mode = 'probability' | 'median' | 'luckiest' | 'unluckiest' | number;

export interface State {
  scenario: Scenario;
  theatre: Theatre;
  basemap: string | null;
  runs: Run[];
  base: Run | null;
  a: Shown | null;
  b: Shown | null;
  isCompared: boolean;
  mode: Mode;
  day: number;
  isPlaying: boolean;
  layers: ReadonlySet<string>;
  figure: string;
  cell: number | null;
  place: [number, number] | null;
  changes: ReadonlyMap<string, Value>;
  layersOff: ReadonlySet<string>;
  overlay: { name: string; yaml: string } | null;
  edits: readonly Edit[];
  siteStates: ReadonlyMap<string, string>;
  theme: number;
}

type Key = keyof State;
type Listener = (state: Readonly<State>) => void;

export class Store {
  private readonly listeners: { keys: readonly Key[]; tell: Listener }[] = [];

  constructor(private state: State) {}

  get now(): Readonly<State> {
    return this.state;
  }

  /** Change parts of the state; listeners hear of it once, if anything is different. */
  set(change: Partial<State>): void {
    const changed = (Object.keys(change) as Key[]).filter(key => change[key] !== this.state[key]);
    if (!changed.length) return;
    this.state = { ...this.state, ...change };
    for (const { keys, tell } of [...this.listeners]) {
      if (keys.some(key => changed.includes(key))) tell(this.state);
    }
  }

  /** Tell now, and whenever one of these parts changes, until what is returned is called. */
  on(keys: readonly Key[], tell: Listener): () => void {
    const listener = { keys, tell };
    this.listeners.push(listener);
    tell(this.state);
    return () => { this.listeners.splice(this.listeners.indexOf(listener), 1); };
  }

  /** The last day that can be shown. */
  get horizon(): number {
    const { a, b, isCompared } = this.state;
    const shown = [a, isCompared ? b : null].flatMap(one => (one ? [one.run.horizon_days] : []));
    return shown.length ? Math.max(...shown) : 0;
  }

  /** Names of objectives by id. */
  get names(): ReadonlyMap<string, string> {
    return new Map(this.state.scenario.objectives.map(o => [o.id, o.name]));
  }
}

export const courseTitle = (scenario: Scenario, name: string): string =>
  scenario.courses.find(course => course.name === name)?.title ?? name;

/** Whether a run is the scenario as it stands. */
export const isBase = (run: Run): boolean => !run.changed.length;

/** What a run is called where several are on offer. */
export const runTitle = (run: Run): string => {
  const n = run.changed.length;
  const head = n ? `what if (${n} ${n === 1 ? 'change' : 'changes'})` : 'base';
  return `${head}, ${run.replications.toLocaleString('en')} replications`;
};
