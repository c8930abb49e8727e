// Where the demo listens, under which name its office stands, and where its page lies.
import { projectRoot } from '../../operator.ts';

/** Both servers are for this machine only: nobody has to prove who he is there. */
export const HOST = 'localhost';
export const SLUG = 'main';
export const PAGE_DIR = `${projectRoot}dist/pages/simulator`;
