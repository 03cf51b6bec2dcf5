// What the screening routine asks: the arguments of `Stasis(callwarden,screen,…)` as a value.
import { identify, type Identity } from './identity.ts';

export interface ScreeningRequest {
  readonly channelId: string;
  readonly channelName: string;
  /** Joins the records of one call; the channel's own id where the routine did not say. */
  readonly linkedId: string;
  readonly nonce: string;
  /** What was dialled, byte for byte. */
  readonly dialled: string;
  readonly identity: Identity;
  /** Of the channel (`fr`); '' where the routine did not say. */
  readonly language: string;
  /** The fingerprint of the dialplan that asks; '' where it does not say, as those of before did not. */
  readonly version: string;
}

/** Arguments beyond this are not looked at; the routine sends nine. */
const ARGUMENTS_MAX = 16;

/**
 * Reads the named, URI-encoded arguments behind the job name. Null when they are not of the routine's form (a
 * repeated name, bad encoding, no nonce, nothing dialled): such a question gets no answer, and no answer is no permission.
 */
export function readScreeningRequest(
  channel: { readonly id: string; readonly name: string },
  args: readonly string[],
  isExtension: (endpoint: string) => boolean,
): ScreeningRequest | null {
  const named = readNamedArguments(args);
  const nonce = named?.get('nonce');
  const dialled = named?.get('dialled');
  if (!named || !nonce || !dialled) return null;
  return {
    channelId: channel.id,
    channelName: channel.name,
    linkedId: named.get('linkedid') || channel.id,
    nonce,
    dialled,
    identity: identify(
      {
        channelName: channel.name,
        transferer: named.get('transferer') ?? '',
        forwarder: named.get('forwarder') ?? '',
        vouchedPayer: named.get('payer') ?? '',
        outsideCaller: named.get('outside') ?? '',
      },
      isExtension,
    ),
    language: named.get('language') ?? '',
    version: named.get('version') ?? '',
  };
}

/** `name=value` pairs, values percent-decoded (func_uri.c encodes); null when one is malformed or repeated. */
export function readNamedArguments(args: readonly string[]): ReadonlyMap<string, string> | null {
  if (args.length > ARGUMENTS_MAX) return null;
  const named = new Map<string, string>();
  for (const argument of args) {
    const at = argument.indexOf('=');
    if (at < 1) return null;
    const name = argument.slice(0, at);
    if (named.has(name)) return null;
    try {
      named.set(name, decodeURIComponent(argument.slice(at + 1)));
    } catch {
      return null;
    }
  }
  return named;
}
