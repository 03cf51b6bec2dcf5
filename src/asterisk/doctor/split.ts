// Cutting the arguments of applications: commas, colons and question marks inside brackets and quotes do not count.

const OPENING = '([{';
const CLOSING = ')]}';

/** The parts between the separators of the outermost level; at most `max`, the last with all the rest. */
export function splitOutside(text: string, separator: string, max = Number.POSITIVE_INFINITY): string[] {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < text.length && parts.length < max - 1; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (OPENING.includes(char)) depth += 1;
    else if (CLOSING.includes(char)) depth = Math.max(0, depth - 1);
    else if (char === separator && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim());
}

/** `name(arguments)` of `ExecIf` and `TryExec`. */
export function readCall(text: string): { readonly name: string; readonly data: string } {
  const open = text.indexOf('(');
  if (open < 0) return { name: text.trim(), data: '' };
  const end = text.lastIndexOf(')');
  return { name: text.slice(0, open).trim(), data: text.slice(open + 1, end < 0 ? undefined : end) };
}
