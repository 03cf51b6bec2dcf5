// What the doctor asks Asterisk, over AMI and ARI: reading alone, and each answer or the reason why there is none.
import { AppError, messageOf } from '../../errors.ts';
import { connectAmi, type AmiConnection, type AmiOptions } from '../ami/connection.ts';
import { readAddress, readDoorError, readDoorStatus } from '../ari/address.ts';
import { isRecord } from '../ari/events.ts';
import type { AriOptions } from '../ari/link.ts';
import { readVersion } from '../ari/version.ts';
import { readDialplan, type Dialplan } from './dialplan.ts';

const LIST_DEADLINE_MS = 30_000;
/** Endpoints whose context is asked for, one question each. */
const ENDPOINTS_MAX = 5_000;
const QUESTIONS_AT_ONCE = 4;
const GLOBALS_MAX = 200;

/** An answer, or a sentence that says why there is none. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

export interface AsteriskFacts {
  readonly version: Read<string>;
  readonly modules: Read<readonly string[]>;
  readonly endpoints: Read<readonly string[]>;
  /** Context in which the calls of a PJSIP endpoint land. */
  readonly contexts: Read<ReadonlyMap<string, string>>;
  /** Names of the sounds that Asterisk has, in whatever language; needs res_ari_sounds. */
  readonly sounds: Read<ReadonlySet<string>>;
  readonly dialplan: Read<Dialplan>;
  readonly queues: ReadonlyMap<string, readonly string[]>;
  readonly globals: ReadonlyMap<string, string>;
}

export type AriDoor = Pick<AriOptions, 'url' | 'username' | 'password' | 'application'>;
type Ask = (path: string) => Promise<unknown>;

export async function readAsterisk(
  ari: AriDoor,
  ami: Omit<AmiOptions, 'onPickup' | 'onProblem'> | null,
  deadlineMs: number,
): Promise<AsteriskFacts> {
  const ask: Ask = (path) => get(ari, path, deadlineMs);
  const version = await reading(async () => readVersion(await ask('asterisk/info?only=system')));
  if ('problem' in version) {
    const lost = { problem: version.problem };
    const { dialplan, queues } = await readOverAmi(ami);
    const none = { modules: lost, endpoints: lost, contexts: lost, sounds: lost };
    return { version, ...none, dialplan, queues, globals: new Map() };
  }
  const modules = await reading(async () => modulesIn(await ask('asterisk/modules')));
  const sounds = await reading(async () => soundsIn(await ask('sounds')));
  const listed = await reading(async () => endpointsIn(await ask('endpoints')));
  const { dialplan, queues } = await readOverAmi(ami);
  const contexts = 'value' in listed ? await reading(() => contextsOf(ask, listed.value)) : listed;
  const globals = 'value' in dialplan ? await globalsOf(ask, dialplan.value) : new Map<string, string>();
  const endpoints = 'value' in listed ? { value: listed.value.map(({ name }) => name) } : listed;
  return { version, modules, endpoints, contexts, sounds, dialplan, queues, globals };
}

