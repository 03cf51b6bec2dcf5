// The register of running labs: what a lab holds on this machine, so that a later run removes what a dead one
// left.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { cacheFolder } from './cache-folder.ts';
import { endProcess, lives } from './processes.ts';

const identitySchema = z.object({ pid: z.int(), startTicks: z.string() });

const userSchema = z.object({ username: z.string(), password: z.string() });

/** What another process needs to speak to a running lab. */
const accessSchema = z.object({
  asteriskVersion: z.string(),
  console: z.object({ root: z.string(), config: z.string() }),
  sip: z.object({ address: z.string(), port: z.int() }),
  ari: userSchema.extend({ url: z.string() }),
  ami: userSchema.extend({ host: z.string(), port: z.int() }),
  accounts: z.array(z.object({ extension: z.string(), password: z.string() })),
  announcements: z.array(z.string()),
});

export type LabAccess = z.infer<typeof accessSchema>;

const entrySchema = z.object({
  id: z.string(),
  /** The process that started it and will end it. */
  owner: identitySchema,
  /** True when `scripts/lab` left it running; false inside a test. */
  detached: z.boolean(),
  asterisk: identitySchema.nullable(),
  /** The configuration of the Callwarden beside it; null where there is none. */
  callwardenConfig: z.string().nullable(),
  /** Null until Asterisk is up. */
  access: accessSchema.nullable(),
  /** Its private directories, as the machine sees them. */
  directories: z.array(z.string()),
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

/** Removes a lab's directories and takes it out of the register. */
export function unregister({ id, directories }: Pick<LabEntry, 'id' | 'directories'>): void {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  rmSync(join(folder(), `${id}.json`), { force: true });
}

/** All labs whose owner lives. */
export function runningLabs(): LabEntry[] {
  return entries().filter((entry) => lives(entry.owner));
}

/**
 * Ends what dead owners left: their Asterisk (killed with them, but perhaps not gone yet) and their
 * directory.
 */
export async function sweepDeadLabs(): Promise<void> {
  for (const entry of entries()) {
    if (lives(entry.owner)) continue;
    if (entry.asterisk !== null) await endProcess(entry.asterisk, 'SIGKILL', 2000);
    unregister(entry);
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
