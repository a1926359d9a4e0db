/** What if: change the scenario, run it, see it beside the base run; keep it as YAML and load it again. */
import * as api from '../core/api';
import { download, fill, fresh, h } from '../core/dom';
import type { Store } from '../core/store';
import type { Fault, Field } from '../core/types';
import { fieldBox, type FieldBox } from './field';
import { Runner } from './runner';

interface Group { title: string; fields: Field[]; box: HTMLDetailsElement; body: HTMLElement; name: HTMLElement }

export class WhatIf {
  readonly element: HTMLElement;
  private readonly boxes = new Map<string, FieldBox>();
  private readonly groups: Group[];
  private readonly faults = h('div', { role: 'alert', class: 'faults' });
  private readonly loaded = h('p', { class: 'loaded', hidden: true });
  private readonly count = h('p', { class: 'note' });
  private readonly runner: Runner;
  private asked = '';

  constructor(private readonly store: Store) {
    this.groups = this.group();
    this.runner = new Runner(store, found => this.show(found));
    this.element = h('div', { class: 'whatif' },
      h('p', {}, 'Change what the scenario says and run it again: everything else, luck included, stays the same.'),
      this.count, this.runner.element, this.faults, this.files(), this.loaded, layerSwitches(store), this.filter(), this.groups.map(g => g.box));
    this.find('');
    store.on(['changes', 'layersOff'], state => {
      for (const box of this.boxes.values()) box.show();
      const n = state.changes.size + state.layersOff.size;
      this.count.textContent = n ? `${n} ${n === 1 ? 'change' : 'changes'}` : 'Nothing is changed yet.';
    });
    store.on(['overlay'], ({ overlay }) => {
      this.loaded.hidden = !overlay;
      fill(this.loaded, overlay ? `Loaded: ${overlay.name}, used in every run until taken off. ` : '',
        overlay ? h('button', { type: 'button', class: 'small', onclick: () => store.set({ overlay: null }) }, 'take off') : null);
    });
  }

  /** Groups in the server's order. A field's box is made when it is first shown: there are hundreds. */
  private group(): Group[] {
    const { groups, fields } = this.store.now.scenario;
    return groups.flatMap(({ id, title }, k) => {
      const inside = fields.filter(field => field.group === id);
      if (!inside.length) return [];
      const [body, name] = [h('div'), h('summary')];
      const box = h('details', { class: 'group', open: k === 1, ontoggle: () => this.draw(group) }, name, body);
      const group: Group = { title, fields: inside, box, body, name };
      return [group];
    });
  }

  /** Of a group what matters most; when something is looked for, all that fits. */
  private fitting(group: Group): Field[] {
    const { asked } = this;
    const { changes } = this.store.now;
    return group.fields.filter(f => asked ? `${f.path} ${f.title}`.toLowerCase().includes(asked) : f.main || changes.has(f.path));
  }

  private draw(group: Group): void {
    if (!group.box.open) return;
    const wanted = this.fitting(group).map(field => this.boxOf(field).element);
    // What is there already stays: taken out and put back, a field being edited would lose what was typed.
    const isThere = wanted.length === group.body.children.length && wanted.every((one, i) => one === group.body.children[i]);
    if (!isThere) fill(group.body, wanted);
  }

  private boxOf(field: Field): FieldBox {
    const before = this.boxes.get(field.path);
    if (before) return before;
    const made = fieldBox(this.store, field);
    made.show();
    this.boxes.set(field.path, made);
    return made;
  }

  private filter(): HTMLElement {
    const id = fresh('find');
    const input = h('input', { id, type: 'search', oninput: () => this.find(input.value.trim().toLowerCase()) });
    return h('p', { class: 'pick' }, h('label', { for: id }, `Find one of ${this.store.now.scenario.fields.length} (drones, jamming, works, shares …)`), input);
  }

  private find(asked: string): void {
    this.asked = asked;
    for (const group of this.groups) {
      const hits = this.fitting(group).length;
      group.box.hidden = !hits;
      group.name.textContent = `${group.title} (${hits}${asked ? '' : ` of ${group.fields.length}`})`;
      if (asked) group.box.open = hits > 0;
      this.draw(group);
    }
  }

  private files(): HTMLElement {
    const file = h('input', { type: 'file', accept: '.yaml,.yml', id: fresh('file'), onchange: () => void this.load(file) });
    return h('div', { class: 'row files' },
      h('button', { type: 'button', onclick: () => void this.save() }, 'Save as YAML'),
      h('label', { for: file.id }, 'Load YAML'), file,
      h('button', { type: 'button', onclick: () => this.store.set({ changes: new Map(), layersOff: new Set() }) }, 'Undo all'));
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
    for (const box of this.boxes.values()) box.fault(null);
    const placed = new Set(found.filter(fault => this.place(fault)));
    fill(this.faults, found.map(f => h('p', { class: 'fault' },
      `${f.line ? `${f.file}:${f.line}: ` : ''}${f.field ? `${f.field}: ` : ''}${f.problem}; ${f.remedy}${placed.has(f) ? ' (marked below)' : ''}`)));
    const first = this.element.querySelector<HTMLElement>('.field [aria-invalid="true"]');
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: 'center' });
  }

  /** Put a fault at its field, in sight; false where no field is at fault. */
  private place(fault: Fault): boolean {
    const isIt = (field: Field): boolean => fault.field === field.path || fault.field.startsWith(`${field.path}.`);
    const group = this.groups.find(one => one.fields.some(isIt));
    const field = group?.fields.find(isIt);
    if (!group || !field) return false;
    const box = this.boxOf(field);
    if (!group.body.contains(box.element)) group.body.prepend(box.element);
    group.box.hidden = false;
    group.box.open = true;
    box.fault(fault);
    return true;
  }
}

/** Layers of the defence that the next run leaves out. */
function layerSwitches(store: Store): HTMLElement {
  const rows = store.now.scenario.layers.map(layer => {
    const id = fresh('off');
    const box = h('input', { type: 'checkbox', id, checked: true, onchange: () => {
      const layersOff = new Set(store.now.layersOff);
      if (box.checked) layersOff.delete(layer);
      else layersOff.add(layer);
      store.set({ layersOff });
    } });
    store.on(['layersOff'], state => { box.checked = !state.layersOff.has(layer); });
    return h('li', {}, box, h('label', { for: id }, layer.replaceAll('_', ' ')));
  });
  return h('details', {}, h('summary', {}, 'Layers of the defence, on or off'), h('ul', { class: 'switches' }, rows));
}
