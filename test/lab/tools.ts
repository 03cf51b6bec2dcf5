// Phones that are programs of their own, SIPp and baresip: the machine's, or those of the private root.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { ensureRoot } from './debian-root.ts';
import { inRoot } from './install.ts';
import type { Lab } from './lab.ts';
import { type LabDirectory, labDirectory } from './lab-directory.ts';
import { run } from './processes.ts';

/** A program, how it is started, and a directory of the lab that it can see. */
export interface Tool {
  /** Folder that the program sees as `/`; '' for the machine itself. */
  readonly root: string;
  command(args: readonly string[]): [string, string[]];
  readonly directory: LabDirectory;
}

/** Finds a program; `purpose` names its directory, which goes with the lab. */
export async function findTool(lab: Lab, program: 'sipp' | 'baresip', purpose: string): Promise<Tool> {
  const own = await run('sh', ['-c', `command -v ${program}`], { deadlineMs: 5000 });
  const root = own.code === 0 ? '' : await ensureRoot('sid', () => {});
  const base = labDirectory(root, lab.id);
  const directory = { inside: join(base.inside, purpose), outside: join(base.outside, purpose) };
  mkdirSync(directory.outside, { recursive: true });
  return { root, command: (args) => inRoot(root, program, args), directory };
}
