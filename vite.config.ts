import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { formulas } from './scripts/formula-plugin.ts';
import { offline, SERVICE_WORKER } from './scripts/offline-plugin.ts';
import { policy } from './scripts/policy-plugin.ts';
import { noted, shipped } from './scripts/shipped-plugin.ts';
import { valuesOutOfReach } from './scripts/values-plugin.ts';

export default defineConfig({
  root: 'www',
  // The built page works from any sub-path of any static host.
  base: './',
  // The data sets and models are served as they are.
  publicDir: '../assets',
  plugins: [
    formulas(),
    svelte({ configFile: false, preprocess: [valuesOutOfReach()] }),
    policy(),
    offline(),
    noted(),
    shipped(),
  ],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Built files beside the data, in a folder of their own.
    assetsDir: 'page',
    // A data: address for the engine would break its streaming compilation.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Which files a room is made of, for the page itself: see shell/arrival.ts.
    manifest: 'page/files.json',
    rollupOptions: {
      input: { index: 'www/index.html', 'service-worker': 'www/offline/service-worker.ts' },
      output: {
        // A service worker rules the folder that it lies in.
        entryFileNames: ({ name }) => (name === 'service-worker' ? SERVICE_WORKER : 'page/[name]-[hash].js'),
        // Eight files called Room would be hard to tell apart.
        chunkFileNames: ({ facadeModuleId }) => {
          const room = /\/rooms\/([^/]+)\/Room\.svelte$/.exec(facadeModuleId ?? '')?.[1];
          return room ? `page/room-${room}-[hash].js` : 'page/[name]-[hash].js';
        },
      },
    },
  },
  worker: { format: 'es', plugins: () => [noted()] },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          root: '.',
          include: ['www/**/*.test.ts', 'scripts/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          root: '.',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // A busy machine takes its time; what is wrong stays wrong for longer.
          expect: { poll: { timeout: 20_000 } },
          // Two cores: the browsers of two files at once would disturb each other's timing.
          fileParallelism: false,
        },
      },
    ],
  },
});
