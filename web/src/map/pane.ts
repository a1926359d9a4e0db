/** One map: of course A, of course B, or of their difference. All panes move together. */
import { type GeoJSONSource, Map as GlMap, NavigationControl, prewarm, setWorkerUrl } from 'maplibre-gl';
import { fill, h } from '../core/dom';
import { difference, onDay } from '../core/frames';
import type { Mesh } from '../core/geometry';
import type { State, Store } from '../core/store';
import type { Control, Theatre } from '../core/types';
import { badge, colours, controlColour, differenceColour, groundColour, pattern } from './colours';
import { Markers } from './markers';
import { Painter } from './painter';
import { formations, type PaneKind, range, style, SWITCHES } from './style';

setWorkerUrl(new URL('./maplibre-gl-worker.mjs', document.baseURI).href);
prewarm(); // the worker starts while the page still asks for the scenario

export interface Frames { a: Control; b: Control | null }

export class Pane {
  readonly element: HTMLElement;
  readonly map: GlMap;
  readonly ready: Promise<void>;
  private readonly title: HTMLElement;
  private painter: Painter | null = null;
  private markers: Markers | null = null;
  private theatre: Theatre;

  constructor(readonly kind: PaneKind, private readonly store: Store, private readonly mesh: Mesh) {
    const box = h('div', { class: 'gl' });
    this.title = h('p', { class: 'pane-title' });
    this.element = h('div', { class: 'pane', 'data-kind': kind }, box, this.title, h('div', { class: 'cross', 'aria-hidden': 'true' }));
    const { theatre, figure, basemap } = store.now;
    this.theatre = theatre;
    this.map = new GlMap({
      container: box,
      style: style(theatre, kind, figure, basemap, colours()),
      bounds: theatre.bounds,
      fitBoundsOptions: { padding: 12 },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      minZoom: 5,
      maxZoom: 13,
      fadeDuration: 0,
      renderWorldCopies: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.setMissingStyleImageResolver(id => this.addImage(id));
    this.map.getCanvas().setAttribute('aria-label', 'Map: arrow keys move, plus and minus zoom, Enter shows the cell in the middle');
    if (kind === 'a') this.map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.ready = new Promise(done => this.map.once('load', () => done()));
    void this.ready.then(() => this.begin());
  }

  private begin(): void {
    this.painter = new Painter(this.map, this.mesh);
    this.markers = new Markers(this.map, this.store, this.theatre);
    this.store.on(['layers'], state => this.switchLayers(state));
    this.store.on(['a', 'b'], state => this.aim(state));
    this.store.on(['figure', 'theme'], state => this.recolour(state));
  }

  private addImage(id: string): void {
    if (this.map.hasImage(id)) return;
    const c = colours();
    if (id === 'stripes' || id === 'dots') this.map.addImage(id, pattern(id, c.ink));
    const [what, side = '', count] = id.split('-');
    if (what === 'formation') this.map.addImage(id, badge(side, Number(count), c));
  }

  /** Only the axes of the course shown here. */
  private aim(state: Readonly<State>): void {
    const course = (this.kind === 'b' ? state.b : state.a)?.course ?? state.scenario.courses[0]?.name ?? '';
    this.map.setFilter('axes', ['all', ['==', ['get', 'layer'], 'axis'], ['==', ['get', 'course'], course]]);
  }

  private switchLayers(state: Readonly<State>): void {
    for (const [name, { layers }] of Object.entries(SWITCHES)) {
      for (const layer of layers) {
        this.map.setLayoutProperty(layer, 'visibility', state.layers.has(name) ? 'visible' : 'none');
      }
    }
    if (this.kind === 'difference') for (const layer of ['line', 'line-casing']) this.map.setLayoutProperty(layer, 'visibility', 'none');
  }

  private recolour(state: Readonly<State>): void {
    const c = colours();
    const [low, high] = range(state.theatre, state.figure);
    this.map.setPaintProperty('ground', 'fill-color', groundColour(c, state.figure, low, high));
    this.map.setPaintProperty('control', 'fill-color', this.kind === 'difference' ? differenceColour(c) : controlColour(c));
    this.map.setPaintProperty('background', 'background-color', c.paper);
    const named = { rivers: c.river, roads: c.road, rail: c.rail, belts: c.belt, 'belts-casing': c.paper, axes: c.axis,
      start: c.start, line: c.line, 'line-casing': c.paper, drawn: c.draw };
    for (const [layer, colour] of Object.entries(named)) this.map.setPaintProperty(layer, 'line-color', colour);
    for (const id of this.map.listImages()) this.map.removeImage(id);
  }

  /** Show a day. */
  show(frames: Frames, state: Readonly<State>): void {
    if (!this.painter) return;
    const a = onDay(frames.a, state.day);
    const b = frames.b ? onDay(frames.b, state.day) : a;
    if (this.kind === 'difference') this.painter.show(difference(a, b), null, state.layers);
    else this.painter.show(this.kind === 'a' ? a : b, this.kind === 'a' ? a : b, state.layers);
  }

  /** Works, strongholds and formations of the run shown: a what-if may have others than the scenario. */
  async setTheatre(theatre: Theatre): Promise<void> {
    await this.ready;
    if (theatre === this.theatre) return;
    this.theatre = theatre;
    this.markers?.remove();
    this.markers = new Markers(this.map, this.store, theatre);
    void this.map.getSource<GeoJSONSource>('lines')?.setData(theatre.lines);
    void this.map.getSource<GeoJSONSource>('formations')?.setData(formations(theatre));
  }

  /** What is shown, short, and the rest of it, which a small map leaves out. */
  setTitle([short, rest]: readonly [string, string]): void {
    fill(this.title, short, h('span', { class: 'rest' }, rest));
  }

  /** Show what is being drawn. */
  setDrawn(data: GeoJSON.FeatureCollection): void {
    void this.ready.then(() => this.map.getSource<GeoJSONSource>('drawn')?.setData(data));
  }
}
