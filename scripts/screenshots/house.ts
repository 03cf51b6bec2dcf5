// The house that the pictures show: people with names, a policy as an office has it, and the calls of seven days.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { addAccount } from '../../src/admin/accounts.ts';
import { toCallRow, writeCalls, type CallRecord } from '../../src/store/calls.ts';
import { openStore } from '../../src/store/open.ts';
import { createPasswordHasher } from '../../src/store/password-hash.ts';
import { toRingingRow } from '../../src/store/ringing-calls.ts';
import type { Pbx } from '../../test/pbx.ts';
import { callRecord } from '../../test/store/call-record.ts';
import { ringRecord, rung } from '../../test/store/ring-record.ts';

const HOUR_MS = 3_600_000;
const DAYS = 7;
const DAY_FROM_HOUR = 8;
const WORKING_HOURS = 10;

/** Extension, name, groups. */
const people = [
  ['1001', 'Ana López', 'board'],
  ['1002', 'Bruno Castillo', 'sales'],
  ['1003', 'Carla Méndez', 'sales'],
  ['1004', 'Diego Herrera', 'sales'],
  ['1005', 'Elena Ríos', 'warehouse'],
  ['1006', 'Fabián Ortega', 'warehouse'],
  ['1007', 'Gloria Núñez', 'accounting'],
  ['1008', 'Hugo Salinas', 'accounting'],
  ['1009', 'Irene Vega', 'reception'],
  ['1010', 'Jorge Peña', 'reception'],
] as const;

const groups = [
  ['board', '--international', 'on', '--level', 'high'],
  ['sales', '--international', 'on', '--level', 'medium'],
  ['warehouse'],
  ['accounting'],
  ['reception'],
] as const;

const commands: readonly (readonly string[])[] = [
  ['level', 'set', 'low'],
  ['country', 'allow', 'AR', 'ES'],
  ['country', 'deny', 'US'],
  ['schedule', 'set', 'office', '--open', 'mon-fri 08:00-18:30', '--open', 'sat 09:00-13:00'],
  ['rule', 'block', '+88213', '+2526'],
  ['rule', 'allow', '+5930', '--reason', 'carrier in Ecuador'],
  ['limit', 'set', 'calls', '20/h', '--then', 'quarantine'],
  ['limit', 'set', 'concurrent', '2'],
  ['pin', 'add', '--name', 'Ana López', '--extension', '1001'],
  ['list', 'add', 'customers'],
  ['list', 'attach', 'customers', '--group', 'warehouse'],
  ['list', 'person', 'add', 'customers', '--first', 'Sofía', '--last', 'Marín', '--number', '+541143211234'],
  ['pickup', 'group', 'create', 'sales', '--number', '7'],
  ['pickup', 'group', 'add', 'sales', '1002', '1003', '1004', '1009'],
  ['pickup', 'right', 'add', '1009', '1001', '--reason', 'secretary of the board'],
];

/** What people dial of a day: who, number, country, why it was refused or let out. */
const dialled = [
  ['1002', '0054114321', 'AR', 'country-allowed'],
  ['1003', '0034915551', 'ES', 'country-allowed'],
  ['1001', '0049305551', 'DE', 'country-allowed'],
  ['1002', '0057601555', 'CO', 'country-allowed'],
  ['1004', '0033140205', 'FR', 'country-allowed'],
  ['1003', '0054114322', 'AR', 'country-allowed'],
  ['1001', '0044207946', 'GB', 'country-allowed'],
  ['1004', '0034915552', 'ES', 'country-allowed'],
  ['1002', '0056225550', 'CL', 'country-allowed'],
  ['1005', '0044207947', 'GB', 'no-international-right'],
  ['1006', '0025261555', 'SO', 'blocked-number'],
  ['1008', '0012125550', 'US', 'country-denied'],
  ['1004', '0018765550', 'JM', 'country-not-allowed'],
] as const;

const isRefused = (reason: string) => reason !== 'country-allowed';

export interface Watcher {
  readonly url: string;
  readonly name: string;
  readonly password: string;
}

