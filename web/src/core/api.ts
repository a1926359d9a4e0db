/** Talks to the server that served this page; every answer is JSON, every fault a list of sentences. */
import type * as T from './types';

const TOKEN = 'redan-token';

/** What the server had against a request. */
export class Refused extends Error {
  constructor(readonly status: number, readonly faults: T.Fault[]) {
    super(faults.map(f => f.problem).join('; ') || `the server answered ${status}`);
  }
}

/** Take a token out of the address (`#token=...`), so that it stays in no history. */
export function takeToken(): void {
  const found = new URLSearchParams(location.hash.slice(1));
  const token = found.get('token');
  if (!token) return;
  sessionStorage.setItem(TOKEN, token);
  found.delete('token');
  history.replaceState(null, '', `#${found.toString()}`);
}

function headers(): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function refused(answer: Response): Promise<Refused> {
  let faults: T.Fault[] = [];
  try {
    faults = ((await answer.json()) as { faults?: T.Fault[] }).faults ?? [];
  } catch {
    // No JSON: the status says what is known.
  }
  return new Refused(answer.status, faults);
}

async function call<R>(path: string, method = 'GET', body?: unknown): Promise<R> {
  const init: RequestInit = { method, headers: headers() };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...headers(), 'Content-Type': 'application/json' };
  }
  const answer = await fetch(`./api/${path}`, init);
  if (!answer.ok) throw await refused(answer);
  return (await answer.json()) as R;
}

const of = encodeURIComponent;
const kept = new Map<string, Promise<unknown>>();

/** Ask once and keep the answer; a failure is not kept. */
function once<R>(path: string): Promise<R> {
  const before = kept.get(path) as Promise<R> | undefined;
  if (before) return before;
  const asked = call<R>(path);
  kept.set(path, asked);
  asked.catch(() => kept.delete(path));
  return asked;
}

/** Bytes from base64. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), c => c.charCodeAt(0));
}

interface Packed { days: number[]; n_cells: number; values: string; series_days?: number[]; series?: T.Replication['series']; sites?: T.SiteChange[] }

function unpack(packed: Packed): T.Control {
  const values = bytes(packed.values);
  return { days: packed.days, nCells: packed.n_cells, values };
}

export const health = (): Promise<T.Health> => call('health');
export const scenarios = (): Promise<T.ScenarioRow[]> => call('scenarios');
export const scenario = (s: string): Promise<T.Scenario> => once(`scenarios/${of(s)}`);
export const theatre = (s: string): Promise<T.Theatre> => once(`scenarios/${of(s)}/theatre`);
export const runTheatre = (id: string): Promise<T.Theatre> => once(`runs/${of(id)}/theatre`);
export const parameters = (s: string): Promise<T.Parameter[]> => once(`scenarios/${of(s)}/parameters`);
export const runs = (): Promise<T.Run[]> => call('runs');
export const run = (id: string): Promise<T.Run> => call(`runs/${of(id)}`);
export const cancel = (id: string): Promise<T.Run> => call(`runs/${of(id)}`, 'DELETE');
export const summary = (id: string): Promise<T.Summary> => once(`runs/${of(id)}/summary`);
export const survival = (id: string): Promise<T.Survival> => once(`runs/${of(id)}/survival`);
export const daily = (id: string): Promise<T.Daily> => once(`runs/${of(id)}/daily`);

export async function claims(s: string): Promise<T.Claim[]> {
  const found = await once<T.Claim[] | { claims: T.Claim[] }>(`scenarios/${of(s)}/claims`);
  return Array.isArray(found) ? found : found.claims;
}

export const check = (body: {
  scenario: string | null; overlay_yaml: string; files: Record<string, string>;
}): Promise<{ faults: T.Fault[] }> => call('scenarios/check', 'POST', body);

export const exported = (body: { scenario: string; changes: T.Change[]; edits: T.Edit[] }): Promise<T.Export> =>
  call('scenarios/export', 'POST', body);

/** The theatre with what was drawn and changed, before it is run; refused where it is at fault. */
export const draft = (body: { scenario: string; changes: T.Change[]; edits: T.Edit[] }): Promise<T.Theatre> =>
  call('scenarios/theatre', 'POST', body);

export interface Order {
  scenario: string;
  changes: T.Change[];
  layers_off: string[];
  overlay_yaml: string | null;
  edits: T.Edit[];
  courses: string[];
  replications: number;
  horizon_days: number;
  seed: number;
}

export const start = (order: Order): Promise<{ id: string; state: T.RunState }> => call('runs', 'POST', order);

const unpacked = new Map<string, Promise<T.Control | T.Replication>>();

/** Keep what was unpacked: a third more memory than base64, and no decoding while scrubbing. */
function opened<R extends T.Control>(path: string, open: (p: Packed) => R): Promise<R> {
  const before = unpacked.get(path) as Promise<R> | undefined;
  if (before) return before;
  const asked = call<Packed>(path).then(open);
  unpacked.set(path, asked);
  asked.catch(() => unpacked.delete(path));
  return asked;
}

export const control = (id: string, course: string): Promise<T.Control> =>
  opened(`runs/${of(id)}/control?course=${of(course)}`, unpack);

export const choices = (id: string, course: string): Promise<T.Choices> =>
  once(`runs/${of(id)}/replications?course=${of(course)}`);

export const replication = (id: string, course: string, k: number): Promise<T.Replication> =>
  opened(`runs/${of(id)}/replications/${k}?course=${of(course)}`, p => ({
    ...unpack(p),
    seriesDays: p.series_days ?? [],
    series: p.series ?? {},
    sites: p.sites ?? [],
  }));

export const trace = (id: string, course: string, k: number): Promise<{ entries: T.TraceEntry[] }> =>
  once(`runs/${of(id)}/replications/${k}/trace?course=${of(course)}`);

export const compare = (a: string, courseA: string, b: string, courseB: string): Promise<{
  rows: T.CompareRow[]; pairs?: number;
}> => call(`runs/compare?a=${of(a)}&course_a=${of(courseA)}&b=${of(b)}&course_b=${of(courseB)}`);

const over = (run: T.Run): boolean => run.state !== 'queued' && run.state !== 'running';

/** Follow a run until it ends; the stream is read by fetch, so that a token can go along. */
export async function follow(id: string, tell: (run: T.Run) => void): Promise<T.Run> {
  let last: T.Run | undefined;
  try {
    const answer = await fetch(`./api/runs/${of(id)}/progress`, { headers: headers() });
    if (!answer.ok || !answer.body) throw await refused(answer);
    for await (const line of lines(answer.body)) {
      if (!line.startsWith('data:')) continue;
      last = JSON.parse(line.slice(5)) as T.Run;
      tell(last);
      if (over(last)) return last;
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
  }
  return last && over(last) ? last : poll(id, tell);
}

/** The stream broke: ask again every second. */
async function poll(id: string, tell: (run: T.Run) => void): Promise<T.Run> {
  for (;;) {
    const now = await run(id);
    tell(now);
    if (over(now)) return now;
    await new Promise(done => setTimeout(done, 1000));
  }
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
