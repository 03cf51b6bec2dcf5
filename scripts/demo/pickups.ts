// The demo's second half: ringing calls taken by a code, and pickers who get nothing and hear why.
import type { IncomingCall } from '../../test/lab/phone/incoming-call.ts';
import type { OutgoingCall } from '../../test/lab/phone/outgoing-call.ts';
import type { Phone } from '../../test/lab/phone/phone.ts';
import { eventually } from '../../test/lab/processes.ts';
import type { Pbx } from '../../test/pbx.ts';
import { bad, command, event, good, line } from './say.ts';

const OUTCOME_DEADLINE_MS = 5000;

/** One phone calls another, which rings and is not answered. */
export async function letRing(
  caller: Phone,
  number: string,
  ringing: Phone,
): Promise<[OutgoingCall, IncomingCall]> {
  const call = await caller.call(number);
  const incoming = await ringing.nextCall();
  await call.waitRinging();
  event(`${caller.extension} calls ${number}: ${ringing.extension} rings`);
  return [call, incoming];
}

/** Dials the code on each phone at the same instant and tells what each of them got. */
export async function takeAndTell(pickers: readonly Phone[], code: string): Promise<readonly OutgoingCall[]> {
  const calls = await Promise.all(pickers.map((picker) => picker.call(code)));
  const finals = await Promise.all(calls.map((call) => call.waitFinal()));
  for (const [index, picker] of pickers.entries()) {
    const final = finals[index];
    const call = calls[index];
    if (!final || !call) continue;
    // Both may be answered: the winner hears the caller, the loser an announcement and the end of the call.
    await eventually(() => call.ending !== null || call.hearing.voices.size > 0, OUTCOME_DEADLINE_MS);
    const heard = call.hearing.announcements.map(({ name }) => `“${name}”`).join(', ');
    const got =
      call.ending === null ? good('has the call') : bad(`gets nothing, hears ${heard || 'nothing'}`);
    line(`${picker.extension} ${code}`, `${got} (SIP ${final.status})`);
  }
  return calls;
}

export async function tellFirstPhone(phone: Phone, incoming: IncomingCall): Promise<void> {
  const reasons = await incoming.waitCancelled();
  const text = reasons.map(
    ({ protocol, cause, text: words }) => `${protocol} ${cause}${words ? ` “${words}”` : ''}`,
  );
  line(phone.extension, `stops ringing: CANCEL with ${text.join(', ')}`);
}

/** The last pickup record, as `callwarden calls` has it. */
export async function tellRecord(pbx: Pbx): Promise<void> {
  const { calls } = (await pbx.json('calls --kind pickup --limit 1')) as {
    calls: { party: string; via: string; verdict: string; outcome: string; rule: string }[];
  };
  const [record] = calls;
  if (record)
    line(
      'record',
      `${record.party} ${record.via}: ${record.verdict}, ${record.outcome}, rule ${record.rule}`,
    );
}

/** A command and what it prints. */
export async function showCommand(pbx: Pbx, words: string): Promise<void> {
  command(words);
  const { output } = await pbx.callwarden(words);
  console.log(output.trimEnd().replaceAll(/^(?=.)/gm, '    '));
}
