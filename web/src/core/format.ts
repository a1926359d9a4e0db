/** Numbers and days as people read them. */

/** Three significant digits at most, thousands marked: 318,000; 2.7; 0.04. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return 'not known';
  const size = Math.abs(value);
  if (size >= 1000) {
    const digits = 10 ** (Math.floor(Math.log10(size)) - 2);
    return (Math.round(value / digits) * digits).toLocaleString('en');
  }
  return String(Number(value.toPrecision(3)));
}

/** A number with its unit; a ratio has none. */
export function quantity(value: number | null | undefined, unit: string | null | undefined): string {
  const said = unitWords(unit);
  return said ? `${number(value)} ${said}` : number(value);
}

/** A unit as people write it; empty for a bare number. */
export function unitWords(unit: string | null | undefined): string {
  if (!unit || unit === '-' || unit === 'ratio' || unit === 'count') return '';
  return unit.replace('km2', 'km²').replace('m2', 'm²').replace(/^1\//, 'per ');
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The calendar day so many days after the start. */
export function calendar(start: string, day: number): string {
  const date = new Date(`${start}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + day);
  return date.toISOString().slice(0, 10);
}

const SAID: Record<string, string> = {
  'losses:attacker': 'losses of the attacker',
  'losses:defender': 'losses of the defender',
  destroyed_km2: 'built-up area destroyed',
  residents_left: 'residents still at home',
  area_gained_km2: 'area gained by the attacker',
  displaced: 'residents displaced',
  strongholds_holding: 'strongholds still holding',
  exchange_ratio: 'attacker losses per defender loss',
  front_km: 'length of the line of contact',
  ended: 'every objective taken or left',
};

const KINDS: Record<string, string> = {
  taken: 'taken', contested: 'contested', isolated: 'isolated', cleared: 'cleared', withdrawn: 'garrison withdrawn',
  routed: 'garrison routed', surrendered: 'garrison surrendered', within_20km: 'line within 20 km',
  within_10km: 'line within 10 km', within_5km: 'line within 5 km', breakthrough: 'breakthrough', culminated: 'culminated',
  residents: 'residents', destroyed: 'destroyed share', supply_share: 'delivered supply share', occupied: 'occupied share',
  front_distance_km: 'distance of the line',
};

/** An event's or a measure's id in words, with names of objectives where they are known. */
export function words(id: string, names: ReadonlyMap<string, string>): string {
  const said = SAID[id];
  if (said) return said;
  const [kind = '', ...rest] = id.split(':');
  const last = rest.at(-1);
  if (kind === 'restricted_mean_days') return `days until: ${words(rest.join(':'), names)}`;
  const head = KINDS[kind] ?? kind.replaceAll('_', ' ');
  return last ? `${names.get(last) ?? last.replaceAll('-', ' ')}: ${head}` : head;
}
