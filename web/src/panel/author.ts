/** Author: draw a belt, move the line of contact, place a stronghold, add an axis; undo; export. */
import type { LineString, Point, Position } from 'geojson';
import * as api from '../core/api';
import { tar } from '../core/tar';
import { announce, download, fill, fresh, h, options } from '../core/dom';
import type { Store } from '../core/store';
import type { Edit, EditKind } from '../core/types';
import type { Maps } from '../map/maps';

interface Ask { name: string; title: string; value: string | number; unit?: string; choices?: readonly string[] }
interface Tool { title: string; how: string; isPoint: boolean; least: number; asks: (store: Store) => Ask[] }

const TOOLS: Readonly<Record<EditKind, Tool>> = {
  belt: {
    title: 'Draw a belt', isPoint: false, least: 2,
    how: 'Click along the belt. Enter or “Finish” ends it.',
    asks: () => [
      { name: 'name', title: 'Name', value: 'new-belt' },
      { name: 'width_km', title: 'Width', value: 1.5, unit: 'km' },
      { name: 'begun', title: 'Begun', value: '2025-01' },
      { name: 'effort_h_per_km_month', title: 'Effort', value: 40, unit: 'machine-hours per km and month' },
    ],
  },
  line_of_contact: {
    title: 'Move the line of contact', isPoint: false, least: 2,
    how: 'Click the whole new line from end to end, with the attacker on the same side as before. Enter or “Finish” ends it.',
    asks: () => [],
  },
  stronghold: {
    title: 'Place a stronghold', isPoint: true, least: 1,
    how: 'Click where it stands: a kind and a cell, never a named plant.',
    asks: () => [
      { name: 'name', title: 'Name', value: 'new-site' },
      { name: 'kind', title: 'Kind', value: 'heavy_industry', choices: ['heavy_industry', 'mine', 'chemical', 'power', 'quarry', 'other'] },
      { name: 'floor_area_m2', title: 'Floor area', value: 50000, unit: 'm²' },
    ],
  },
  axis: {
    title: 'Add an axis', isPoint: true, least: 1,
    how: 'Click the point that the axis leads to.',
    asks: store => [
      { name: 'name', title: 'Name', value: 'new-axis' },
      { name: 'course', title: 'Course', value: store.now.a?.course ?? store.now.scenario.courses[0]?.name ?? '', choices: store.now.scenario.courses.map(c => c.name) },
    ],
  },
};

export class Author {
  readonly element: HTMLElement;
  private readonly form = h('div', { class: 'draw' });
  private readonly list = h('ol', { class: 'edits' });
  private readonly faults = h('div', { role: 'alert', class: 'faults' });
  private readonly undoButton: HTMLButtonElement;
  private kind: EditKind | null = null;
  private points: Position[] = [];
  private isDraft = false;
  private inputs = new Map<string, HTMLInputElement | HTMLSelectElement>();

  constructor(private readonly store: Store, private readonly maps: Maps) {
    const tools = (Object.keys(TOOLS) as EditKind[]).map(kind => h('button', { type: 'button', 'data-tool': kind, onclick: () => this.begin(kind) }, TOOLS[kind].title));
    this.undoButton = h('button', { type: 'button', onclick: () => this.undo() }, 'Undo');
    this.element = h('div', { class: 'author' },
      h('p', {}, 'Draw on the map. What is drawn goes into the next run under “What if”, and can be exported as a scenario: a folder in one .tar file that “redan check” passes.'),
      h('div', { class: 'row wrap' }, tools), this.form, h('h2', {}, 'Drawn so far'), this.list,
      h('div', { class: 'row' }, this.undoButton, h('button', { type: 'button', onclick: () => void this.save() }, 'Export')), this.faults);
    store.on(['edits', 'theme'], () => this.show());
    store.on(['edits'], ({ edits }) => { if (edits.length || this.isDraft) void this.preview(); });
    document.addEventListener('keydown', event => this.key(event));
  }

  /** Stop drawing: another tab was opened. */
  close(): void {
    if (this.kind) this.end();
  }

  private begin(kind: EditKind): void {
    this.kind = kind;
    this.points = [];
    const tool = TOOLS[kind];
    this.inputs = new Map();
    const asks = tool.asks(this.store).map(ask => this.ask(ask));
    fill(this.form, h('h2', {}, tool.title), h('p', { class: 'note' }, tool.how, ' By keyboard: move the map under its cross and press Space.'), asks,
      h('div', { class: 'row' },
        h('button', { type: 'button', class: 'main', onclick: () => this.finish() }, 'Finish'),
        h('button', { type: 'button', onclick: () => this.end() }, 'Stop')));
    this.maps.element.classList.add('drawing');
    this.maps.onPoint = (lon, lat) => this.point(lon, lat);
    announce(`${tool.title}: ${tool.how}`);
    this.show();
  }

