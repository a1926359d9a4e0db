/** How the strongholds stand on a day of one replication; over all replications, as at the start. */
import * as api from './api';
import { replicationOf } from './frames';
import type { Store } from './store';
import type { SiteChange } from './types';

/** Men who come out of a sealed stronghold leave it as it is. */
const KINDS = new Set(['sealed', 'cleared', 'surrender', 'starved', 'slipped_out']);

/** Keep the state of every stronghold in step with the day. */
export function watchSites(store: Store): void {
  let told: SiteChange[] = [];
  const mark = (): void => {
    const states = new Map(told.filter(one => one.day <= store.now.day).map(one => [one.site, one.kind] as const));
    const before = store.now.siteStates;
    if (JSON.stringify([...before]) !== JSON.stringify([...states])) store.set({ siteStates: states });
  };
  store.on(['a', 'mode'], ({ a, mode }) => {
    told = [];
    mark();
    if (!a || mode === 'probability') return;
    void replicationOf(a, mode)
      .then(k => api.replication(a.run.id, a.course, k ?? 0))
      .then(found => { told = found.sites.filter(one => KINDS.has(one.kind)); mark(); }, () => undefined);
  });
  store.on(['day'], mark);
}
