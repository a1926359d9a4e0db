/** The values of every cell on the scrubbed day: of a run's course, a replication, or the start. */
import * as api from './api';
import type { Mode, Shown, State } from './store';
import type { Control, Theatre } from './types';

/** Control on day 0 as the scenario has it: what is shown before any run. */
export function atStart(theatre: Theatre): Control {
  const values = Uint8Array.from(theatre.cells.features, f => Math.round(Number(f.properties?.['control_start'] ?? 0) * 255));
  return { days: [0], nCells: values.length, values };
}

/** Number of the replication that a mode means in a course; null for all of them together. */
export async function replicationOf(shown: Shown, mode: Mode): Promise<number | null> {
  if (mode === 'probability') return null;
  if (typeof mode === 'number') return mode;
  return (await api.choices(shown.run.id, shown.course))[mode];
}

/** Every day's values of what is shown. */
export async function controlOf(shown: Shown | null, mode: Mode, theatre: Theatre): Promise<Control> {
  if (!shown) return atStart(theatre);
  const k = await replicationOf(shown, mode);
  return k === null ? api.control(shown.run.id, shown.course) : api.replication(shown.run.id, shown.course, k);
}

/** The values that hold on a day: those of the last day recorded at or before it. */
export function onDay(control: Control, day: number): Uint8Array {
  let low = 0;
  let high = control.days.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((control.days[middle] ?? 0) <= day) low = middle;
    else high = middle - 1;
  }
  return control.values.subarray(low * control.nCells, (low + 1) * control.nCells);
}

/** B minus A about the middle of the scale: 0 only in A, 128 alike, 255 only in B. */
export function difference(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.from(a, (value, i) => Math.round(127.5 + ((b[i] ?? 0) - value) / 2));
}

/** What one number of a cell means, in words. */
export function said(value: number, mode: State['mode'], shown: Shown | null): string {
  const share = Math.round((value / 255) * 100);
  if (!shown) return `${share} % occupied by the attacker on day 0`;
  if (mode === 'probability') return `held by the attacker in ${share} % of ${shown.run.replications.toLocaleString('en')} replications`;
  return `${share} % occupied by the attacker in this replication`;
}
