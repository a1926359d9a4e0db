// The built page is committed and ships in the wheel: names without hashes, so that a rebuild changes bytes and no names.
import { copyFileSync } from 'node:fs';
import { resolve } from 'node:path';

const out = resolve(import.meta.dirname, '../src/redan/views/web/page');

/** MapLibre's worker goes out as it is, a file of the same origin: a strict policy allows no worker from a blob. */
const worker = {
  name: 'maplibre-worker',
  closeBundle() {
    const from = resolve(import.meta.dirname, 'node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs');
    copyFileSync(from, resolve(out, 'maplibre-gl-worker.mjs'));
  },
};

export default {
  base: './',
  plugins: [worker],
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      output: {
        entryFileNames: 'page.js',
        chunkFileNames: '[name].js',
        assetFileNames: '[name][extname]',
      },
    },
  },
};
