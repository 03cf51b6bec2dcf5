// The block that Asterisk opens a FastAGI connection with, read strictly: whatever is not of its form is no question.
import { JOBS } from '../dialplan/variables.ts';

export const HEADER_BYTES_MAX = 8192;
const LINES_MAX = 64;
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

/** What Asterisk sends beside the arguments (res_agi.c, launch_netscript and setup_env), in its order. */
const KEYS: ReadonlySet<string> = new Set(
  `network network_script request channel language type uniqueid version callerid calleridname callingpres callingani2
  callington callingtns dnid rdnis context extension priority enhanced accountcode threadid`
    .split(/\s+/)
    .map((name) => `agi_${name}`),
);
const ARGUMENT_KEY = /^agi_arg_([1-9]\d?)$/;
const STATE = 'state=';

const bad = (why: string): AgiHeader => ({ kind: 'bad', why });

/**
 * Reads the lines before the empty one. A caller's name and number stand among them as the phone sent them, and Asterisk
 * writes them as they are: one that holds a line break brings lines of its own, which is why a repeated key, an unknown one
 * or a control character makes the whole block bad. Bytes that are no UTF-8 are borne only where nothing reads them.
 */
export function readAgiHeader(block: Buffer): AgiHeader {
  if (block.length > HEADER_BYTES_MAX) return bad(`it is longer than ${HEADER_BYTES_MAX} bytes`);
  const lines = block.toString('latin1').split('\n');
  if (lines.length > LINES_MAX) return bad(`it has more than ${LINES_MAX} lines`);
  const values = new Map<string, string>();
  for (const line of lines) {
    const wrong = readLine(line, values);
    if (wrong !== null) return bad(wrong);
  }
  if (lines[0] !== 'agi_network: yes') return bad('it does not begin as one of Asterisk');
  if (values.get('agi_network_script') !== JOBS.screen) return bad('it asks for another script');
  return questionIn(values);
}

/** Takes one line up; what is wrong with it, or null. */
function readLine(line: string, values: Map<string, string>): string | null {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(line)) return 'it holds a control character';
  const at = line.indexOf(': ');
  const key = at < 0 ? '' : line.slice(0, at);
  if (!KEYS.has(key) && !ARGUMENT_KEY.test(key)) return 'it has a line of unknown form';
  if (values.has(key)) return `it has ${key} twice`;
  values.set(key, line.slice(at + 2));
  return null;
}

function questionIn(values: ReadonlyMap<string, string>): AgiHeader {
  const args: string[] = [];
  const given = [...values.keys()].filter((key) => ARGUMENT_KEY.test(key)).length;
  if (given > ARGUMENTS_MAX) return bad(`it has more than ${ARGUMENTS_MAX} arguments`);
  for (let index = 1; index <= given; index += 1) {
    const argument = asUtf8(values.get(`agi_arg_${index}`));
    if (argument === null) return bad('an argument is missing or no UTF-8');
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
