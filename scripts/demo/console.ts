// The demo's console: an account for whoever watches, with a phone of the house that a call is picked up on.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { addAccount } from '../../src/admin/accounts.ts';
import { openStore } from '../../src/store/open.ts';
import { createPasswordHasher } from '../../src/store/password-hash.ts';
import type { Pbx } from '../../test/pbx.ts';

export interface DemoLogin {
  readonly url: string;
  readonly name: string;
  readonly password: string;
}

/** Drawn anew for each demo, as the console may be looked at by others on this machine. */
export async function addDemoLogin(
  pbx: Pick<Pbx, 'directory' | 'web'>,
  extension: string,
): Promise<DemoLogin> {
  const password = randomBytes(12).toString('base64url');
  using store = openStore(join(pbx.directory, 'callwarden.db'));
  const context = { store, actor: 'demo', pbx: 'lab', nowMs: Date.now() };
  const words = { displayName: 'Somebody who looks around', roles: ['administrator'], extension };
  await addAccount(context, 'demo', words, { chosen: password }, createPasswordHasher(), false);
  return { url: pbx.web.url, name: 'demo', password };
}

export function loginLine({ url, name, password }: DemoLogin): string {
  return `${styleText('bold', `The console: ${url}`)}    name: ${name}    password: ${password}`;
}

export function tellLogin(login: DemoLogin, minutes: number): void {
  console.log(`
${loginLine(login)}

Calls go on for ${minutes} minutes, or until Ctrl-C. Look at Live: when a call rings for 1002, click Pick up: the phone 1003 rings,
answers and has it. Open a refused call to see why it was refused, and change the rule that did so.`);
}
