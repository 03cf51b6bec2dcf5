// The block that Asterisk opens a FastAGI connection with, read strictly: whatever is not of its form is no question.
import { JOBS } from '../dialplan/variables.ts';

export const HEADER_BYTES_MAX = 8192;
/** More than the routine sends. */
const ARGUMENTS_MAX = 16;
/** AST_CHANNEL_NAME and AST_MAX_UNIQUEID are shorter (include/asterisk/channel.h). */
const NAME_LENGTH_MAX = 200;

/** The channel that asks, and the arguments of the question, as `Stasis()` would bring them. */
export interface AgiQuestion {
  readonly channel: { readonly id: string; readonly name: string; readonly state: string };
  readonly args: readonly string[];
}

export type AgiHeader =
  | { readonly kind: 'question'; readonly question: AgiQuestion }
  | { readonly kind: 'bad'; readonly why: string };

/** What Asterisk sends before the arguments, in its order (res_agi.c, launch_netscript and setup_env; 16 to 22). */
const KEYS: readonly string[] =
  `network network_script request channel language type uniqueid version callerid calleridname callingpres callingani2
  callington callingtns dnid rdnis context extension priority enhanced accountcode threadid`
    .split(/\s+/)
    .map((name) => `agi_${name}`);
const STATE = 'state=';

const bad = (why: string): AgiHeader => ({ kind: 'bad', why });

/**
 * Reads the lines before the empty one. A caller's name and number stand among them as the phone sent them, and Asterisk
 * writes them as they are: one that holds a line break brings lines of its own. So every line must be the one that stands
 * there in Asterisk's order, which leaves no room for a repeated or a foreign one, and a control character is none of them.
 * Bytes that are no UTF-8 are borne only where nothing reads them.
 */
export function readAgiHeader(block: Buffer): AgiHeader {
  if (block.length > HEADER_BYTES_MAX) return bad(`it is longer than ${HEADER_BYTES_MAX} bytes`);
  const text = block.toString('latin1');
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text)) return bad('it holds a control character');
  const lines = text.split('\n');
  if (lines.length > KEYS.length + ARGUMENTS_MAX) return bad(`it has ${lines.length} lines`);
  const values = new Map<string, string>();
  const keys = [...KEYS, ...lines.slice(KEYS.length).map((_line, index) => argumentKey(index))];
  for (const [index, key] of keys.entries()) {
    const line = lines[index];
    if (!line?.startsWith(`${key}: `)) return bad(`it has no ${key}, or not at its place`);
    values.set(key, line.slice(key.length + 2));
  }
  if (values.get('agi_network_script') !== JOBS.screen) return bad('it asks for another script');
  return questionIn(values, lines.length - KEYS.length);
}

const argumentKey = (index: number) => `agi_arg_${index + 1}`;

function questionIn(values: ReadonlyMap<string, string>, count: number): AgiHeader {
  const args: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const argument = asUtf8(values.get(argumentKey(index)));
    if (argument === null) return bad('an argument is empty or no UTF-8');
    args.push(argument);
  }
  const id = asUtf8(values.get('agi_uniqueid'));
  const name = asUtf8(values.get('agi_channel'));
  if (id === null || name === null) return bad('it names no channel');
  if (id.length > NAME_LENGTH_MAX || name.length > NAME_LENGTH_MAX) return bad('a name is too long');
  const state = args.find((argument) => argument.startsWith(STATE))?.slice(STATE.length) ?? '';
  return { kind: 'question', question: { channel: { id, name, state }, args } };
}

/** Null for nothing, and for bytes that are no UTF-8. */
function asUtf8(bytes: string | undefined): string | null {
  if (bytes === undefined || bytes === '') return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return null;
  }
}
