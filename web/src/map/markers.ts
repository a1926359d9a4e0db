/** Names of towns and signs of strongholds as HTML: no font has to be loaded, and screen readers can read them. */
import { type Map as GlMap, Marker } from 'maplibre-gl';
import { h } from '../core/dom';
import { number } from '../core/format';
import type { Store } from '../core/store';
import type { Theatre } from '../core/types';

interface Label { marker: Marker; element: HTMLElement; rank: number }

const GONE: Readonly<Record<string, string>> = {
  sealed: 'sealed', cleared: 'cleared', surrender: 'surrendered', starved: 'starved', slipped_out: 'left',
};

export class Markers {
  private readonly towns: Label[] = [];
  private readonly sites = new Map<string, HTMLElement>();
  private readonly all: Marker[] = [];
  private readonly deaf: () => void;
  private readonly thinned = (): void => this.thin();

  constructor(private readonly map: GlMap, store: Store, theatre: Theatre) {
    this.addTowns(theatre);
    this.addSites(theatre);
    map.on('moveend', this.thinned);
    map.on('resize', this.thinned);
    this.deaf = store.on(['layers', 'siteStates'], state => {
      map.getContainer().classList.toggle('no-towns', !state.layers.has('towns'));
      map.getContainer().classList.toggle('no-sites', !state.layers.has('strongholds'));
      for (const [name, element] of this.sites) this.mark(name, element, state.siteStates.get(name) ?? 'holding');
      this.thin();
    });
  }

  remove(): void {
    this.deaf();
    this.map.off('moveend', this.thinned);
    this.map.off('resize', this.thinned);
    for (const marker of this.all) marker.remove();
  }

  private addTowns(theatre: Theatre): void {
    for (const feature of theatre.points.features) {
      const p = feature.properties ?? {};
      if (p['layer'] !== 'town') continue;
      const name = String(p['name']);
      const residents = Number(p['residents'] ?? 0);
      const isGoal = Boolean(p['objective']);
      const title = [p['official'] ? `${name} (${p['official']})` : name, residents ? `${number(residents)} residents` : ''];
      const element = h('div', { class: isGoal ? 'town goal' : 'town', title: title.filter(Boolean).join(', ') }, name);
      const [lon = 0, lat = 0] = feature.geometry.coordinates;
      const marker = new Marker({ element, anchor: 'left', offset: [0, 0] }).setLngLat([lon, lat]).addTo(this.map);
      quiet(element);
      this.all.push(marker);
      this.towns.push({ marker, element, rank: isGoal ? 1e9 : residents });
    }
    this.towns.sort((one, other) => other.rank - one.rank);
  }

  private addSites(theatre: Theatre): void {
    for (const feature of theatre.points.features) {
      const p = feature.properties ?? {};
      if (p['layer'] !== 'stronghold') continue;
      const name = String(p['name']);
      const element = h('div', { class: 'site', title: `stronghold ${name}` });
      const [lon = 0, lat = 0] = feature.geometry.coordinates;
      this.all.push(new Marker({ element }).setLngLat([lon, lat]).addTo(this.map));
      quiet(element);
      this.sites.set(name, element);
    }
  }

  private mark(name: string, element: HTMLElement, state: string): void {
    const said = GONE[state] ?? 'holding';
    element.dataset['state'] = said;
    element.title = `stronghold ${name}: ${said}`;
  }

  /** Hide the names that would cover more important ones. */
  private thin(): void {
    const taken: [number, number, number, number][] = [];
    for (const { marker, element } of this.towns) {
      const at = this.map.project(marker.getLngLat());
      const width = (element.textContent?.length ?? 0) * 7 + 16;
      const box: [number, number, number, number] = [at.x, at.y - 9, at.x + width, at.y + 9];
      const isFree = taken.every(o => box[2] < o[0] || o[2] < box[0] || box[3] < o[1] || o[3] < box[1]);
      element.classList.toggle('hidden', !isFree);
      if (isFree) taken.push(box);
    }
  }
}

/** A marker is a sign on a map that is read as a whole, not a button of its own. */
function quiet(element: HTMLElement): void {
  element.removeAttribute('tabindex');
  element.removeAttribute('role');
  element.removeAttribute('aria-label');
  element.setAttribute('aria-hidden', 'true');
}
