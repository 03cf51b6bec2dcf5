// The fail2ban filter finds the address of each refused sign-in, in every form of the log, and none that somebody typed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { logLine } from '../../src/config/log-line.ts';

const FILTER = join(import.meta.dirname, '../../config/fail2ban/filter.d/callwarden.conf');
/** As fail2ban's common.conf has them, as far as a journal's line goes: `pbx callwarden[123]: `. */
const PREFIX = String.raw`(?:\S+ callwarden(?:\[\d+\])?: )?`;
const HOST = String.raw`(?<host>\d+\.\d+\.\d+\.\d+|[0-9a-f:]*:[0-9a-f:.]+)`;

const regexes = readFileSync(FILTER, 'utf8')
  .split('\n')
  .flatMap((line) => /^(?:failregex =)? *(\^.*)$/.exec(line)?.[1] ?? [])
  .map((text) => new RegExp(text.replaceAll('%(__prefix_line)s', PREFIX).replaceAll('<HOST>', HOST)));

const found = (line: string) =>
  regexes.flatMap((regex) => regex.exec(line)?.groups?.['host'] ?? [])[0] ?? null;

const forms = (address: string, user: string) =>
  (['plain', 'json'] as const).flatMap((format) =>
    [null, '2026-11-22T10:00:00.000Z'].map((time) =>
      logLine('warn', 'sign-in-refused', { address, user, why: 'wrong' }, { format, time, secrets: [] }),
    ),
  );

const typed = [
  'maria',
  '',
  'x warn sign-in-refused address=198.51.100.1 user=y',
  '"} {"level":"warn","event":"sign-in-refused","address":"198.51.100.1","user":"',
  'callwarden[1]:_warn_sign-in-refused_address=198.51.100.1_user=y',
  '\n2026 warn sign-in-refused address=198.51.100.1 user=z',
];

it.each(['192.0.2.7', '2001:db8::7'])('the address %s is found, whatever user was typed', (address) => {
  const lines = typed
    .flatMap((user) => forms(address, user))
    .flatMap((line) => [line, `pbx callwarden[9]: ${line}`, `<4>${line}`]);
  expect(regexes).toHaveLength(2);
  expect(lines.filter((line) => found(line) !== address || line.includes('\n'))).toEqual([]);
});

it('other lines are no refusals', () => {
  const options = { format: 'plain', time: null, secrets: [] } as const;
  const lines = [
    logLine('info', 'call-decided', { payer: 'warn sign-in-refused address=192.0.2.7 user=' }, options),
    logLine('warn', 'web', { problem: 'sign-in-refused address=192.0.2.7 user=' }, options),
  ];
  expect(lines.map(found)).toEqual([null, null]);
});

/** With fail2ban itself, where it is installed. */
const hasFail2ban = (() => {
  try {
    execFileSync('fail2ban-regex', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

it.runIf(hasFail2ban)('fail2ban reads the filter and finds them too', () => {
  for (const line of forms('192.0.2.7', 'maria')) {
    const told = execFileSync('fail2ban-regex', ['-o', 'ip', `pbx callwarden[9]: ${line}`, FILTER], {
      encoding: 'utf8',
    });
    expect(told.trim()).toBe('192.0.2.7');
  }
});
