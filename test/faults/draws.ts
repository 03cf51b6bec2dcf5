// Numbers that look drawn by chance and are the same at every run: a failure comes from the change, and repeats.
import { randomOf } from '../random.ts';

const seed = Number(process.env['FC_SEED'] ?? 1);

/** Whole numbers from 0 to below `below`, told apart by `name`; `FC_SEED=7 npm test` draws others. */
export function draws(name: string): (below: number) => number {
  const random = randomOf(seed).fork(name);
  return (below) => random.whole(0, below - 1);
}
