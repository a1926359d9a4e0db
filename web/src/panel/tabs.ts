/** The tabs of the side panel: one is open, arrow keys go from one to the next, each is built when first opened. */
import { h } from '../core/dom';

export interface Tab { id: string; title: string; build: () => HTMLElement }

export class Tabs {
  readonly element: HTMLElement;
  private readonly buttons: HTMLButtonElement[];
  private readonly panels: HTMLElement[];
  private readonly isBuilt: boolean[];
  private open = -1;

  constructor(private readonly tabs: readonly Tab[], private readonly opened: (id: string) => void) {
    this.isBuilt = tabs.map(() => false);
    this.buttons = tabs.map((tab, i) => h('button', {
      type: 'button', role: 'tab', id: `tab-${tab.id}`, 'aria-controls': `panel-${tab.id}`,
      onclick: () => this.select(i), onkeydown: (event: KeyboardEvent) => this.key(event, i),
    }, tab.title));
    this.panels = tabs.map(tab => h('div', { role: 'tabpanel', id: `panel-${tab.id}`, 'aria-labelledby': `tab-${tab.id}`, tabindex: 0 }));
    this.element = h('aside', { id: 'panel', tabindex: -1, 'aria-label': 'Results and settings' },
      h('div', { role: 'tablist', 'aria-label': 'Results and settings' }, this.buttons), this.panels);
  }

  /** Open a tab by its id. */
  show(id: string): void {
    const i = this.tabs.findIndex(tab => tab.id === id);
    if (i >= 0) this.select(i);
  }

  private select(i: number): void {
    if (i === this.open) return;
    this.open = i;
    this.buttons.forEach((button, k) => {
      button.setAttribute('aria-selected', String(k === i));
      button.tabIndex = k === i ? 0 : -1;
    });
    this.panels.forEach((panel, k) => (panel.hidden = k !== i));
    const tab = this.tabs[i];
    if (!tab) return;
    if (!this.isBuilt[i]) this.panels[i]?.append(tab.build());
    this.isBuilt[i] = true;
    this.opened(tab.id);
  }

  private key(event: KeyboardEvent, i: number): void {
    const n = this.tabs.length;
    const next = { ArrowRight: (i + 1) % n, ArrowLeft: (i - 1 + n) % n, Home: 0, End: n - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.select(next);
    this.buttons[next]?.focus();
  }
}
