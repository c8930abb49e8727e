// `npm run bench [-- NAME …]`: prints figures as ratios to a ceiling measured in the same run. No build runs them; `understand` alone ends with 1 when its own aims are missed.

const benches: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  turns: () => import('./turns.ts'),
  planner: () => import('./planner.ts'),
  understand: () => import('./understand.ts'),
  broadcast: () => import('./broadcast.ts'),
  offices: () => import('./offices.ts'),
};

const [name = 'turns', ...args] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  process.stderr.write(`There is no bench "${name}"; there are: ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
} else await (await bench()).run(args);
