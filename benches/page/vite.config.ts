import { defineConfig } from 'vite';

// The bench as a built page, so that what is measured is what a visitor gets.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: '../../assets',
  build: {
    outDir: '../../.make/bench',
    emptyOutDir: true,
    target: 'es2022',
    // The worker looks for the data beside its own folder, as in the page's build.
    assetsDir: 'page',
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  logLevel: 'warn',
});
