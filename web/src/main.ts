/** The page: which scenario, its map and days, and the panel beside them. */
import 'maplibre-gl/dist/maplibre-gl.css';
import './styles/page.css';
import './styles/map.css';
import './styles/panel.css';
import { first, keep, scenarioAsked } from './core/address';
import * as api from './core/api';
import { fill, fresh, h, options } from './core/dom';
import { watchSites } from './core/sites';
import { Store } from './core/store';
import type { ScenarioRow } from './core/types';
import { isDark } from './map/colours';
import { Maps } from './map/maps';
import { FIRST_ON } from './map/style';
import { Author } from './panel/author';
import { cellBox } from './panel/cell';
import { courseBar, finished } from './panel/courses';
import { layerBox, scale } from './panel/layers';
import { Results } from './panel/results';
import { Runner } from './panel/runner';
import { Scrubber } from './panel/scrubber';
import { sourcesBox } from './panel/sources';
import { Story } from './panel/story';
import { Tabs } from './panel/tabs';
import { WhatIf } from './panel/whatif';

const THEME = 'redan-theme';

async function open(rows: ScenarioRow[], name: string, basemap: string | null): Promise<void> {
  const [scenario, theatre, runs] = await Promise.all([api.scenario(name), api.theatre(name), finished(name)]);
  const store = new Store({
    scenario, theatre, basemap, runs, ...first(runs), isPlaying: false, layers: new Set(FIRST_ON), figure: 'built', cell: null,
    place: null, changes: new Map(), layersOff: new Set(), overlay: null, edits: [], siteStates: new Map(), theme: 0,
  });
  const page = document.getElementById('page');
  if (!page) return;
  const maps = new Maps(store);
  const { element, tabs } = panel(store, maps);
  fill(
    page,
    header(store, rows),
    h('main', {}, intro(store),
      h('section', { class: 'stage', 'aria-label': 'Map and time' }, courseBar(store), maps.element, new Scrubber(store).element, scale(store), layerBox(store)),
      element),
    h('p', { id: 'announce', class: 'unseen', role: 'status', 'aria-live': 'polite' }),
  );
  maps.fit();
  document.title = `${scenario.title} · Redan`;
  let cell = store.now.cell;
  store.on(['cell'], state => { if (state.cell !== cell && state.cell !== null) tabs.show('cell'); cell = state.cell; });
  watchSites(store);
  keep(store);
  await maps.panes.get('a')?.ready;
  page.setAttribute('aria-busy', 'false');
}

function panel(store: Store, maps: Maps): { element: HTMLElement; tabs: Tabs } {
  let author: Author | null = null;
  const tabs = new Tabs([
    { id: 'results', title: 'Results', build: () => new Results(store, () => offer(store)).element },
    { id: 'whatif', title: 'What if', build: () => new WhatIf(store).element },
    { id: 'author', title: 'Draw', build: () => (author = new Author(store, maps)).element },
    { id: 'story', title: 'Story', build: () => new Story(store).element },
    { id: 'sources', title: 'Sources', build: () => sourcesBox(store) },
    { id: 'cell', title: 'Cell', build: () => cellBox(store, maps) },
  ], id => { if (id !== 'author') author?.close(); });
  tabs.show('results');
  return { element: tabs.element, tabs };
}

/** Before the first run of a scenario: a way to have one. */
function offer(store: Store): HTMLElement {
  return h('section', {}, h('h2', {}, 'Run the campaign'),
    h('p', {}, 'The map shows day 0. Run the scenario as it stands to see what may follow; the first run on a machine takes some minutes longer.'),
    new Runner(store, () => undefined).element);
}

function intro(store: Store): HTMLElement {
  const { scenario, theatre } = store.now;
  const seen = h('p', { class: 'seen' });
  store.on(['a'], ({ a }) => {
    const cells = theatre.cells.features.length.toLocaleString('en');
    seen.textContent = a
      ? `You see ${cells} cells of ground and, day by day, in what share of ${a.run.replications.toLocaleString('en')} simulated campaigns the attacker holds each of them.`
      : `You see ${cells} cells of ground and who holds each of them on day 0.`;
  });
  return h('section', { class: 'intro' },
    h('h1', {}, scenario.title), seen, h('p', { class: 'question' }, h('b', {}, 'The question: '), scenario.question),
    h('details', {}, h('summary', {}, 'More about this scenario'), h('p', {}, scenario.summary ?? ''),
      h('p', {}, `As of ${scenario.as_of}. Public sources only; strongholds are a kind and a cell, forces have no names. A result is what follows from stated assumptions, not a prediction to act on.`)));
}

function header(store: Store, rows: ScenarioRow[]): HTMLElement {
  const id = fresh('scenario');
  const select = h('select', { id, onchange: () => { location.hash = `scenario=${encodeURIComponent(select.value)}`; location.reload(); } },
    options(rows.map(row => [row.name, row.name] as const), store.now.scenario.name));
  const theme = h('button', { type: 'button', class: 'toggle', onclick: () => {
    const next = isDark() ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = next;
    localStorage.setItem(THEME, next);
    store.set({ theme: store.now.theme + 1 });
  } }, 'Light or dark');
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => store.set({ theme: store.now.theme + 1 }));
  return h('header', {}, h('span', { class: 'brand' }, 'Redan'), h('label', { for: id }, 'Scenario'), select, theme);
}

async function begin(): Promise<void> {
  api.takeToken();
  const theme = localStorage.getItem(THEME);
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  const [rows, health] = await Promise.all([api.scenarios(), api.health()]);
  const asked = scenarioAsked() ?? health.scenario;
  const name = rows.find(row => row.name === asked)?.name ?? rows[0]?.name;
  if (!name) throw new Error('the server has no scenario');
  await open(rows, name, health.basemap);
}

begin().catch((error: unknown) => {
  const page = document.getElementById('page');
  if (page) fill(page, h('p', { class: 'loading fault', role: 'alert' }, `The page could not be opened: ${(error as Error).message}. Is “redan serve” still running?`));
});
