// The shared case tables: every row through reading and judging, as its README says.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import { screenCall } from '../../src/barring/screen-call.ts';

interface Case {
  readonly id: string;
  readonly home: string;
  readonly idd: string;
  readonly outsidePrefix: string;
  readonly ndd: string;
  readonly policy: {
    readonly allowedCountries: readonly string[];
    readonly premium: boolean;
    readonly extensionInternational: boolean;
  };
  readonly dialed: string;
  readonly expect: 'allow' | 'not-international' | 'deny';
  readonly kind?: string;
  readonly class: string;
  readonly why: string;
}

function load(name: string): readonly Case[] {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as readonly Case[];
}

function snapshotOf(row: Case): ReturnType<typeof compileSnapshot> {
  return compileSnapshot({
    version: 1,
    plan: {
      homeRegion: row.home,
      internationalPrefixes: [row.idd],
      outsidePrefixes: row.outsidePrefix === '' ? [] : [row.outsidePrefix],
      nationalPrefix: row.ndd,
      carrierCodes: [],
      internalPatterns: [],
      emergencyNumbers: [],
      serviceNumbers: [],
      sharedCodes: 'region',
    },
    settings: { protection: true, premium: row.policy.premium, unmatched: 'continue', announcements: {} },
    extensions: [{ extension: '1001', name: '', international: row.policy.extensionInternational }],
    countries: row.policy.allowedCountries.map((region) => ({ region, state: 'allow' as const })),
  });
}

test.each([...load('manuals.json'), ...load('adversarial.json')])(
  '$id $class: $why',
  (row) => {
    const call = { dialled: row.dialed, payer: '1001', via: 'direct', atMs: 0 } as const;
    const { destination, verdict } = screenCall(snapshotOf(row), call);
    const outcome =
      verdict.kind === 'deny' ? 'deny' : destination.kind === 'international' ? 'allow' : 'not-international';
    expect(outcome, JSON.stringify(verdict.trace)).toBe(row.expect);
    if (row.kind !== undefined) expect(destination.kind).toBe(row.kind);
  },
);
