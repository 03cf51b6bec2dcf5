// The register of running labs: what a lab holds on this machine, so that a later run removes what a dead one left.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { cacheFolder } from './cache-folder.ts';
import { endProcess, lives } from './processes.ts';

const identitySchema = z.object({ pid: z.int(), startTicks: z.string() });

const entrySchema = z.object({
  id: z.string(),
  /** The process that started it and will end it. */
  owner: identitySchema,
  asterisk: identitySchema.nullable(),
  /** Its private directory, as the machine sees it. */
  directory: z.string(),
  /** What `scripts/lab` needs to speak to a lab that it left running; null for a lab inside a test. */
  detached: z.unknown(),
});

/** One running lab as it stands in the register. */
export type LabEntry = Readonly<z.infer<typeof entrySchema>>;

function folder(): string {
  const path = join(cacheFolder(), 'labs');
  mkdirSync(path, { recursive: true });
  return path;
}

/** Writes or replaces a lab's entry, never half. */
export function register(entry: LabEntry): void {
  const path = join(folder(), `${entry.id}.json`);
  writeFileSync(`${path}.new`, JSON.stringify(entry, null, 2));
  renameSync(`${path}.new`, path);
}

/** Takes a lab out of the register and removes its directory. */
export function unregister(id: string, directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  rmSync(join(folder(), `${id}.json`), { force: true });
}

/** All labs whose owner lives. */
export function runningLabs(): LabEntry[] {
  return entries().filter((entry) => lives(entry.owner));
}

/** Ends what dead owners left: their Asterisk (killed with them, but perhaps not gone yet) and their directory. */
export async function sweepDeadLabs(): Promise<void> {
  for (const entry of entries()) {
    if (lives(entry.owner)) continue;
    if (entry.asterisk !== null) await endProcess(entry.asterisk, 'SIGKILL', 2000);
    unregister(entry.id, entry.directory);
  }
}

function entries(): LabEntry[] {
  const found: LabEntry[] = [];
  for (const name of readdirSync(folder())) {
    if (!name.endsWith('.json')) continue;
    try {
      found.push(entrySchema.parse(JSON.parse(readFileSync(join(folder(), name), 'utf8'))));
    } catch {
      // Removed by another run between the listing and the reading.
    }
  }
  return found;
}
