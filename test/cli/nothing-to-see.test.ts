// Commands that look at calls, where there is nothing to be seen.
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually, spawnBound } from '../lab/processes.ts';
import { BINARY, COMMANDS_DEADLINE_MS, install, tempDirectory } from './callwarden.ts';

const DAEMON_DEADLINE_MS = 20_000;

describe('callwarden calls', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('says what a misspelt word may have meant, rather than that there was nothing', async () => {
    const { run } = await install('--home-region', 'MX');
    const said = async (option: string, word: string) => {
      const { status, stdout, stderr } = await run('calls', option, word);
      return status === 0 ? stdout : stderr;
    };
    expect(await said('--reason', 'contry-not-allowed')).toMatch(/Did you mean country-not-allowed\?/);
    expect(await said('--verdict', 'denny')).toMatch(/--verdict is one of .*Did you mean deny\?/);
    expect(await said('--kind', 'pikup')).toMatch(/Did you mean pickup\?/);
    expect(await said('--reason', 'typo')).toMatch(/--reason is one of .*unscreened-call.*, not "typo"\./);
    for (const reason of ['country-denied', 'unscreened-call', 'already-taken']) {
      expect(await said('--reason', reason)).toBe('0 records\n');
    }
  });
});

describe('callwarden ringing', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('says when Asterisk is not connected, rather than that nothing rings', async () => {
    const socket = join(tempDirectory(), 'callwarden.sock');
    // Nobody listens on port 9 (discard).
    const asterisk = ['--ari-url', 'http://127.0.0.1:9/ari'];
    const { run, json, config } = await install('--home-region', 'MX', '--socket', socket, ...asterisk);
    const daemon = spawnBound(BINARY, ['--config', config, 'run'], { output: 'ignore' });
    onTestFinished(() => void daemon.kill('SIGKILL'));
    const isUp = async () => (await run('ringing')).status === 0;
    expect(await eventually(isUp, DAEMON_DEADLINE_MS, 50)).toBe(true);
    expect((await run('ringing')).stdout).toBe(
      '0 ringing calls known; Asterisk is not connected, see `callwarden status`\n',
    );
    expect(await json('ringing')).toEqual({ ringing: [], count: 0, connected: false });
  });
});
