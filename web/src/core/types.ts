/** The documents of the server, as far as the page reads them. Units stand in the names. */
import type { FeatureCollection, Geometry, LineString, Point, Polygon } from 'geojson';

export interface Fault { file: string; line: number; field: string; problem: string; remedy: string }

export interface Health { ok: boolean; version: string; scenario: string | null; basemap: string | null }

export interface ScenarioRow { name: string; title: string; as_of: string; summary: string; real_place: boolean }

export interface Objective { id: string; name: string; official: string | null; lon: number; lat: number }

/** What a field may hold; a table is numbers by key, or in order. */
export type Value = number | string | boolean | null | Record<string, number> | number[];

/** Something of the scenario that may be changed. */
export interface Field {
  path: string;
  title: string;
  unit: string;
  group: string;
  value: Value;
  low: number | null;
  high: number | null;
  soft_low: number | null;
  soft_high: number | null;
  kind: 'number' | 'integer' | 'choice' | 'switch' | 'table' | 'date' | 'month';
  choices: string[];
  columns: string[];
  sum_to_one: boolean;
  source: string;
  grade: string;
  help: string;
  main: boolean;
}

export interface CourseRow { name: string; title: string }

export interface Scenario {
  name: string;
  title: string;
  summary?: string;
  as_of: string;
  date_start: string;
  question: string;
  real_place?: boolean;
  courses: CourseRow[];
  objectives: Objective[];
  layers: string[];
  groups: { id: string; title: string }[];
  fields: Field[];
}

export type Props = Record<string, number | string | boolean | null | undefined>;
export type Cells = FeatureCollection<Polygon, Props>;
export type Lines = FeatureCollection<LineString | Geometry, Props>;
export type Points = FeatureCollection<Point, Props>;

export interface Legend { layer: string; title: string; unit: string; stops: number[] }

export interface Theatre {
  cells: Cells;
  lines: Lines;
  points: Points;
  legend: Legend[];
  sources: Record<string, { source: string; grade: string }>;
  spacing_km: number;
  bounds: [number, number, number, number];
}

export interface Parameter {
  name: string;
  unit: string;
  value: number | number[] | string | null;
  distribution: unknown;
  source: string;
  grade: string;
  note?: string | null;
}

export interface Claim {
  claim: { id: string; says: string; who?: string; becomes?: { mechanism?: string; parameters?: string[] } };
  verdict: string;
  says: string;
  checked?: string[];
}

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Change { path: string; value: Value }

export interface Run {
  id: string;
  state: RunState;
  done: number;
  of: number;
  scenario: string;
  seed: number;
  replications: number;
  horizon_days: number;
  courses: string[];
  faults: Fault[];
  changed: string[];
  phase?: string | null;
}

export interface EventSummary { p_by_horizon: number; se: number; day: Record<'p10' | 'p50' | 'p90', number | null> }
export interface MeasureSummary { unit: string; mean: number; p10: number; p50: number; p90: number }

export interface Summary {
  replications: number;
  horizon_days: number;
  courses: Record<string, { events: Record<string, EventSummary>; measures: Record<string, MeasureSummary> }>;
}

export interface Band { share: number[]; low: number[]; high: number[] }
export interface Survival { days: number[]; events: Record<string, Record<string, Band>> }

export interface Levels { p10: number[]; p50: number[]; p90: number[] }
export interface Daily {
  days: number[];
  measures: Record<string, { meaning: string; unit: string; courses: Record<string, Levels> }>;
}

/** Control of every cell on some days: 0 the defender's, 255 the attacker's, in between a probability or a share. */
export interface Control { days: number[]; nCells: number; values: Uint8Array }

export interface Choices { median: number; luckiest: number; unluckiest: number; count: number; rule?: string }
export interface Replication extends Control { seriesDays: number[]; series: Record<string, (number | null)[]>; sites: SiteChange[] }

/** What befell a stronghold on a day. */
export interface SiteChange { day: number; site: string; kind: string }

export interface TraceEntry {
  day: number;
  kind: string;
  text: string;
  lon?: number | null;
  lat?: number | null;
  cause: string | null;
  major: boolean;
}

export interface CompareRow {
  measure: string;
  unit?: string;
  p_a_better: number | null;
  median_difference: number | null;
  interval90: [number, number] | null;
}

export type EditKind = 'belt' | 'line_of_contact' | 'stronghold' | 'axis';
export interface Edit { kind: EditKind; geometry: Point | LineString; properties: Record<string, string | number> }

export interface Export { overlay_yaml: string; files: Record<string, string>; faults: Fault[] }