async function reading<T>(read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

async function get(ari: AriDoor, path: string, deadlineMs: number): Promise<unknown> {
  const address = readAddress(ari);
  let response: Response;
  try {
    response = await fetch(`${address.origin}${address.path}/${path}`, {
      headers: { authorization: address.authorization },
      signal: AbortSignal.timeout(deadlineMs),
    });
  } catch (error) {
    throw readDoorError(error instanceof Error ? (error.cause ?? error) : error, address.shown);
  }
  if (response.ok) return response.json();
  // Behind ARI's own door a 404 is about what was asked for.
  if (response.status === 404) throw new AppError('not-found', `Asterisk does not know ${path}.`);
  throw readDoorStatus(response.status, address.shown, ari.username);
}

const records = (body: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(body) ? body.filter((item): item is Record<string, unknown> => isRecord(item)) : [];

const text = (value: unknown) => (typeof value === 'string' ? value : '');

function modulesIn(body: unknown): readonly string[] {
  return records(body)
    .filter(({ status }) => status === 'Running')
    .map(({ name }) => text(name).replace(/\.so$/, ''));
}

function soundsIn(body: unknown): ReadonlySet<string> {
  return new Set(records(body).map(({ id }) => text(id)));
}

interface Endpoint {
  readonly technology: string;
  readonly name: string;
}

function endpointsIn(body: unknown): readonly Endpoint[] {
  return records(body).map(({ technology, resource }) => ({
    technology: text(technology),
    name: text(resource),
  }));
}

async function contextsOf(ask: Ask, endpoints: readonly Endpoint[]): Promise<ReadonlyMap<string, string>> {
  const contexts = new Map<string, string>();
  const wanted = endpoints.filter(({ technology }) => technology === 'PJSIP').slice(0, ENDPOINTS_MAX);
  for (let at = 0; at < wanted.length; at += QUESTIONS_AT_ONCE) {
    const some = wanted.slice(at, at + QUESTIONS_AT_ONCE);
    const fields = await Promise.all(
      some.map(({ name }) => ask(`asterisk/config/dynamic/res_pjsip/endpoint/${encodeURIComponent(name)}`)),
    );
    for (const [index, { name }] of some.entries()) {
      const field = records(fields[index]).find(({ attribute }) => attribute === 'context');
      contexts.set(name, text(field?.['value']));
    }
  }
  return contexts;
}

/** Names in the dialplan that could be global variables, and the two that say where transfers and forwards go on. */
async function globalsOf(ask: Ask, plan: Dialplan): Promise<ReadonlyMap<string, string>> {
  const texts = [...plan.values()]
    .filter(({ name }) => !name.startsWith('callwarden-'))
    .flatMap(({ extensions }) => extensions.flatMap(({ steps }) => [...steps.values()]))
    .filter(({ application }) => /^(?:retry)?dial$|^goto|^gosub|^page$|^originate$/i.test(application))
    .flatMap(({ data }) => [...data.matchAll(/\$\{([A-Za-z_]\w*)\}/g)].map(([, name = '']) => name));
  const ofTheCall =
    /^(?:EXTEN|CONTEXT|PRIORITY|UNIQUEID|CHANNEL|HANGUPCAUSE|DIALSTATUS|ARG\d+|CALLWARDEN_.*)$/;
  const names = [...new Set(['TRANSFER_CONTEXT', 'FORWARD_CONTEXT', ...texts])]
    .filter((name) => !ofTheCall.test(name))
    .slice(0, GLOBALS_MAX);
  const globals = new Map<string, string>();
  for (const name of names) {
    const answer = await reading(() => ask(`asterisk/variable?variable=${name}`));
    const value = 'value' in answer && isRecord(answer.value) ? text(answer.value['value']) : '';
    if (value !== '') globals.set(name, value);
  }
  return globals;
}

async function readOverAmi(
  options: Omit<AmiOptions, 'onPickup' | 'onProblem'> | null,
): Promise<Pick<AsteriskFacts, 'dialplan' | 'queues'>> {
  const none = new Map<string, readonly string[]>();
  if (options === null) return { dialplan: { problem: 'AMI is switched off in [ami]' }, queues: none };
  const connected = await reading(() =>
    connectAmi(
      { ...options, onPickup: () => undefined, onProblem: () => undefined },
      new AbortController().signal,
    ),
  );
  if ('problem' in connected) return { dialplan: connected, queues: none };
  await using ami = connected.value;
  const dialplan = await reading(async () =>
    readDialplan(await ami.list('ShowDialPlan', {}, LIST_DEADLINE_MS)),
  );
  const queues = await reading(() => queuesOver(ami));
  return { dialplan, queues: 'value' in queues ? queues.value : none };
}

/** apps/app_queue.c, manager_queues_status: no class is needed for it. */
async function queuesOver(ami: AmiConnection): Promise<ReadonlyMap<string, readonly string[]>> {
  const queues = new Map<string, string[]>();
  for (const { event, queue, location } of await ami.list('QueueStatus', {}, LIST_DEADLINE_MS)) {
    if (event !== 'QueueMember' || queue === undefined || location === undefined) continue;
    queues.set(queue, [...(queues.get(queue) ?? []), location]);
  }
  return queues;
}
