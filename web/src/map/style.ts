/** What the map draws: one source of cells, one of lines, one of points; which layer each switch is about. */
import type { Feature, FeatureCollection, Point } from 'geojson';
import type { FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Theatre } from '../core/types';
import { type Colours, controlColour, differenceColour, groundColour } from './colours';

export type PaneKind = 'a' | 'b' | 'difference';

/** Switches of the page, in the order of the legend; HTML markers have no layer of the map. */
export const SWITCHES: Readonly<Record<string, { title: string; layers: readonly string[] }>> = {
  control: { title: 'Control', layers: ['control'] },
  ground: { title: 'Ground', layers: ['ground'] },
  drones: { title: 'Drone zone', layers: ['drones'] },
  supply: { title: 'Supply reach', layers: ['supply'] },
  line: { title: 'Line of contact', layers: ['start', 'line-casing', 'line'] },
  belts: { title: 'Belts', layers: ['belts-casing', 'belts'] },
  strongholds: { title: 'Strongholds', layers: [] },
  towns: { title: 'Towns', layers: [] },
  roads: { title: 'Roads', layers: ['roads'] },
  rail: { title: 'Rail', layers: ['rail'] },
  rivers: { title: 'Rivers', layers: ['rivers'] },
  formations: { title: 'Formations at the start', layers: ['formations'] },
  axes: { title: 'Axes of the course', layers: ['axes'] },
};

/** With a base map below, the cells let it through. */
const SEEN_THROUGH = 0.55;

const SIDES = ['attacker', 'defender'] as const;

export const FIRST_ON = ['control', 'ground', 'line', 'belts', 'strongholds', 'towns', 'roads', 'rivers'];

const is = (...layers: string[]): FilterSpecification => ['in', ['get', 'layer'], ['literal', layers]];

/** Least and greatest value of a figure over the cells. */
export function range(theatre: Theatre, figure: string): [number, number] {
  const values = theatre.cells.features.map(f => Number(f.properties?.[figure] ?? 0));
  return [Math.min(...values), Math.max(...values)];
}

export function style(theatre: Theatre, kind: PaneKind, figure: string, basemap: string | null, c: Colours): StyleSpecification {
  const cells = { type: 'geojson' as const, data: theatre.cells, maxzoom: 8, tolerance: 0, buffer: 8 };
  return {
    version: 8,
    sources: {
      cells,
      lines: { type: 'geojson', data: theatre.lines, maxzoom: 9, tolerance: 0.2 },
      formations: { type: 'geojson', data: formations(theatre), maxzoom: 9 },
      line: { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, maxzoom: 9, tolerance: 0.2 },
      drawn: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      ...(basemap ? { basemap: { type: 'raster', tiles: [basemap], tileSize: 256 } } : {}),
    },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': c.paper } },
      ...(basemap ? [{ id: 'basemap', type: 'raster' as const, source: 'basemap' }] : []),
      ...fills(theatre, kind, figure, basemap ? SEEN_THROUGH : 1, c),
      ...lines(c),
      {
        id: 'formations', type: 'symbol', source: 'formations',
        layout: {
          'icon-image': ['concat', 'formation-', ['get', 'side'], '-', ['to-string', ['get', 'count']]],
          'icon-size': 0.75, 'icon-padding': 0, 'symbol-sort-key': ['-', 0, ['get', 'count']],
        },
      },
    ],
    transition: { duration: 0, delay: 0 },
  };
}

/** A point for each side with formations in a cell: counts, no positions. */
export function formations(theatre: Theatre): FeatureCollection<Point> {
  const features = theatre.cells.features.flatMap((cell): Feature<Point>[] => SIDES.flatMap(side => {
    const count = Number(cell.properties?.[`formations_${side}`] ?? 0);
    const corners = cell.geometry.coordinates[0]?.slice(1) ?? [];
    const mean = (axis: 0 | 1): number => corners.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / corners.length;
    const geometry: Point = { type: 'Point', coordinates: [mean(0), mean(1)] };
    return count ? [{ type: 'Feature', properties: { side, count }, geometry }] : [];
  }));
  return { type: 'FeatureCollection', features };
}

function fills(theatre: Theatre, kind: PaneKind, figure: string, opacity: number, c: Colours): LayerSpecification[] {
  const [low, high] = range(theatre, figure);
  const paint = kind === 'difference' ? differenceColour(c) : controlColour(c);
  return [
    { id: 'ground', type: 'fill', source: 'cells', paint: { 'fill-color': groundColour(c, figure, low, high), 'fill-opacity': opacity, 'fill-antialias': false } },
    { id: 'control', type: 'fill', source: 'cells', paint: { 'fill-color': paint, 'fill-opacity': 0.72 * opacity, 'fill-antialias': false } },
    { id: 'drones', type: 'fill', source: 'cells', paint: { 'fill-pattern': 'stripes', 'fill-opacity': ['coalesce', ['feature-state', 'z'], 0] } },
    { id: 'supply', type: 'fill', source: 'cells', paint: { 'fill-pattern': 'dots', 'fill-opacity': ['coalesce', ['feature-state', 'c'], 0] } },
  ];
}

function lines(c: Colours): LayerSpecification[] {
  const round = { 'line-cap': 'round' as const, 'line-join': 'round' as const };
  const belt = ['interpolate', ['linear'], ['coalesce', ['get', 'maturity'], 0.3], 0, 2, 1, 7] as const;
  return [
    { id: 'rivers', type: 'line', source: 'lines', filter: is('river'), layout: round,
      paint: { 'line-color': c.river, 'line-width': ['match', ['get', 'kind'], 'major', 2.6, 1.4] } },
    { id: 'roads', type: 'line', source: 'lines', filter: is('road'), layout: round,
      paint: { 'line-color': c.road, 'line-width': ['match', ['get', 'kind'], 'main_road', 2.2, 1.1], 'line-opacity': 0.85 } },
    { id: 'rail', type: 'line', source: 'lines', filter: is('rail'), paint: { 'line-color': c.rail, 'line-width': 2, 'line-dasharray': [3, 2] } },
    { id: 'belts-casing', type: 'line', source: 'lines', filter: is('belt'), layout: round,
      paint: { 'line-color': c.paper, 'line-width': ['+', belt as never, 2] as never, 'line-opacity': 0.7 } },
    { id: 'belts', type: 'line', source: 'lines', filter: is('belt'), paint: { 'line-color': c.belt, 'line-width': belt as never, 'line-dasharray': [1.2, 0.5] } },
    { id: 'axes', type: 'line', source: 'lines', filter: is('axis'), paint: { 'line-color': c.axis, 'line-width': 2, 'line-dasharray': [1, 2] } },
    { id: 'start', type: 'line', source: 'lines', filter: is('line_of_contact'), paint: { 'line-color': c.start, 'line-width': 1.5, 'line-dasharray': [2, 2] } },
    { id: 'line-casing', type: 'line', source: 'line', layout: round, paint: { 'line-color': c.paper, 'line-width': 5 } },
    { id: 'line', type: 'line', source: 'line', layout: round, paint: { 'line-color': c.line, 'line-width': 2.6 } },
    { id: 'drawn', type: 'line', source: 'drawn', layout: round, paint: { 'line-color': c.draw, 'line-width': 3.5 } },
    { id: 'drawn-points', type: 'circle', source: 'drawn', filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-color': c.paper, 'circle-radius': 5, 'circle-stroke-color': c.draw, 'circle-stroke-width': 3 } },
  ];
}
