// What the database knows of calls already made, for judging without the daemon: who is in quarantine.
import { noUsage, type Usage } from '../barring/usage.ts';
import type { Store } from '../store/open.ts';
import { readQuarantines } from '../store/quarantines.ts';

/** Counts of calls are the daemon's alone: limits count as not reached. */
export function storedUsage(store: Store): Usage {
  const quarantines = new Map(readQuarantines(store).map((row) => [row.extension, row]));
  return { ...noUsage, quarantine: (extension) => quarantines.get(extension) ?? null };
}
