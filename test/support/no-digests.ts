// For tests of delivery in which nobody is reminded of anything: a digest among the rows would be a fault of the test.
import type { WordDigest } from '../../src/delivery/digest.ts';

const refuse = () => {
  throw new Error('no digest is planned here');
};
export const noDigests: WordDigest = { planned: refuse, anew: refuse };
