// Numbers that look drawn by chance and are the same at every run: a failure comes from the change, and repeats.
const seed = Number(process.env['FC_SEED'] ?? 1);

/**
 * Whole numbers from 0 to below `below`, told apart by `name`; `FC_SEED=7 npm test` draws others. Mulberry32: 32 bits of
 * state are enough to choose where to cut.
 */
export function draws(name: string): (below: number) => number {
  let state = Buffer.from(name).reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, seed);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
