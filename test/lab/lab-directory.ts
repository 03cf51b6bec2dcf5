// A lab's private directories: where they are, and their removal when we end without disposing of the lab.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { rootFolder } from './debian-root.ts';

/** A directory that a program in a private root sees under another name than the machine. */
export interface LabDirectory {
  readonly inside: string;
  readonly outside: string;
}

/** The directory of lab `id` for programs that see `root` as `/` ('' for those of this machine). */
export function labDirectory(root: string, id: string): LabDirectory {
  const inside = root === '' ? join(tmpdir(), `callwarden-lab-${id}`) : `/srv/lab/${id}`;
  return { inside, outside: join(root, inside) };
}

/**
 * All directories that lab `id` may have: its Asterisk's, and those of its phones that are programs of their
 * own.
 */
export function labDirectories(root: string, id: string): string[] {
  const roots = new Set([root, '', rootFolder('sid')]);
  return [...roots].map((one) => labDirectory(one, id).outside);
}

/**
 * Calls `cleanUp` if we exit before this is disposed of. What a killed process leaves is swept by the next
 * run.
 */
export function atExit(cleanUp: () => void): Disposable {
  process.on('exit', cleanUp);
  return { [Symbol.dispose]: () => void process.off('exit', cleanUp) };
}
