// Builds the pages. Everything is relative, so a page works under whatever path the server gives it.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('./simulator'),
  base: './',
  plugins: [react()],
  build: {
    outDir: here('../../dist/pages/simulator'),
    emptyOutDir: true,
    target: 'es2023',
    // The page is served from the same machine; small files inlined as data: would only weaken a content policy.
    assetsInlineLimit: 0,
  },
  server: {
    // `npx vite --config src/pages/vite.config.ts` works on the page while `npm run demo` runs the rest.
    proxy: { '/simulator': `http://127.0.0.1:${process.env.SIMULATOR_PORT ?? 3100}` },
  },
});
