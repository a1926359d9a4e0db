/** Every number can say where it comes from: a button that opens its source and grade. */
import * as api from '../core/api';
import { fill, h } from '../core/dom';
import { runTitle, type Shown, type Store } from '../core/store';

export interface Source { title: string; value: string; source?: string | null | undefined; grade?: string | null | undefined; note?: string | null | undefined }

const GRADES: Readonly<Record<string, string>> = {
  A: 'A: read in a primary source',
  B: 'B: second-hand',
  C: 'C: judgement',
};

let dialog: HTMLDialogElement | null = null;

/** Open what a number rests on. */
export function showSource(found: Source, ...more: Node[]): void {
  dialog ??= document.body.appendChild(h('dialog', { class: 'source', 'aria-labelledby': 'source-title' }));
  const box = dialog;
  fill(
    box,
    h('h2', { id: 'source-title' }, found.title),
    h('p', { class: 'big' }, found.value),
    h('dl', {},
      h('dt', {}, 'Source'), h('dd', {}, found.source || 'not stated by the scenario'),
      found.grade ? [h('dt', {}, 'Grade'), h('dd', {}, GRADES[found.grade] ?? found.grade)] : null,
      found.note ? [h('dt', {}, 'Note'), h('dd', {}, found.note)] : null),
    more,
    h('p', {}, h('button', { type: 'button', onclick: () => box.close(), autofocus: true }, 'Close')),
  );
  if (!box.open) box.showModal();
}

/** A number that opens its source. */
export function sourced(text: string, found: () => Source | Promise<Source>): HTMLButtonElement {
  return h('button', {
    type: 'button', class: 'num', title: 'source and grade',
    onclick: () => void Promise.resolve(found()).then(s => showSource(s)),
  }, text);
}

/** What a result of the model rests on: the run, and how many of its parameters are of which grade. */
export async function resultSource(store: Store, title: string, value: string, shown: Shown, how: string): Promise<Source> {
  const { run, course } = shown;
  const rows = await api.parameters(store.now.scenario.name);
  const grades = ['A', 'B', 'C'].map(g => `${rows.filter(row => row.grade === g).length} of grade ${g}`).join(', ');
  return {
    title, value,
    source: `a result of the model, not an observation: ${how}, course ${course}, ${runTitle(run)}, seed ${run.seed}`,
    note: `it rests on ${rows.length} parameters: ${grades}; they are listed under Sources`,
  };
}
