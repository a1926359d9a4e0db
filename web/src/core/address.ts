/** What is shown stands in the address, so that a page can be reloaded, marked and passed on. */
import type { Mode, Shown, State, Store } from './store';
import { isBase } from './store';
import type { Run } from './types';

const read = (): URLSearchParams => new URLSearchParams(location.hash.slice(1));

export const scenarioAsked = (): string | null => read().get('scenario');

function shown(text: string | null, runs: Run[]): Shown | null {
  const [id = '', course = ''] = (text ?? '').split('/');
  const run = runs.find(one => one.id === id);
  return run && run.courses.includes(course) ? { run, course } : null;
}

function mode(text: string | null): Mode {
  if (text === 'median' || text === 'luckiest' || text === 'unluckiest') return text;
  return text && /^\d+$/.test(text) ? Number(text) : 'probability';
}

/** What to show first: as the address says, or else the first two courses of the newest base run. */
export function first(runs: Run[]): Pick<State, 'base' | 'a' | 'b' | 'isCompared' | 'mode' | 'day'> {
  const base = runs.find(isBase) ?? null;
  const begin = base ?? runs[0] ?? null;
  const asked = read();
  const course = (i: number): Shown | null => {
    const name = begin?.courses[i] ?? begin?.courses[0];
    return begin && name !== undefined ? { run: begin, course: name } : null;
  };
  return {
    base,
    a: shown(asked.get('a'), runs) ?? course(0),
    b: shown(asked.get('b'), runs) ?? course(1),
    isCompared: asked.has('two') && runs.length > 0,
    mode: mode(asked.get('one')),
    day: Math.max(0, Math.round(Number(asked.get('day')) || 0)),
  };
}

/** Keep the address in step; a moment late, because browsers limit how often it may change. */
export function keep(store: Store): void {
  let timer = 0;
  store.on(['a', 'b', 'isCompared', 'mode', 'day'], () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => write(store.now), 300);
  });
}

function write(state: Readonly<State>): void {
  const told = new URLSearchParams({ scenario: state.scenario.name });
  if (state.a) told.set('a', `${state.a.run.id}/${state.a.course}`);
  if (state.b && state.isCompared) told.set('b', `${state.b.run.id}/${state.b.course}`);
  if (state.isCompared) told.set('two', '');
  if (state.mode !== 'probability') told.set('one', String(state.mode));
  if (state.day) told.set('day', String(state.day));
  history.replaceState(null, '', `#${told.toString()}`);
}
