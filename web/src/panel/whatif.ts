/** What if: change the scenario, run it, see it beside the base run; keep it as YAML and load it again. */
import * as api from '../core/api';
import { download, fill, fresh, h } from '../core/dom';
import type { Store } from '../core/store';
import type { Fault, Field } from '../core/types';
import { fieldBox, type FieldBox } from './field';
import { Runner } from './runner';

export class WhatIf {
  readonly element: HTMLElement;
  private readonly boxes: FieldBox[];
  private readonly faults = h('div', { role: 'alert', class: 'faults' });
  private readonly loaded = h('p', { class: 'loaded', hidden: true });
  private readonly count = h('p', { class: 'note' });
  private readonly runner: Runner;

  constructor(private readonly store: Store) {
    const { fields } = store.now.scenario;
    this.boxes = fields.map(field => fieldBox(store, field));
    this.runner = new Runner(store, found => this.show(found));
    this.element = h('div', { class: 'whatif' },
      h('p', {}, 'Change what the scenario says and run it again: everything else, luck included, stays the same.'),
      this.count, this.runner.element, this.faults, this.files(), this.loaded, this.filter(fields), this.groups(fields));
    this.find(fields, '');
    store.on(['changes'], state => {
      for (const box of this.boxes) box.show();
      const n = state.changes.size;
      this.count.textContent = n ? `${n} ${n === 1 ? 'change' : 'changes'}` : 'Nothing is changed yet.';
    });
    store.on(['overlay'], ({ overlay }) => {
      this.loaded.hidden = !overlay;
      fill(this.loaded, overlay ? `Loaded: ${overlay.name}, used in every run until taken off. ` : '',
        overlay ? h('button', { type: 'button', class: 'small', onclick: () => store.set({ overlay: null }) }, 'take off') : null);
    });
  }

  /** Groups in the server's order; of each, first what matters most, the rest by search. */
  private groups(fields: Field[]): HTMLElement[] {
    return this.store.now.scenario.groups.flatMap(({ id, title }, k) => {
      const inside = this.boxes.filter((_, i) => fields[i]?.group === id).map(box => box.element);
      return inside.length ? [h('details', { class: 'group', open: k < 2 }, h('summary', {}, title), inside)] : [];
    });
  }

  private filter(fields: Field[]): HTMLElement {
    const id = fresh('find');
    const input = h('input', { id, type: 'search', oninput: () => this.find(fields, input.value.trim().toLowerCase()) });
    return h('p', { class: 'pick' }, h('label', { for: id }, `Find one of ${fields.length} (drones, jamming, works, shares …)`), input);
  }

  private find(fields: Field[], asked: string): void {
    const { changes } = this.store.now;
    this.boxes.forEach((box, i) => {
      const field = fields[i];
      if (!field) return;
      const isHit = asked ? `${field.path} ${field.title} ${field.group}`.toLowerCase().includes(asked) : field.main || changes.has(field.path);
      box.element.hidden = !isHit;
    });
    for (const group of this.element.querySelectorAll<HTMLDetailsElement>('details.group')) {
      const hits = group.querySelectorAll('.field:not([hidden])').length;
      group.hidden = !hits;
      if (asked) group.open = hits > 0;
    }
  }

  private files(): HTMLElement {
    const file = h('input', { type: 'file', accept: '.yaml,.yml', id: fresh('file'), onchange: () => void this.load(file) });
    return h('div', { class: 'row files' },
      h('button', { type: 'button', onclick: () => void this.save() }, 'Save as YAML'),
      h('label', { for: file.id }, 'Load YAML'), file,
      h('button', { type: 'button', onclick: () => this.store.set({ changes: new Map() }) }, 'Undo all'));
  }

  /** Write what was changed as an overlay of the scenario. */
  private async save(): Promise<void> {
    const { scenario, changes, edits } = this.store.now;
    try {
      const found = await api.exported({
        scenario: scenario.name, changes: [...changes].map(([path, value]) => ({ path, value })), edits: [...edits],
      });
      this.show(found.faults);
      if (!found.faults.length) download(`${scenario.name}-what-if.yaml`, found.overlay_yaml);
    } catch (error) {
      this.refused(error);
    }
  }

  private async load(file: HTMLInputElement): Promise<void> {
    const chosen = file.files?.[0];
    if (!chosen) return;
    file.value = '';
    if (chosen.size > 1_000_000) {
      this.show([{ file: chosen.name, line: 0, field: '', problem: 'is larger than 1 MB', remedy: 'load an overlay saved here' }]);
      return;
    }
    const yaml = await chosen.text();
    try {
      const { faults } = await api.check({ scenario: this.store.now.scenario.name, overlay_yaml: yaml, files: {} });
      this.show(faults);
      if (!faults.length) this.store.set({ overlay: { name: chosen.name, yaml } });
    } catch (error) {
      this.refused(error);
    }
  }

  private refused(error: unknown): void {
    if (error instanceof api.Refused && error.faults.length) this.show(error.faults);
    else this.show([{ file: '', line: 0, field: '', problem: (error as Error).message, remedy: 'try again' }]);
  }

  /** Show each fault at its field; those that belong to none stand together. */
  show(found: readonly Fault[]): void {
    const placed = new Set<Fault>();
    for (const box of this.boxes) {
      const fault = found.find(f => f.field === box.path || f.field.startsWith(`${box.path}.`)) ?? null;
      box.fault(fault);
      if (!fault) continue;
      placed.add(fault);
      box.element.hidden = false;
      const group = box.element.closest('details');
      if (group) group.open = true;
    }
    const first = this.element.querySelector<HTMLElement>('.field [aria-invalid="true"]');
    first?.focus();
    fill(this.faults, found.map(f => h('p', { class: 'fault' },
      placed.has(f) ? `${f.field}: see below: ` : '', `${f.file ? `${f.file}:${f.line}: ` : ''}${f.field && !placed.has(f) ? `${f.field}: ` : ''}${f.problem}; ${f.remedy}`)));
  }
}
