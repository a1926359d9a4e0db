/** Sources: the claims beside the map, and every parameter with its source and grade. */
import * as api from '../core/api';
import { fill, fresh, h } from '../core/dom';
import { number, unitWords } from '../core/format';
import type { Store } from '../core/store';
import type { Claim, Parameter } from '../core/types';
import { sourced } from './source';

export function sourcesBox(store: Store): HTMLElement {
  const claims = h('section', {}, h('p', { role: 'status' }, 'Loading the claims …'));
  const parameters = h('section', {}, h('p', { role: 'status' }, 'Loading the parameters …'));
  const s = store.now.scenario.name;
  api.claims(s).then(rows => fill(claims, claimList(rows)), error => fill(claims, h('p', { class: 'note' }, `No claims: ${(error as Error).message}`)));
  api.parameters(s).then(rows => fill(parameters, parameterList(rows)), error => fill(parameters, h('p', { class: 'fault' }, (error as Error).message)));
  return h('div', {}, claims, h('section', {}, onTheMap(store)), parameters);
}

const SHOWN: Readonly<Record<string, string>> = {
  line_of_contact: 'line of contact', drone_zone: 'drone zone', supply_source: 'source of supply',
};
const FIGURES: readonly (readonly [string, string])[] = [
  ['maturity', 'maturity'], ['width_km', 'km wide'], ['depth_km', 'km deep'], ['begun', 'begun'], ['date', 'as of'], ['capacity_t_per_day', 't/day'],
  ['t_per_day', 't/day'], ['floor_area_m2', 'm² of floor'], ['residents', 'residents'],
];

/** Roads, belts, strongholds and whatever else stands on the map and has a source. */
function onTheMap(store: Store): HTMLElement[] {
  const { lines, points } = store.now.theatre;
  const rows = [...lines.features, ...points.features].flatMap(({ properties: p }) => (p?.['source'] ? [p] : []));
  return [h('details', {}, h('summary', {}, `What stands on the map (${rows.length})`),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'What stands on the map' }, h('table', {}, h('tbody', {}, rows.map(p => {
      const kind = SHOWN[String(p['layer'])] ?? String(p['layer']);
      const said = FIGURES.flatMap(([key, unit]) => (p[key] === null || p[key] === undefined ? [] : [/\d{4}-/.test(String(p[key])) ? `${unit} ${p[key]}` : `${number(Number(p[key]))} ${unit}`])).join(', ');
      const title = `${kind} ${String(p['name'] ?? '')}`;
      return h('tr', {}, h('th', { scope: 'row' }, title),
        h('td', {}, sourced(said || 'source', () => ({ title, value: said, source: String(p['source']), grade: p['grade'] ? String(p['grade']) : null }))));
    })))))];
}

function claimList(rows: Claim[]): HTMLElement[] {
  if (!rows.length) return [h('h2', {}, 'Claims'), h('p', { class: 'note' }, 'This scenario rests on no text with claims.')];
  return [
    h('h2', {}, `Claims (${rows.length})`),
    h('p', { class: 'note' }, 'What the source text says, what it became in the model, and what independent data say of it.'),
    h('ul', { class: 'claims' }, rows.map(row => h('li', {},
      h('p', {}, h('span', { class: 'verdict' }, row.verdict.replaceAll('_', ' ')), ' ', row.claim.says),
      h('p', { class: 'says' }, row.says),
      row.claim.becomes?.mechanism ? h('p', { class: 'says' }, `In the model: ${row.claim.becomes.mechanism}`) : null))),
  ];
}

function parameterList(rows: Parameter[]): HTMLElement[] {
  const id = fresh('find');
  const body = h('tbody');
  const draw = (asked: string): void => {
    const hits = rows.filter(row => `${row.name} ${row.source} ${row.grade}`.toLowerCase().includes(asked));
    fill(body, hits.map(parameter));
  };
  const input = h('input', { id, type: 'search', placeholder: 'drone', oninput: () => draw(input.value.trim().toLowerCase()) });
  draw('');
  return [
    h('h2', {}, `Parameters (${rows.length})`),
    h('p', { class: 'note' }, 'Grade A: a primary source was read; B: second-hand; C: judgement.'),
    h('p', { class: 'pick' }, h('label', { for: id }, 'Find'), input),
    h('div', { class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': 'Parameters' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Name', 'Value', 'Unit', 'Grade'].map(t => h('th', { scope: 'col' }, t)))), body)),
  ];
}

function parameter(row: Parameter): HTMLElement {
  const value = typeof row.value === 'number' ? number(row.value) : Array.isArray(row.value) ? row.value.map(number).join(', ') : String(row.value);
  return h('tr', {}, h('th', { scope: 'row' }, row.name.replaceAll('_', ' ')),
    h('td', {}, sourced(value, () => ({ title: row.name.replaceAll('_', ' '), value: `${value} ${unitWords(row.unit)}`, source: row.source, grade: row.grade, note: row.note || null }))),
    h('td', {}, unitWords(row.unit)), h('td', {}, row.grade));
}
