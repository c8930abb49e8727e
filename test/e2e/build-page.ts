// Builds the page before the browser looks at it, so that nobody tests yesterday's.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** In a process of its own: under a test runner's NODE_ENV the build would carry React's development half. */
export default function buildPage(): void {
  const args = [
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'src/pages/vite.config.ts',
    '--logLevel',
    'warn',
  ];
  execFileSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
