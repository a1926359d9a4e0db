/** Who neighbours whom, and what follows from who holds what: the line, the drone zone, what is cut off. */
import type { FeatureCollection, MultiLineString } from 'geojson';
import type { Theatre } from './types';

const HALF = 128;
const KM_PER_DEGREE = 111.2; // of latitude; good to 0.5 %, for finding the cell under a pointer

export interface DroneZone { halfKm: number; scaleKm: number }

interface Edge { one: number; other: number; line: [number[], number[]] }

/** Mean of a ring's corners: the centre of a hexagon; the last corner repeats the first. */
const middle = (ring: number[][] | undefined, axis: 0 | 1): number => {
  const corners = (ring ?? []).slice(1);
  return corners.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / corners.length;
};

const corner = (p: number[]): string => `${p[0]?.toFixed(5)},${p[1]?.toFixed(5)}`;

export class Mesh {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly neighbours: number[][];
  private readonly edges: Edge[] = [];
  private readonly narrow: number;
  private readonly sources: [number[], number[]];

  /** `zone`: the depth [km] at which half of the drone hazard is left, and over how many km it fades. */
  constructor(private readonly theatre: Theatre, private readonly zone: DroneZone | null) {
    const features = theatre.cells.features;
    this.lon = Float64Array.from(features, f => middle(f.geometry.coordinates[0], 0));
    this.lat = Float64Array.from(features, f => middle(f.geometry.coordinates[0], 1));
    this.narrow = Math.cos(((this.lat[0] ?? 0) * Math.PI) / 180);
    this.neighbours = features.map(() => []);
    this.join();
    this.sources = [this.entries('attacker'), this.entries('defender')];
  }

  /** Two cells that share two corners are neighbours. */
  private join(): void {
    const seen = new Map<string, number>();
    this.theatre.cells.features.forEach((feature, i) => {
      const ring = feature.geometry.coordinates[0] ?? [];
      for (let k = 1; k < ring.length; k += 1) {
        const [p, q] = [ring[k - 1] ?? [], ring[k] ?? []];
        const key = [corner(p), corner(q)].sort().join(' ');
        const other = seen.get(key);
        if (other === undefined) seen.set(key, i);
        else this.link(i, other, p, q);
      }
    });
  }

  private link(one: number, other: number, p: number[], q: number[]): void {
    this.neighbours[one]?.push(other);
    this.neighbours[other]?.push(one);
    this.edges.push({ one, other, line: [p, q] });
  }

  /** Cells in which a side's supply enters the theatre. */
  private entries(side: string): number[] {
    return this.theatre.points.features.flatMap(f => {
      if (f.properties?.['layer'] !== 'supply_source' || f.properties['side'] !== side) return [];
      const cell = this.at(f.geometry.coordinates[0] ?? 0, f.geometry.coordinates[1] ?? 0);
      return cell === null ? [] : [cell];
    });
  }

  /** The cell at a point: hexagons are the nearest-centre regions; null a spacing and more away from all. */
  at(lon: number, lat: number): number | null {
    let best = -1;
    let least = Infinity;
    for (let i = 0; i < this.lon.length; i += 1) {
      const east = ((this.lon[i] ?? 0) - lon) * this.narrow;
      const north = (this.lat[i] ?? 0) - lat;
      const far = east * east + north * north;
      if (far < least) [best, least] = [i, far];
    }
    return Math.sqrt(least) * KM_PER_DEGREE < this.theatre.spacing_km * 0.7 ? best : null;
  }

  /** Where ground more likely held by one side meets ground more likely held by the other. */
  line(values: Uint8Array): FeatureCollection<MultiLineString> {
    const held = (i: number): boolean => (values[i] ?? 0) >= HALF;
    const coordinates = this.edges.filter(e => held(e.one) !== held(e.other)).map(e => e.line);
    const geometry: MultiLineString = { type: 'MultiLineString', coordinates };
    return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] };
  }

  /** Steps over cells to each cell from a set of them; -1 where there is no way through `open`. */
  private steps(from: number[], open: (i: number) => boolean): Int32Array {
    const found = new Int32Array(this.lon.length).fill(-1);
    let reached = from.filter(open);
    for (let step = 0; reached.length; step += 1) {
      const next: number[] = [];
      for (const i of reached) {
        if (found[i] !== -1) continue;
        found[i] = step;
        for (const n of this.neighbours[i] ?? []) if (found[n] === -1 && open(n)) next.push(n);
      }
      reached = next;
    }
    return found;
  }

  /** Share of the hazard at the line that is left in each cell, 0..1: the law of the drone zone by depth. */
  drones(values: Uint8Array): Float32Array {
    const { zone } = this;
    const held = (i: number): boolean => (values[i] ?? 0) >= HALF;
    const front = this.edges.flatMap(e => (held(e.one) !== held(e.other) ? [e.one, e.other] : []));
    const steps = this.steps(front, () => true);
    if (!zone) return new Float32Array(steps.length);
    const left = (depthKm: number): number => 1 / (1 + Math.exp((depthKm - zone.halfKm) / zone.scaleKm));
    return Float32Array.from(steps, k => (k < 0 ? 0 : left((k + 0.5) * this.theatre.spacing_km)));
  }

  /** Cells from which no way over ground of the same holder leads to one of his sources of supply. */
  cutOff(values: Uint8Array): Uint8Array {
    const attacks = (i: number): boolean => (values[i] ?? 0) >= HALF;
    const attacker = this.steps(this.sources[0], attacks);
    const defender = this.steps(this.sources[1], i => !attacks(i));
    return Uint8Array.from(this.lon, (_, i) => ((attacks(i) ? attacker : defender)[i] === -1 ? 1 : 0));
  }
}
