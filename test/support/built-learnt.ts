// For the global set-up of runs that start the bot as it is installed: what it learns is learnt once, not by each of its processes.
export { setupBuilt as default } from './learnt.ts';
