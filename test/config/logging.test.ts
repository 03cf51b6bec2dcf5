// The logger: levels, formats, the journal, and a reader that goes away.
import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/config/logging.ts';

function collect(config: LogConfig, secrets: readonly string[] = []) {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  const logger = createLogger(config, { secrets, env: {}, stream });
  return { logger, text: () => chunks.join('') };
}

describe('the logger', () => {
  it('writes one line an event, with the time, from its level on', () => {
    const { logger, text } = collect({ level: 'info', format: 'auto' });
    logger.debug('hidden');
    logger.info('call-decided', { verdict: 'deny' });
    logger.error('records');
    const [first, second, end] = text().split('\n');
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info call-decided verdict=deny$/);
    expect(second).toMatch(/Z error records$/);
    expect(end).toBe('');
  });

  it('masks the secrets of the configuration in any line, and an empty one masks nothing', () => {
    const { logger, text } = collect({ level: 'info', format: 'json' }, ['s3cret', '']);
    logger.warn('ari', { problem: 'http://callwarden:s3cret@127.0.0.1' });
    expect(text()).toContain('callwarden:***@127.0.0.1');
  });

  it('writes the journal’s priorities, and no time, where stderr is the journal', () => {
    const directory = mkdtempSync(join(tmpdir(), 'callwarden-log-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const file = openSync(join(directory, 'journal'), 'w');
    const { dev, ino } = fstatSync(file);
    const module = JSON.stringify(join(import.meta.dirname, '../../src/config/logging.ts'));
    const script = `const { createLogger } = await import(${module});
      const logger = createLogger({ level: 'debug', format: 'auto' }, { secrets: [], env: process.env });
      for (const level of ['debug', 'info', 'warn', 'error']) logger[level]('happened', { n: 1 });`;
    const run = (journal: string) =>
      spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, JOURNAL_STREAM: journal },
        stdio: ['ignore', 'ignore', file],
      });
    run(`${dev}:${ino}`);
    run('1:2');
    closeSync(file);
    const lines = readFileSync(join(directory, 'journal'), 'utf8').trim().split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '<7>debug happened n=1',
      '<6>info happened n=1',
      '<4>warn happened n=1',
      '<3>error happened n=1',
    ]);
    expect(lines.slice(4).every((line) => /^\d{4}-/.test(line))).toBe(true);
  });

  it('does not end the process when its reader goes away', () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    const logger = createLogger({ level: 'info', format: 'plain' }, { secrets: [], env: {}, stream });
    expect(() => logger.info('happened')).not.toThrow();
  });
});
