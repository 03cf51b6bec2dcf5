// A lab for the tests of the ARI links: its dialplan, calls without phones, and a recorder of events.
import assert from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isRecord } from '../../../src/asterisk/ari/events.ts';
import type { AriEvent, AriLink, AriOptions } from '../../../src/asterisk/ari/link.ts';
import { type Lab, type LabOptions, startLab } from '../../lab/lab.ts';
import { eventually } from '../../lab/processes.ts';

export const APPLICATION = 'callwarden';
export const EVENT_DEADLINE_MS = 20_000;

/** `stasis` is what is tested; the others are the other end of a call. */
export const ariDialplan: string = `[general]
[lab]
exten => stasis,1,Stasis(${APPLICATION},screen,two%20words,5)
 same => n(next),Wait(30)
exten => second,1,Stasis(callwarden-b,screen,two%20words,5)
 same => n,Wait(30)
exten => offered,1,TryExec(StasisBroadcast(5000,^(callwarden|callwarden-b)$,screen:two%20words:5))
 same => n,Wait(30)
exten => anybody,1,StasisBroadcast(5000,,sales)
 same => n,Wait(30)
exten => other,1,Stasis(somebody-else)
 same => n,Wait(30)
exten => target,1,NoOp()
 same => n(place),Wait(30)
exten => quiet,1,Wait(30)
exten => press,1,SendDTMF(049*AD#,40,80)
 same => n,Wait(30)
exten => talk,1,Answer()
 same => n,Wait(30)
exten => busy,1,Set(COUNT=0)
 same => n(again),Set(COUNT=$[\${COUNT} + 1])
 same => n,GotoIf($[\${COUNT} < 200]?again)
 same => n,Wait(30)
`;

export function startAriLab(asterisk: LabOptions['asterisk'] & number): Promise<Lab> {
  return startLab({
    asterisk,
    extensions: ['1001', '1002', '1003'],
    dialplan: ariDialplan,
    modules: ['res_ari_device_states', 'res_pjsip_messaging'],
    verbosity: 0,
  });
}

/** One request to ARI beside the link under test; the parsed answer. */
export async function ask(lab: Lab, method: string, path: string): Promise<Record<string, unknown>> {
  const { url, username, password } = lab.ari;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const response = await fetch(`${url}/${path}`, { method, headers: { authorization } });
  const text = await response.text();
  assert(response.ok, `${method} ${path}: ${response.status} ${text}`);
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  assert(isRecord(answer), `${method} ${path} answers with an object`);
  return answer;
}

/**
 * Places a call without phones: a Local channel whose far end runs `extension`, unanswered, while its near end waits.
 * The far end is the channel of interest; its id ends in `;2` by our choice. The near end runs `near` once it is answered.
 */
export async function placeCall(lab: Lab, extension: string, near = 'quiet'): Promise<string> {
  calls += 1;
  const id = `call-${calls}`;
  const query = new URLSearchParams({
    endpoint: `Local/${extension}@lab/n`,
    extension: near,
    context: 'lab',
    priority: '1',
    channelId: `${id}-near`,
    otherChannelId: `${id}-far`,
    formats: 'ulaw',
  });
  await ask(lab, 'POST', `channels?${query.toString()}`);
  return `${id}-far`;
}
let calls = 0;

export async function hangUpAll(lab: Lab): Promise<void> {
  await lab.console('channel request hangup all');
  await lab.waitIdle();
}

/** Stops Asterisk. A signal stops the threads of a process a moment after it was sent; this waits for the last. */
export async function freeze(lab: Lab): Promise<void> {
  await lab.kill('SIGSTOP');
  const pid = readFileSync(join(lab.directory, 'run/asterisk.pid'), 'utf8').trim();
  const threads = `/proc/${pid}/task`;
  const stopped = (thread: string): boolean =>
    /^State:\s*T/m.test(readFileSync(`${threads}/${thread}/status`, 'utf8'));
  assert(await eventually(() => readdirSync(threads).every(stopped), EVENT_DEADLINE_MS), 'it does not stop');
}

/** One link under test, on one Asterisk. */
export interface Contract {
  readonly kind: AriLink['kind'];
  readonly lab: Lab;
  record(): Recorder;
  connect(options: AriOptions, signal?: AbortSignal): Promise<AriLink>;
}

export interface Recorder {
  readonly events: AriEvent[];
  readonly problems: string[];
  options(changes?: Partial<AriOptions>): AriOptions;
  /** The first event of the type for this channel; rejects where none comes. */
  waitFor<T extends AriEvent['type']>(type: T, channelId?: string): Promise<Extract<AriEvent, { type: T }>>;
}

/** Options for a link to this lab, and what came through it. */
export function record(lab: Lab): Recorder {
  const events: AriEvent[] = [];
  const problems: string[] = [];
  return {
    events,
    problems,
    options: (changes = {}) => ({
      ...lab.ari,
      application: APPLICATION,
      commandDeadlineMs: 1000,
      connectDeadlineMs: 3000,
      onEvent: (event) => void events.push(event),
      onProblem: (message) => void problems.push(message),
      ...changes,
    }),
    async waitFor(type, channelId) {
      const find = () =>
        events.find((event): event is Extract<AriEvent, { type: typeof type }> => {
          if (event.type !== type) return false;
          return channelId === undefined || ('channel' in event && event.channel.id === channelId);
        });
      await eventually(() => find() !== undefined, EVENT_DEADLINE_MS);
      const found = find();
      assert(found, `no ${type} of ${channelId ?? 'any channel'} came; there were ${listTypes(events)}`);
      return found;
    },
  };
}

function listTypes(events: readonly AriEvent[]): string {
  return events.map((event) => event.type).join(', ') || 'none';
}

/** The code of the AppError that the promise rejects with, and its message; fails when it resolves. */
export async function failureOf(promise: Promise<unknown>): Promise<{ code: unknown; message: string }> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  assert(outcome instanceof Error, 'it did not fail');
  return { code: 'code' in outcome ? outcome.code : undefined, message: outcome.message };
}
