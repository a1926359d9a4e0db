/** How the strongholds stand on a day of one replication, from its story; over all replications, as at the start. */
import * as api from './api';
import { replicationOf } from './frames';
import type { Store } from './store';
import type { TraceEntry } from './types';

const KINDS = new Set(['sealed', 'cleared', 'surrender', 'starved', 'slipped_out']);

/** Keep the state of every stronghold in step with the day. */
export function watchSites(store: Store): void {
  let told: TraceEntry[] = [];
  const names = store.now.theatre.points.features.flatMap(f =>
    f.properties?.['layer'] === 'stronghold' ? [String(f.properties['name'])] : []);
  const mark = (): void => {
    const states = new Map<string, string>();
    for (const entry of told) {
      const name = entry.day <= store.now.day ? names.find(one => entry.text.toLowerCase().includes(`stronghold ${one.toLowerCase()}`)) : undefined;
      if (name) states.set(name, entry.kind);
    }
    const before = store.now.siteStates;
    if (JSON.stringify([...before]) !== JSON.stringify([...states])) store.set({ siteStates: states });
  };
  store.on(['a', 'mode'], ({ a, mode }) => {
    told = [];
    if (!a || mode === 'probability') return mark();
    void replicationOf(a, mode)
      .then(k => api.trace(a.run.id, a.course, k ?? 0))
      .then(found => { told = found.entries.filter(e => KINDS.has(e.kind)); mark(); }, () => undefined);
  });
  store.on(['day'], mark);
}
