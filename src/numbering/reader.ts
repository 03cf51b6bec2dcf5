// Reads by one plan and remembers the latest readings: the same digits mean the same for as long as the plan holds.
import type { CompiledPlan } from './compile-plan.ts';
import type { Destination } from './destination.ts';
import { forgetOldest } from '../forget-oldest.ts';
import { read } from './read.ts';

/** Readings remembered; the oldest go first. */
const REMEMBERED_MAX = 1024;

export type Reader = (dialled: string) => Destination;

/** Never throws; the answer is that of `read`. */
export function createReader(plan: CompiledPlan): Reader {
  const remembered = new Map<string, Destination>();
  return (dialled) => {
    const known = remembered.get(dialled);
    if (known) return known;
    const destination = read(dialled, plan);
    remembered.set(dialled, destination);
    forgetOldest(remembered, REMEMBERED_MAX);
    return destination;
  };
}