/** Whose browser it is: an administrator with the phone 1003. */
export async function addWatcher(pbx: Pick<Pbx, 'directory' | 'web'>): Promise<Watcher> {
  const password = randomBytes(12).toString('base64url');
  using store = openStore(join(pbx.directory, 'callwarden.db'));
  const context = { store, actor: 'cli:root', pbx: 'lab', nowMs: Date.now() };
  const words = { displayName: 'Carla Méndez', roles: ['administrator'], extension: '1003' };
  await addAccount(context, 'carla', words, { chosen: password }, createPasswordHasher(), false);
  return { url: pbx.web.url, name: 'carla', password };
}

/** The command fails as in a shell; then there is no picture. */
export async function furnish(pbx: Pbx): Promise<void> {
  const run = async (words: readonly string[]) => {
    const { code, output } = await pbx.callwarden(words);
    if (code !== 0) throw new Error(`callwarden ${words.join(' ')} ended with ${code}:\n${output}`);
  };
  for (const group of groups) await run(['group', 'set', ...group]);
  for (const [extension, name, group] of people) {
    await run(['extension', 'set', extension, '--name', name, '--group', group]);
  }
  for (const words of commands) await run(words);
  const until = ['--until', fridayOf(new Date()), '--reason', 'trade fair in Bogotá'];
  await run(['exception', 'add', '1005', '--country', 'CO', ...until, '--owner', 'Gloria Núñez']);
}

/** The next Friday, as `2026-11-27`. */
function fridayOf(now: Date): string {
  const ahead = (5 - now.getUTCDay() + 7) % 7 || 7;
  return new Date(now.getTime() + ahead * 24 * HOUR_MS).toISOString().slice(0, 10);
}

/** What would have been recorded of the days before, so that the figures have something to show. */
export function remember(pbx: Pick<Pbx, 'directory'>, nowMs: number): void {
  using store = openStore(join(pbx.directory, 'callwarden.db'));
  const midnightMs = Math.floor(nowMs / (24 * HOUR_MS)) * 24 * HOUR_MS;
  for (let day = DAYS; day > 0; day -= 1) {
    const openedMs = midnightMs - day * 24 * HOUR_MS + DAY_FROM_HOUR * HOUR_MS;
    // Fewer on some days than on others, the same each time.
    const count = 60 + ((day * 5) % 9) * 9;
    const rows = Array.from({ length: count }, (_, index) => {
      const atMs = Math.round(openedMs + (index / count) * WORKING_HOURS * HOUR_MS);
      const turn = day * 17 + index;
      return index % 2 === 0 ? outbound(atMs, turn) : rang(atMs, turn);
    });
    writeCalls(store, rows);
  }
}

function outbound(atMs: number, turn: number) {
  const [party, start, region, reason] = dialled[(turn * 7) % dialled.length] ?? dialled[0];
  const number = `${start}${String(1234 + turn)}`;
  const changes: Partial<CallRecord> = {
    atMs,
    pbx: 'lab',
    party,
    dialled: number,
    number,
    e164: `+${number.slice(2)}`,
    regions: [region],
    verdict: isRefused(reason) ? 'deny' : 'continue',
    reason,
    outcome: isRefused(reason) ? 'told' : null,
  };
  return toCallRow(callRecord(`past-${atMs}`, changes));
}

function rang(atMs: number, turn: number) {
  const ringMs = 2500 + ((turn * 7) % 11) * 1300;
  const base = { startedAtMs: atMs, ringMs, callerNumber: `55512034${10 + (turn % 80)}`, callerName: '' };
  const at = (['1002', '1003', '1004'] as const)[turn % 3] ?? '1002';
  const leg = (outcome: 'answered' | 'taken' | 'stopped') => [rung(at, outcome, atMs, ringMs)];
  const id = `past-${atMs}`;
  if (turn % 8 === 0) {
    const gone = { outcome: 'abandoned', answeredBy: null, dialled: at } as const;
    return toRingingRow('lab', ringRecord(id, { ...base, ...gone, extensions: leg('stopped') }), ['sales']);
  }
  const taken = turn % 5 === 0;
  const answered = taken
    ? ({ outcome: 'rescued', answeredBy: at === '1004' ? '1002' : '1004', takenFrom: at } as const)
    : ({ outcome: 'answered', answeredBy: at } as const);
  const extensions = leg(taken ? 'taken' : 'answered');
  return toRingingRow('lab', ringRecord(id, { ...base, ...answered, dialled: at, extensions }), ['sales']);
}
