// Plays one kind of ringing from the first phone to its records, and keeps its stream where that is asked for.
import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RingRecord } from '../../../src/pickup/ring-record.ts';
import { answer } from '../../lab/phone/behaviour.ts';
import type { KindsLab } from './kinds-lab.ts';
import type { Kind } from './kinds.ts';
import { until } from './pickup-lab.ts';

/** The ring log hands on a call that is over, and complete, within this time. */
const RECORD_MS = 900;

/** Rejects when the board is not what the kind says or something is left over; resolves with the records, in short. */
export async function playKind(bench: KindsLab, kind: Kind): Promise<string[]> {
  bench.forget();
  bench.lab.carrier.whenCalled = answer();
  {
    await using opened = new AsyncDisposableStack();
    const phones = await Promise.all(kind.phones.map((extension) => bench.lab.phone(extension)));
    for (const phone of phones) opened.use(phone);
    await kind.play(bench, (extension) => {
      const phone = phones.find((one) => one.extension === extension);
      if (!phone) throw new Error(`${kind.name} has no phone ${extension}`);
      return phone;
    });
  }
  await bench.lab.waitIdle(20_000);
  await until('the last event', () => (bench.pickup.counts().channels === 0 ? true : undefined));
  await until('the records', () => (bench.records.length >= kind.records.length ? true : undefined));
  if (kind.records.length === 0) await sleep(RECORD_MS);
  const ids = bench.records.map(({ callId, startedAtMs }) => `${callId} ${startedAtMs}`);
  expect(new Set(ids).size).toBe(ids.length);
  keep(bench, kind.name);
  return bench.records.map(shortly);
}

function shortly({ outcome, answeredBy, extensions }: RingRecord): string {
  const rung = extensions.map((one) => `${one.extension}:${one.outcome}`).toSorted();
  return [outcome, answeredBy ?? '-', ...rung].join(' ');
}

function keep(bench: KindsLab, name: string): void {
  const folder = process.env['RECORD_STREAMS'];
  if (folder === undefined) return;
  const [atMs = 0] = (bench.lines.at(-1) ?? []) as readonly number[];
  const events = [...bench.lines, [atMs + 1, 'Listed', []]].map((event) => JSON.stringify(event));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    `${folder}/${name}.json`,
    `{"asterisk":"${bench.lab.asteriskVersion}","events":[\n${events.join(',\n')}\n]}\n`,
  );
}
