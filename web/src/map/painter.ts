/** Puts values on cells, and touches only the cells whose value changed. */
import type { GeoJSONSource, Map as GlMap } from 'maplibre-gl';
import type { Mesh } from '../core/geometry';

const STEPS = 8; // shades of the drone zone: more would change more cells a day than anybody can tell apart

export class Painter {
  private control: Uint8Array;
  private drones: Uint8Array;
  private cut: Uint8Array;
  private lineOf: Uint8Array | null = null;
  private isLineBusy = false;

  constructor(private readonly map: GlMap, private readonly mesh: Mesh) {
    const n = mesh.lon.length;
    this.control = new Uint8Array(n);
    this.drones = new Uint8Array(n);
    this.cut = new Uint8Array(n);
    // A cell without state has the colour of -1, the same as 0: the defender's.
    this.put('v', new Uint8Array(n).fill(0), this.control, value => value);
  }

  /** Show values; `held` decides line, drone zone and supply (none for a difference). */
  show(values: Uint8Array, held: Uint8Array | null, layers: ReadonlySet<string>): void {
    this.control = this.put('v', values, this.control, value => value);
    if (!held) return;
    if (layers.has('drones')) {
      const shades = Uint8Array.from(this.mesh.drones(held), share => Math.round(share * STEPS));
      this.drones = this.put('z', shades, this.drones, value => value / STEPS);
    }
    if (layers.has('supply')) this.cut = this.put('c', this.mesh.cutOff(held), this.cut, value => value);
    if (layers.has('line')) this.draw(held);
  }

  /** Set the state of cells that differ; return the values now shown. */
  private put(name: string, next: Uint8Array, before: Uint8Array, scale: (v: number) => number): Uint8Array {
    for (let id = 0; id < next.length; id += 1) {
      const value = next[id] ?? 0;
      if (value === before[id]) continue;
      this.map.setFeatureState({ source: 'cells', id }, { [name]: scale(value) });
    }
    return next.slice();
  }

  /** Draw the line of contact; while the worker is busy with one line, only the newest waits. */
  private draw(held: Uint8Array): void {
    this.lineOf = held.slice();
    if (this.isLineBusy) return;
    this.isLineBusy = true;
    const line = this.mesh.line(this.lineOf);
    const shown = this.lineOf;
    const source = this.map.getSource<GeoJSONSource>('line');
    if (!source) return;
    void Promise.resolve(source.setData(line)).then(() => this.map.once('idle', () => {
      this.isLineBusy = false;
      if (this.lineOf && this.lineOf !== shown) this.draw(this.lineOf);
    }));
  }
}
