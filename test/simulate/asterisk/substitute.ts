// Variables, functions and expressions in a line of the dialplan, as far as Callwarden's dialplan uses them.
import { evaluate } from './expression.ts';

/** What a line can see. */
export interface Sight {
  /** '' where it is not set. */
  variable(name: string): string;
  /** A function that needs the channel; null where it does not exist. */
  ask(name: string, argument: string): string | null;
}

/** The line with everything in it replaced, once, from left to right (main/pbx_variables.c). */
export function substitute(text: string, sight: Sight): string {
  let result = '';
  for (let at = 0; at < text.length;) {
    const opening = text.slice(at, at + 2);
    if (opening !== '${' && opening !== '$[') {
      result += text.charAt(at);
      at += 1;
      continue;
    }
    const end = closing(text, at + 2, opening === '${' ? '{' : '[');
    const inner = text.slice(at + 2, end);
    result += opening === '${' ? variable(inner, sight) : evaluate(substitute(inner, sight));
    at = end + 1;
  }
  return result;
}

/** The bracket that closes what was opened before `from`. */
function closing(text: string, from: number, open: '{' | '['): number {
  const close = open === '{' ? '}' : ']';
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === open) depth += 1;
    else if (text.charAt(at) === close) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`Nothing closes ${open} in ${text}`);
}

function variable(inner: string, sight: Sight): string {
  // The arguments of a function are replaced before it is called.
  const said = substitute(inner, sight);
  const [, name = said, skip, count] = /^(.*?):(-?\d+)(?::(-?\d+))?$/s.exec(said) ?? [];
  const value = callOrRead(name, sight);
  if (skip === undefined) return value;
  const rest = value.slice(Number(skip));
  return count === undefined ? rest : rest.slice(0, Number(count));
}

function callOrRead(name: string, sight: Sight): string {
  const [, called, argument = ''] = /^(\w+)\((.*)\)$/s.exec(name) ?? [];
  if (called === undefined) return sight.variable(name);
  const own = functions[called];
  if (own) return own(argument);
  const answer = sight.ask(called, argument);
  if (answer === null) throw new Error(`The model knows no function ${called}`);
  return answer;
}

const functions: Readonly<Record<string, (argument: string) => string>> = {
  LEN: (text) => String(Buffer.byteLength(text)),
  FILTER: (text) => filter(text),
  IF: (text) => choose(text),
  URIENCODE: (text) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`),
  URIDECODE: (text) => decodeURIComponent(text),
  ISNULL: (text) => (text === '' ? '1' : '0'),
};

/** func_logic.c: `condition?then:else`. */
function choose(text: string): string {
  const at = text.indexOf('?');
  const rest = text.slice(at + 1);
  const colon = rest.indexOf(':');
  const [yes, no] = colon < 0 ? [rest, ''] : [rest.slice(0, colon), rest.slice(colon + 1)];
  return isTrue(text.slice(0, at).trim()) ? yes : no;
}

/** main/pbx.c, pbx_checkcondition. */
export function isTrue(condition: string): boolean {
  if (condition === '') return false;
  return /^-?\d/.test(condition) ? Number.parseInt(condition, 10) !== 0 : true;
}

/** func_strings.c: the allowed characters come first, with ranges and `\x` escapes. */
function filter(text: string): string {
  const comma = text.indexOf(',');
  const set = text.slice(0, comma);
  const allowed = new Set<string>();
  const chars = [...set.matchAll(/\\x([0-9a-fA-F]{2})|(.)-(.)|(.)/gs)];
  for (const [, code, from, to, single] of chars) {
    if (code !== undefined) allowed.add(String.fromCharCode(Number.parseInt(code, 16)));
    else if (single !== undefined) allowed.add(single);
    else if (from !== undefined && to !== undefined) {
      for (let at = from.charCodeAt(0); at <= to.charCodeAt(0); at += 1) allowed.add(String.fromCharCode(at));
    }
  }
  return text
    .slice(comma + 1)
    .split('')
    .filter((char) => allowed.has(char))
    .join('');
}
