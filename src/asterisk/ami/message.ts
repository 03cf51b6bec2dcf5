// The guard at the door of AMI, a line protocol: what goes out holds no line of its own, what comes in is plain data.

import { AppError } from '../../errors.ts';

/** Somebody took a ringing call, as Asterisk tells it. Proof of nothing: dialled text can forge AMI lines. */
export interface AmiPickup {
  /** When it arrived. */
  readonly atMs: number;
  readonly pickerChannelName: string;
  readonly pickerChannelId: string;
  readonly targetChannelName: string;
  readonly targetChannelId: string;
  /** Of the call that was taken. */
  readonly linkedId: string;
}

/** Headers of one block, names in lower case, on an object without prototype. */
export type AmiHeaders = Readonly<Record<string, string>>;

const HEADERS_MAX = 100;
const NAME_LENGTH_MAX = 64;
const VALUE_LENGTH_MAX = 1024;
/** A line of a dialplan (pbx_config reads lines of 8 kB, main/config.c). */
const ROW_VALUE_LENGTH_MAX = 8192;
/** A line break or NUL would start an action of its own: remote control of the PBX by a caller's name. */
const LINE_BREAK = /[\r\n\0]/;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

/** Throws `AppError('invalid')` for what must not be sent; never repairs it. */
export function checkFields(fields: Readonly<Record<string, string>>): void {
  const entries = Object.entries(fields);
  if (entries.length > HEADERS_MAX)
    throw new AppError('invalid', `An AMI action takes ${HEADERS_MAX} fields at most.`);
  for (const [name, value] of entries) {
    if (!HEADER_NAME.test(name) || name.length > NAME_LENGTH_MAX) {
      throw new AppError(
        'invalid',
        `${JSON.stringify(name.slice(0, NAME_LENGTH_MAX))} is no name of an AMI field.`,
      );
    }
    checkValue(name, value);
  }
}

/** Throws `AppError('invalid')`; the message does not repeat the value, which may be a password. */
export function checkValue(name: string, value: string): void {
  if (LINE_BREAK.test(value)) {
    throw new AppError(
      'invalid',
      `${name} holds a line break or NUL, which AMI would read as a new line; remove it.`,
    );
  }
  if (value.length > VALUE_LENGTH_MAX) {
    throw new AppError('invalid', `${name} is longer than ${VALUE_LENGTH_MAX} characters; shorten it.`);
  }
}

/** Plain headers of a block that asterisk-manager parsed; repeated and structured ones are left out. */
export function readHeaders(raw: unknown): AmiHeaders {
  return readPlain(raw, VALUE_LENGTH_MAX);
}

/** The same for an event of a list, whose values may be long. */
export function readListRow(raw: unknown): AmiHeaders {
  return readPlain(raw, ROW_VALUE_LENGTH_MAX);
}

function readPlain(raw: unknown, lengthMax: number): AmiHeaders {
  const headers: Record<string, string> = Object.create(null);
  if (typeof raw !== 'object' || raw === null) return headers;
  for (const [name, value] of Object.entries(raw).slice(0, HEADERS_MAX)) {
    if (typeof value !== 'string' || name.length > NAME_LENGTH_MAX) continue;
    headers[name] = value.slice(0, lengthMax);
  }
  return headers;
}

/** A `Pickup` event (main/pickup.c, call_pickup_to_ami), or null when it is another event or incomplete. */
export function readPickup(headers: AmiHeaders, atMs: number): AmiPickup | null {
  if (headers['event'] !== 'Pickup') return null;
  const { channel, uniqueid, targetchannel, targetuniqueid, targetlinkedid } = headers;
  if (!channel || !uniqueid || !targetchannel || !targetuniqueid || !targetlinkedid) return null;
  return {
    atMs,
    pickerChannelName: channel,
    pickerChannelId: uniqueid,
    targetChannelName: targetchannel,
    targetChannelId: targetuniqueid,
    linkedId: targetlinkedid,
  };
}
