// The version of this program, as its package says.
import { readFileSync } from 'node:fs';

/**
 * From package.json, which lies two folders up both in the checkout (src/cli) and when compiled (dist/cli).
 */
export function programVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const parsed: unknown = JSON.parse(text);
  const version = typeof parsed === 'object' && parsed && 'version' in parsed ? parsed.version : '';
  return String(version);
}
