// `scripts/lab call`: places a call as one of the extensions, and tells what happened to it.
import { setTimeout as sleep } from 'node:timers/promises';

import { AppError } from '../../../src/errors.ts';
import { labBook } from '../lab-files.ts';
import type { OutgoingCall } from '../phone/outgoing-call.ts';
import { Phone } from '../phone/phone.ts';
import { UserAgent } from '../phone/user-agent.ts';
import { chooseLab, type WhichLab } from './running.ts';

const answerDeadlineMs = 60_000;

/** Places the call, stays a moment after the answer, and prints each message and what was heard. */
export async function placeCall(
  from: string,
  number: string,
  options: WhichLab & { readonly seconds: string },
): Promise<void> {
  const { access } = chooseLab(options);
  const account = access.accounts.find(({ extension }) => extension === from);
  if (account === undefined) throw new AppError('not-found', `The lab has no extension ${from}.`);
  const credentials = { username: from, password: account.password };
  const agent = await UserAgent.open({ address: '127.0.0.1', user: from, credentials, server: access.sip });
  agent.book = labBook(access.announcements, access.accounts);
  await using phone = new Phone(agent);
  const call = await phone.call(number);
  process.on('SIGINT', () => void call.giveUp());
  await call.waitFinal(answerDeadlineMs);
  if (call.ending === null)
    await Promise.race([sleep(Number(options.seconds) * 1000), call.waitEnded(3_600_000)]);
  await call.giveUp();
  process.stdout.write(`${call.story()}\n\n${tellOutcome(call)}\n`);
}

function tellOutcome(call: OutgoingCall): string {
  const { final, hearing } = call;
  const cause = final?.cause === null || final?.cause === undefined ? '' : `, cause ${final.cause}`;
  const announcements = hearing.announcements.map(({ name, early }) =>
    early ? `${name} (before any answer)` : name,
  );
  const voices = [...hearing.voices].map((name) => `the voice of ${name}`);
  const heard = [...announcements, ...voices, ...(hearing.musicOnHold ? ['music on hold'] : [])];
  if (heard.length === 0) heard.push('nothing');
  return `${final?.status} ${final?.phrase}${cause}; heard: ${heard.join(', ')}`;
}