  private ask(ask: Ask): HTMLElement {
    const id = fresh('ask');
    const input = ask.choices
      ? h('select', { id }, options(ask.choices.map(c => [c, c.replaceAll('_', ' ')] as const), String(ask.value)))
      : h('input', { id, type: typeof ask.value === 'number' ? 'number' : 'text', step: 'any', value: ask.value });
    this.inputs.set(ask.name, input);
    return h('p', { class: 'pick' }, h('label', { for: id }, ask.title, ask.unit ? ` (${ask.unit})` : ''), input);
  }

  private point(lon: number, lat: number): void {
    if (!this.kind) return;
    this.points.push([Number(lon.toFixed(4)), Number(lat.toFixed(4))]);
    this.show();
    if (TOOLS[this.kind].isPoint) this.finish();
    else announce(`Point ${this.points.length} set`);
  }

  private finish(): void {
    if (!this.kind) return;
    const tool = TOOLS[this.kind];
    if (this.points.length < tool.least) {
      fill(this.faults, h('p', { class: 'fault' }, `${tool.title}: ${tool.least} or more points are needed, there are ${this.points.length}; click them on the map`));
      return;
    }
    const properties: Record<string, string | number> = {};
    for (const [name, input] of this.inputs) properties[name] = input.type === 'number' ? Number(input.value) : input.value;
    const geometry: Point | LineString = tool.isPoint
      ? { type: 'Point', coordinates: this.points[0] ?? [0, 0] }
      : { type: 'LineString', coordinates: this.points };
    const edit: Edit = { kind: this.kind, geometry, properties };
    this.end();
    this.store.set({ edits: [...this.store.now.edits, edit] });
    announce(`${tool.title}: done`);
  }

  private end(): void {
    this.kind = null;
    this.points = [];
    this.maps.onPoint = null;
    this.maps.element.classList.remove('drawing');
    fill(this.form);
    fill(this.faults);
    this.show();
  }

  /** Take back the last point of what is being drawn, or else the last thing drawn. */
  private undo(): void {
    if (this.points.length) this.points.pop();
    else this.store.set({ edits: this.store.now.edits.slice(0, -1) });
    this.show();
  }

  private key(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (this.element.closest('[hidden]') || isTyping) return;
    if (event.key === 'z' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.undo(); }
    if (event.key === 'Escape' && this.kind) this.end();
    if (event.key === 'Enter' && this.kind && this.maps.element.contains(event.target as Node)) { event.preventDefault(); this.finish(); }
  }

  private show(): void {
    const { edits } = this.store.now;
    fill(this.list, edits.map((edit, i) => h('li', {}, `${TOOLS[edit.kind].title}: ${String(edit.properties['name'] ?? '')} `,
      h('button', { type: 'button', class: 'small', 'aria-label': `Remove number ${i + 1}`, onclick: () => this.store.set({ edits: edits.filter((_, k) => k !== i) }) }, 'remove'))));
    this.undoButton.disabled = !edits.length && !this.points.length;
    const line = this.points.length > 1 ? [feature({ type: 'LineString', coordinates: this.points })] : [];
    const dots = this.points.map(p => feature({ type: 'Point', coordinates: p }));
    this.maps.panes.get('a')?.setDrawn({ type: 'FeatureCollection', features: [...edits.map(e => feature(e.geometry)), ...line, ...dots] });
  }

  /** Lay what was drawn on the map as it will be run; what is wrong with it is said at once. */
  private async preview(): Promise<void> {
    const { scenario, theatre, changes, edits } = this.store.now;
    this.isDraft = edits.length > 0;
    const pane = this.maps.panes.get('a');
    if (!this.isDraft) {
      fill(this.faults);
      return pane?.setTheatre(theatre);
    }
    try {
      const draft = await api.draft({ scenario: scenario.name, changes: [...changes].map(([path, value]) => ({ path, value })), edits: [...edits] });
      fill(this.faults);
      if (edits === this.store.now.edits) await pane?.setTheatre(draft);
    } catch (error) {
      this.refused(error);
    }
  }

  private refused(error: unknown): void {
    const faults = error instanceof api.Refused ? error.faults : [];
    fill(this.faults, faults.length ? faults.map(f => h('p', { class: 'fault' }, `${f.field}: ${f.problem}; ${f.remedy}`)) : h('p', { class: 'fault' }, (error as Error).message));
  }

  private async save(): Promise<void> {
    const { scenario, changes, edits } = this.store.now;
    try {
      const found = await api.exported({ scenario: scenario.name, changes: [...changes].map(([path, value]) => ({ path, value })), edits: [...edits] });
      fill(this.faults, found.faults.map(f => h('p', { class: 'fault' }, `${f.field}: ${f.problem}; ${f.remedy}`)));
      if (found.faults.length) return;
      const name = `${scenario.name}-drawn`;
      download(`${name}.tar`, tar(name, found.files), 'application/x-tar');
      announce(`Exported ${name}.tar: unpack it and run redan check ${name}`);
    } catch (error) {
      this.refused(error);
    }
  }
}

const feature = (geometry: Point | LineString): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry });
