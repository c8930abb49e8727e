// The command line in a test: each command a process of its own, as it is installed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { projectRoot } from '../../src/operator.ts';
import { builtMain } from './built.ts';
import { testFolder } from './folder.ts';

export interface Ended {
  code: number | null;
  said: string;
  complained: string;
}

export async function dudao(args: string[], env: Record<string, string>, typed?: string): Promise<Ended> {
  const inherited = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
  const child = spawn(process.execPath, [builtMain, ...args], {
    cwd: projectRoot,
    env: { ...inherited, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(typed ?? '');
  let [said, complained] = ['', ''];
  child.stdout.on('data', (data) => {
    said += data;
  });
  child.stderr.on('data', (data) => {
    complained += data;
  });
  const [code] = await once(child, 'close');
  return { code, said, complained };
}

export async function folder(): Promise<string> {
  const dir = testFolder();
  return dir;
}

/** A sentence on standard error, and nothing of our insides. */
export function expectSentence(ended: Ended, sentence: RegExp) {
  expect(ended.complained).toMatch(sentence);
  expect(ended.complained).not.toMatch(/\n\s+at |Error:|node:internal/);
  expect(ended.code).toBe(1);
}
