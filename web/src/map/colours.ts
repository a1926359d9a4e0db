/** Colours of the map, for light and dark paper. Blue, grey and orange stay apart for the colour-blind. */
import type { ExpressionSpecification } from 'maplibre-gl';

export interface Colours {
  paper: string; ink: string; defender: string; even: string; attacker: string; onlyA: string; onlyB: string; low: string; high: string;
  road: string; rail: string; river: string; belt: string; line: string; start: string; axis: string; draw: string;
}

const LIGHT: Colours = {
  paper: '#f4f5f3', ink: '#1c2024', defender: '#3f7fbf', even: '#f0efe9', attacker: '#d9741a',
  onlyA: '#7a3f94', onlyB: '#14776a', low: '#fafaf7', high: '#4d5357', road: '#57493a', rail: '#30343a',
  river: '#2a8fa8', belt: '#5b2a86', line: '#b3122a', start: '#6a6f75', axis: '#1c2024', draw: '#b3122a',
};
const DARK: Colours = {
  paper: '#14171b', ink: '#f0f2f4', defender: '#3d78b4', even: '#3c4046', attacker: '#c4661a',
  onlyA: '#b77fd2', onlyB: '#3fb6a2', low: '#1b1f24', high: '#c3c8cc', road: '#d9cbb5', rail: '#dfe3e8',
  river: '#62c4dc', belt: '#cfa5f2', line: '#ff8f9c', start: '#a6adb6', axis: '#f0f2f4', draw: '#ff8f9c',
};

/** Whether the page is dark now: by the user's switch, or else by his system. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

export const colours = (): Colours => (isDark() ? DARK : LIGHT);

const shown: ExpressionSpecification = ['coalesce', ['feature-state', 'v'], -1];

/** Control: blue the defender's, orange the attacker's; nothing before the first values are there. */
export function controlColour(c: Colours): ExpressionSpecification {
  return ['interpolate', ['linear'], shown, 0, c.defender, 127.5, c.even, 255, c.attacker];
}

/** Difference of two courses: purple more often the attacker's in A, green in B. */
export function differenceColour(c: Colours): ExpressionSpecification {
  return ['interpolate', ['linear'], shown, 0, c.onlyA, 127.5, c.even, 255, c.onlyB];
}

/** A figure of the ground from its least to its greatest value. */
export function groundColour(c: Colours, figure: string, low: number, high: number): ExpressionSpecification {
  const top = high > low ? high : low + 1;
  return ['interpolate', ['linear'], ['to-number', ['get', figure], low], low, c.low, top, c.high];
}

const SIZE = 16;

/** Stripes for the drone zone, dots for what is cut off: patterns, so that they need no colour. */
export function pattern(kind: 'stripes' | 'dots', colour: string): ImageData {
  const context = canvas(SIZE, SIZE);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.6;
  context.beginPath();
  if (kind === 'stripes') {
    for (const x of [-SIZE, -SIZE / 2, 0, SIZE / 2, SIZE]) {
      context.moveTo(x, SIZE);
      context.lineTo(x + SIZE, 0);
    }
    context.stroke();
  } else {
    for (const [x, y] of [[4, 4], [12, 12]] as const) context.arc(x, y, 2.4, 0, 7);
    context.fill();
  }
  return context.getImageData(0, 0, SIZE, SIZE);
}

/** A box with a number of formations: filled for the attacker, outlined for the defender. */
export function badge(side: string, count: number, c: Colours): ImageData {
  const [width, height] = [26, 20];
  const context = canvas(width, height);
  const isAttacker = side === 'attacker';
  context.fillStyle = isAttacker ? c.ink : c.paper;
  context.strokeStyle = isAttacker ? c.paper : c.ink;
  context.lineWidth = 2;
  context.fillRect(1, 1, width - 2, height - 2);
  context.strokeRect(1, 1, width - 2, height - 2);
  context.fillStyle = isAttacker ? c.paper : c.ink;
  context.font = '600 13px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(count > 99 ? '99+' : String(count), width / 2, height / 2 + 1);
  return context.getImageData(0, 0, width, height);
}

function canvas(width: number, height: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas');
  element.width = width;
  element.height = height;
  const context = element.getContext('2d');
  if (!context) throw new Error('this browser cannot draw on a canvas');
  return context;
}
