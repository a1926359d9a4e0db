/** The row of maps: one, or A, B and their difference, moved and dated together. */
import * as api from '../core/api';
import { announce, fill, fresh, h, isStill } from '../core/dom';
import { controlOf, replicationOf, said, onDay } from '../core/frames';
import { type DroneZone, Mesh } from '../core/geometry';
import type { Shown, State, Store } from '../core/store';
import { isBase, runTitle } from '../core/store';
import type { Scenario } from '../core/types';
import { type Frames, Pane } from './pane';
import type { PaneKind } from './style';

const KINDS: readonly PaneKind[] = ['a', 'b', 'difference'];

export class Maps {
  readonly element: HTMLElement;
  readonly mesh: Mesh;
  readonly panes = new Map<PaneKind, Pane>();
  frames: Frames | null = null;
  private readonly card: HTMLElement;
  private asked = 0;
  private isFollowing = false;
  /** When set, a click on the map goes here: drawing takes it. */
  onPoint: ((lon: number, lat: number) => void) | null = null;

  constructor(private readonly store: Store) {
    this.mesh = new Mesh(store.now.theatre, zoneOf(store.now.scenario));
    this.card = h('div', { class: 'card', id: fresh('card'), 'aria-hidden': 'true' });
    this.element = h('div', { class: 'maps', role: 'group', 'aria-label': 'Maps' }, this.card);
    this.element.classList.toggle('flat', isFlat(store.now.theatre.bounds));
    this.pane('a');
    store.on(['isCompared', 'a', 'b', 'mode'], () => void this.load());
    store.on(['day', 'layers'], state => this.paint(state));
    store.on(['place'], state => this.flash(state));
  }

  /** A pane is made when it is first wanted: each costs a context of the graphics card. */
  private pane(kind: PaneKind): Pane {
    const before = this.panes.get(kind);
    if (before) return before;
    const pane = new Pane(kind, this.store, this.mesh);
    this.panes.set(kind, pane);
    this.element.insertBefore(pane.element, this.card);
    this.listen(pane);
    void pane.ready.then(() => {
      pane.map.jumpTo(camera(this.pane('a')));
      this.paint(this.store.now);
    });
    return pane;
  }

  /** Fit the theatre into the maps, once they stand on the page and have a size. */
  fit(): void {
    for (const pane of this.panes.values()) if (!pane.element.hidden) pane.map.resize();
    const { map } = this.pane('a');
    const camera = map.cameraForBounds(this.store.now.theatre.bounds, { padding: 14 });
    if (camera) map.jumpTo(camera);
  }

