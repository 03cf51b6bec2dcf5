// What the pickup codes ask: the arguments of `Stasis(callwarden,pickup,…)` and of the second question, as values.
import type { AriChannel } from './ari/link.ts';
import type { PickupKind, PickupRequest } from '../pickup/call.ts';
import { readNamedArguments } from './screening-request.ts';

export interface PickupQuestion {
  readonly nonce: string;
  readonly channelName: string;
  readonly request: PickupRequest;
}

/** What can be asked for, and whether something is named: an extension, a group's number, a call. */
const NAMES_TARGET: Readonly<Record<PickupKind, boolean>> = {
  directed: true,
  group: false,
  'other-group': true,
  any: false,
  exact: true,
};

/**
 * Reads the named arguments behind the job name. Null when they are not of the routine's form: such a question gets
 * no answer, and no answer takes nothing. The picker is the endpoint of his channel, whatever caller ID it shows.
 */
export function readPickupQuestion(
  channel: Pick<AriChannel, 'id' | 'name'>,
  args: readonly string[],
  extensionOf: (channelName: string) => string | null,
): PickupQuestion | null {
  const named = readNamedArguments(args);
  const nonce = named?.get('nonce');
  const kind = named?.get('kind');
  const target = named?.get('target') ?? '';
  if (!nonce || !isKind(kind) || NAMES_TARGET[kind] !== (target !== '')) return null;
  return {
    nonce,
    channelName: channel.name,
    request: {
      kind,
      picker: extensionOf(channel.name),
      pickerChannelId: channel.id,
      target: target === '' ? null : target,
    },
  };
}

/** The nonce of the question why a pickup was lost; null when it is not of the routine's form. */
export function readMissedNonce(args: readonly string[]): string | null {
  return readNamedArguments(args)?.get('nonce') || null;
}

function isKind(kind: string | undefined): kind is PickupKind {
  return kind !== undefined && Object.hasOwn(NAMES_TARGET, kind);
}
