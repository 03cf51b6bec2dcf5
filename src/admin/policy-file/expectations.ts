// Tests of a policy: lines that say what must become of a call, and what really becomes of it.
import { screenCall, type ScreenedCall } from '../../barring/screen-call.ts';
import type { PolicySnapshot } from '../../barring/snapshot.ts';
import type { OutboundCall, Verdict, Via } from '../../barring/verdict.ts';
import { AppError } from '../../errors.ts';

const EXPECTATIONS_MAX = 100_000;

export interface Expectation {
  /** Of the file, from 1. */
  readonly line: number;
  readonly call: OutboundCall;
  readonly expect: Verdict['kind'];
  /** Null: any reason will do. */
  readonly reason: string | null;
}

export interface Tested {
  readonly expectation: Expectation;
  readonly met: boolean;
  readonly screened: ScreenedCall;
}

const USAGE =
  'Write `from 1002 dial 0044… expect deny country-not-allowed`, with `via forward`, `at 2026-11-21T03:00` or `pin p-7k3m` before ' +
  '`expect` where they matter; `from -` is a caller whom nobody answers for.';

const kinds: readonly Verdict['kind'][] = ['continue', 'deny', 'challenge'];
const ways: readonly Via[] = ['direct', 'forward', 'transfer'];

/**
 * One expectation a line; empty lines and what follows `#` are comments. `nowMs` is the time of calls without `at`.
 * Throws one `AppError('invalid')` that names every line that is none.
 */
export function readExpectations(content: string, nowMs: number): readonly Expectation[] {
  const problems: string[] = [];
  const found: Expectation[] = [];
  content.split('\n').forEach((text, index) => {
    const words = text
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
      .filter(Boolean);
    if (words.length === 0) return;
    const expectation = readLine(words, index + 1, nowMs);
    if (typeof expectation === 'string') problems.push(`line ${index + 1}: ${expectation}`);
    else found.push(expectation);
  });
  if (problems.length > 0) {
    throw new AppError('invalid', `Some lines are no expectations. ${USAGE}`, {
      details: problems.slice(0, 20),
    });
  }
  if (found.length > EXPECTATIONS_MAX) {
    throw new AppError('invalid', `A file holds ${EXPECTATIONS_MAX} expectations at most.`);
  }
  return found;
}

/** Null for a word that it does not know. */
function readLine(words: readonly string[], line: number, nowMs: number): Expectation | string {
  const given = new Map<string, string>();
  let rest: readonly string[] = words;
  while (rest.length >= 2 && rest[0] !== 'expect') {
    const [key = '', value = ''] = rest;
    if (!['from', 'dial', 'via', 'at', 'pin', 'outside-caller'].includes(key))
      return `unknown word ${JSON.stringify(key)}`;
    if (given.has(key)) return `${key} stands there twice`;
    given.set(key, value);
    rest = rest.slice(2);
  }
  const [, verdict, reason, ...more] = rest;
  const expect = kinds.find((kind) => kind === verdict);
  if (expect === undefined) return `it must end with expect ${kinds.join(', ')}`;
  if (more.length > 0) return `${JSON.stringify(more.join(' '))} is too much`;
  const from = given.get('from');
  const dialled = given.get('dial');
  if (from === undefined || dialled === undefined) return 'from and dial are missing';
  const via = ways.find((way) => way === (given.get('via') ?? 'direct'));
  if (via === undefined) return `via is one of ${ways.join(', ')}`;
  const at = given.get('at');
  const atMs = at === undefined ? nowMs : Date.parse(at);
  if (!Number.isFinite(atMs)) return `${JSON.stringify(at)} is no time such as 2026-11-21T03:00`;
  const pin = given.get('pin');
  const outsideCaller = given.get('outside-caller');
  const call: OutboundCall = {
    dialled,
    payer: from === '-' ? null : from,
    via,
    atMs,
    ...(pin === undefined ? {} : { pin: { id: pin } }),
    ...(outsideCaller === undefined ? {} : { outsideCaller }),
  };
  return { line, call, expect, reason: reason ?? null };
}

/** Judges every call by the policy, as live calls are judged. */
export function testPolicy(
  snapshot: PolicySnapshot,
  expectations: readonly Expectation[],
): readonly Tested[] {
  return expectations.map((expectation) => {
    const screened = screenCall(snapshot, expectation.call);
    const { kind, reason } = screened.verdict;
    const met = kind === expectation.expect && (expectation.reason === null || expectation.reason === reason);
    return { expectation, met, screened };
  });
}
