// The built page is committed and ships in the wheel: names without hashes, so that a rebuild changes bytes and no names.
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const here = import.meta.dirname;
const modules = resolve(here, 'node_modules');

/** MapLibre's worker goes out as it is, a file of the same origin: a strict policy allows no worker from a blob. */
function worker(out) {
  copyFileSync(resolve(modules, 'maplibre-gl/dist/maplibre-gl-worker.mjs'), resolve(out, 'maplibre-gl-worker.mjs'));
}

/** The licences of what is built in: each package that the page, and not only its build, depends on. */
function licences(out) {
  const { packages } = JSON.parse(readFileSync(resolve(here, 'package-lock.json'), 'utf8'));
  const parts = Object.entries(packages).flatMap(([path, { version, license, dev }]) => {
    if (!path || dev) return [];
    const found = ['LICENSE.txt', 'LICENSE', 'LICENSE.md', 'license'].map(n => resolve(here, path, n)).find(existsSync);
    const text = found ? readFileSync(found, 'utf8').replaceAll('\r', '').trim() : '';
    return [`${path.split('node_modules/').at(-1)} ${version} (${license})\n\n${text}\n`];
  });
  writeFileSync(resolve(out, 'licences.txt'), parts.join(`\n${'-'.repeat(80)}\n\n`));
}

let out = '';

const beside = {
  name: 'files-beside',
  configResolved(config) { out = resolve(here, config.build.outDir); },
  closeBundle() {
    worker(out);
    licences(out);
  },
};

export default {
  base: './',
  plugins: [beside],
  build: {
    outDir: resolve(here, '../src/redan/views/web/page'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      output: { entryFileNames: 'page.js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
};
