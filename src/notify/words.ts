// Text for people and for mail headers: whatever a caller's name holds, a line stays a line.

/** Control, format, unpaired surrogate, private and unassigned characters, and the separators U+2028 and U+2029. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** One printable line of at most `bytesMax` bytes of UTF-8; no character is cut in two. */
export function oneLine(text: string, bytesMax: number): string {
  return cutToBytes(text.replaceAll(UNPRINTABLE, ' ').trim(), bytesMax);
}

/** Printable lines, at most `bytesMax` bytes together. */
export function severalLines(text: string, bytesMax: number): string {
  const lines = text.split('\n').map((line) => line.replaceAll(UNPRINTABLE, ' ').trimEnd());
  return cutToBytes(lines.join('\n').trim(), bytesMax);
}

function cutToBytes(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  let end = bytesMax - Buffer.byteLength('…');
  // 10xxxxxx goes on with the character before it.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.toString('utf8', 0, end).trimEnd()}…`;
}