  private listen(pane: Pane): void {
    const { map } = pane;
    map.on('move', () => this.follow(pane));
    map.on('mousemove', event => this.hover(pane, event.lngLat.lng, event.lngLat.lat, event.point));
    map.on('mouseout', () => this.card.classList.remove('on'));
    map.on('click', event => this.choose(event.lngLat.lng, event.lngLat.lat));
    map.getCanvas().addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      const middle = map.getCenter();
      this.choose(middle.lng, middle.lat);
    });
  }

  private choose(lon: number, lat: number): void {
    if (this.onPoint) this.onPoint(lon, lat);
    else this.store.set({ cell: this.mesh.at(lon, lat) });
  }

  private follow(from: Pane): void {
    if (this.isFollowing) return;
    this.isFollowing = true;
    for (const pane of this.panes.values()) if (pane !== from && !pane.element.hidden) pane.map.jumpTo(camera(from));
    this.isFollowing = false;
  }

  private hover(pane: Pane, lon: number, lat: number, at: { x: number; y: number }): void {
    const cell = this.mesh.at(lon, lat);
    this.card.classList.toggle('on', cell !== null);
    if (cell === null) return;
    const left = pane.element.offsetLeft + Math.min(at.x + 14, Math.max(0, pane.element.clientWidth - 230));
    this.card.style.transform = `translate(${left}px, ${pane.element.offsetTop + at.y + 14}px)`;
    const p = this.store.now.theatre.cells.features[cell]?.properties ?? {};
    fill(
      this.card,
      h('strong', {}, p['belt'] ? `Cell in ${String(p['belt'])}` : 'Cell'),
      h('span', {}, this.valueOf(cell)),
      h('span', {}, `${Math.round(Number(p['residents'] ?? 0)).toLocaleString('en')} residents at the start`),
      h('em', {}, 'click for all figures and their sources'),
    );
  }

  /** What is shown of a cell on the scrubbed day, in words. */
  valueOf(cell: number): string {
    if (!this.frames) return '';
    const { day, mode, a, b, isCompared } = this.store.now;
    const first = said(onDay(this.frames.a, day)[cell] ?? 0, mode, a);
    if (!isCompared || !this.frames.b) return first;
    return `A: ${first}; B: ${said(onDay(this.frames.b, day)[cell] ?? 0, mode, b)}`;
  }

  private async load(): Promise<void> {
    const { a, b, isCompared, mode, theatre } = this.store.now;
    const mine = (this.asked += 1);
    for (const kind of KINDS) {
      if (kind === 'a' || isCompared) this.pane(kind).element.hidden = false;
      else if (this.panes.has(kind)) this.pane(kind).element.hidden = true;
    }
    if (this.element.classList.contains('three') !== isCompared) {
      this.element.classList.toggle('three', isCompared);
      if (this.element.isConnected) this.fit();
    }
    try {
      const [one, other] = await Promise.all([
        controlOf(a, mode, theatre),
        isCompared && b ? controlOf(b, mode, theatre) : null,
      ]);
      if (mine !== this.asked) return;
      for (const found of [one, other]) {
        if (found && found.nCells !== this.mesh.lon.length) throw new Error('this run has other cells than the scenario');
      }
      this.frames = { a: one, b: other };
      void this.dress('a', a);
      if (isCompared) void this.dress('b', b);
      await this.retitle();
      this.paint(this.store.now);
    } catch (error) {
      announce(`The map could not be loaded: ${(error as Error).message}`);
    }
  }

  /** Works and strongholds of a run that was changed are its own. */
  private async dress(kind: PaneKind, shown: Shown | null): Promise<void> {
    const own = shown && !isBase(shown.run) ? await api.runTheatre(shown.run.id) : this.store.now.theatre;
    await this.pane(kind).setTheatre(own);
  }

  private async retitle(): Promise<void> {
    const { a, b, mode, isCompared } = this.store.now;
    this.panes.get('a')?.setTitle(await this.titleOf(isCompared ? 'A: ' : '', a, mode));
    this.panes.get('b')?.setTitle(await this.titleOf('B: ', b, mode));
    this.panes.get('difference')?.setTitle(['Difference', ': where the attacker holds more often in A, or in B']);
  }

  private async titleOf(lead: string, shown: Shown | null, mode: State['mode']): Promise<[string, string]> {
    if (!shown) return [`${lead}control on day 0`, ': no campaign has been run yet'];
    const k = await replicationOf(shown, mode);
    const one = k === null ? '' : `, replication ${k}${typeof mode === 'string' ? ` (${mode})` : ''}`;
    return [`${lead}${shown.course}`, ` · ${runTitle(shown.run)}${one}`];
  }

  private paint(state: Readonly<State>): void {
    if (!this.frames) return;
    for (const pane of this.panes.values()) if (!pane.element.hidden) pane.show(this.frames, state);
  }

  /** Go to a place that a timeline entry is about. */
  private flash(state: Readonly<State>): void {
    if (!state.place) return;
    const pane = this.pane('a');
    pane.map.easeTo({ center: state.place, duration: isStill() ? 0 : 600 });
    const ring = pane.element.querySelector('.cross');
    ring?.classList.remove('flash');
    void (ring as HTMLElement | null)?.offsetWidth;
    ring?.classList.add('flash');
  }
}

/** Whether a theatre is so much wider than high that its maps fit better one below the other. */
function isFlat([west, south, east, north]: readonly [number, number, number, number]): boolean {
  return ((east - west) * Math.cos((south * Math.PI) / 180)) / (north - south) > 1.7;
}

/** Depth of the drone zone, from the scenario's own parameters. */
function zoneOf(scenario: Scenario): DroneZone | null {
  const value = (name: string): unknown => scenario.fields.find(f => f.path === `parameters.${name}`)?.value;
  const [halfKm, scaleKm] = [value('drone_half_depth_km'), value('drone_depth_scale_km')];
  return typeof halfKm === 'number' && typeof scaleKm === 'number' ? { halfKm, scaleKm } : null;
}

function camera(pane: Pane): { center: [number, number]; zoom: number } {
  const middle = pane.map.getCenter();
  return { center: [middle.lng, middle.lat], zoom: pane.map.getZoom() };
}
