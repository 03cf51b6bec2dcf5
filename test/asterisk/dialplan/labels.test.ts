// Labels of the generated dialplan: Asterisk takes a second one of a name with a warning and goes to the first (main/pbx.c).
import { expect, it } from 'vitest';
import { generateDialplan } from '../../../src/asterisk/dialplan/generate.ts';
import { DIALPLAN_OPTIONS } from './options.ts';

it.each(['stasis', 'broadcast', 'agi'] as const)('has no label twice in one extension, door %s', (door) => {
  const seen = new Map<string, number>();
  let context = '';
  let extension = '';
  for (const line of generateDialplan({ ...DIALPLAN_OPTIONS, peers: ['callwarden-b'], door }).split('\n')) {
    context = /^\[([\w-]+)\]/.exec(line)?.[1] ?? context;
    extension = /^exten => ([^,]+),/.exec(line)?.[1] ?? extension;
    const [, label] = /^ same => n\((\w+)\)/.exec(line) ?? [];
    if (label === undefined) continue;
    const place = `${context},${extension},${label}`;
    seen.set(place, (seen.get(place) ?? 0) + 1);
  }
  expect(seen.size).toBeGreaterThan(3);
  expect([...seen].filter(([, times]) => times > 1)).toEqual([]);
});
