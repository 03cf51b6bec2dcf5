// On a real PBX: no password in any log, answer or process list, whatever fails; and a name that a caller chose forges no line.
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, spawnBound } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';

const SEEN_DEADLINE_MS = 30_000;
const BINARY = join(import.meta.dirname, '../../scripts/callwarden');
/** What a terminal, or a reader of lines, would act upon. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;
const LINE_LENGTH_MAX = 8_000;

/** What a hostile phone could get into any argument of the routine, if Asterisk let it. */
const HOSTILE = [
  'Eve\r\n2026-01-01T00:00:00.000Z info call verdict=continue',
  '\u001B[2J\u001B[31mred\u0007',
  'a\u2028b\u2029c\u0085d',
  '\u202Eright to left\u200B\uFEFF',
  '" verdict="continue" x="',
  '<0>forged priority',
  '\\n\\u001b',
  'x'.repeat(900),
];

describe('secrets and hostile names', { timeout: 240_000 }, () => {
  let pbx: Pbx;
  beforeAll(async () => {
    pbx = await startPbx({ policy: ['extension set 1001'], logLevel: 'debug' });
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const secrets = () => {
    const { ari, ami } = pbx.lab;
    return [ari, ami].flatMap(({ username, password }) => [
      password,
      Buffer.from(`${username}:${password}`).toString('base64'),
    ]);
  };
  /** Which of the texts hold a password, in whatever form. */
  const leaks = (texts: readonly string[]) =>
    texts
      .filter((text) => secrets().some((secret) => text.includes(secret)))
      .map((text) => text.slice(0, 500));
  /** What others on the machine may see of a process: its arguments, and, as the same user, its environment. */
  const seenOf = (pid: number | undefined) =>
    ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'latin1')).join(' ');
  const files = () =>
    readdirSync(pbx.directory, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'callwarden.toml')
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));

  it('a name that a caller chose stays within one printable line, in log, tables and JSON', async () => {
    const { url, username, password } = pbx.lab.ari;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    for (const [index, text] of HOSTILE.entries()) {
      const said = encodeURIComponent(text);
      const args = [
        `nonce=${index}`,
        `dialled=${said}`,
        `payer=${said}`,
        `transferer=${said}`,
        `language=${said}`,
      ];
      const appArgs = ['screen', ...args.filter((arg) => arg.length < 1000)].join(',');
      // Enters Stasis at once, as if the routine had sent it there.
      const query = new URLSearchParams({ endpoint: 'Local/1001@phones', app: 'callwarden', appArgs });
      const made = await fetch(`${url}/channels/create?${query.toString()}`, {
        method: 'POST',
        headers: { authorization },
      });
      expect(made.status).toBe(200);
    }
    const decided = () => pbx.log().match(/^\S+ info call /gm)?.length ?? 0;
    expect(await eventually(() => decided() === HOSTILE.length, SEEN_DEADLINE_MS)).toBe(true);
    const known = /^\d{4}-\d\d-\d\dT[\d:.]+Z (?:error|warn|info|debug) [\w-]+(?: |$)/;
    const lines = pbx.log().trimEnd().split('\n');
    const isOdd = (line: string) =>
      !known.test(line) || UNPRINTABLE.test(line) || line.length > LINE_LENGTH_MAX;
    expect(lines.filter(isOdd)).toEqual([]);
    // Denied, each of them, whatever the text says.
    expect(
      lines.filter((line) => / info call .*verdict=continue/.test(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, ''))),
    ).toEqual([]);

    const isRecorded = async () =>
      ((await pbx.json('calls --kind decision')) as { calls: unknown[] }).calls.length === HOSTILE.length;
    expect(await eventually(isRecorded, SEEN_DEADLINE_MS, 100)).toBe(true);
    const { output } = await pbx.callwarden('calls');
    expect(output.split('\n').filter((line) => UNPRINTABLE.test(line))).toEqual([]);
    await pbx.lab.console('channel request hangup all');
  });

  it('no password is told by commands, log, files, process list or environment', async () => {
    const told: string[] = [];
    for (const command of ['status', 'calls --json', 'settings show', 'dialplan', 'policy export']) {
      told.push((await pbx.callwarden(command)).output);
    }
    expect(told.every((text) => text !== '')).toBe(true);
    expect(leaks([...told, pbx.log(), seenOf((await pbx.status()).pid), ...files()])).toEqual([]);
  });

  /** Runs a daemon that cannot do its work until it has said so, and then ends it. */
  const failing = async (config: string): Promise<string> => {
    const file = join(pbx.directory, 'failing.toml');
    writeFileSync(file, config, { mode: 0o600 });
    const child = spawnBound(BINARY, ['--config', file, 'run'], { output: 'pipe' });
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    const hasFailed = () => (/ari-problem/.test(said) && /ami-problem/.test(said)) || child.exitCode !== null;
    const isSeen = await eventually(hasFailed, SEEN_DEADLINE_MS, 20);
    if (child.exitCode === null) {
      said += seenOf(child.pid);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    expect(isSeen).toBe(true);
    return said;
  };

  it.each(['websocket', 'ari-client'])('nor when everything fails, over %s', async (transport) => {
    const secret = 'S3cret!of%2Fthe test';
    const whole = readFileSync(pbx.configFile, 'utf8')
      .replace(/^transport = .*$/m, `transport = "${transport}"`)
      .replace(/^path = "(.*)callwarden.sock"$/m, 'path = "$1failing.sock"');
    const withSecret = whole.replaceAll(/^password = .*$/gm, `password = ${JSON.stringify(secret)}`);
    const told = [
      await failing(withSecret),
      await failing(
        whole
          .replace(/^url = .*$/m, 'url = "http://127.0.0.1:1/ari"')
          .replace(/(?<=\[ami\][^[]*?^port = ).*$/m, '1'),
      ),
      await failing(withSecret.replace(/^\[log\]$/m, '[log]\nlvel = 3')),
      await failing(whole.replace(/^password = "/m, 'password = ')),
    ];
    expect(told[0]).toContain('refused the ARI user');
    expect(told[0]).toContain('AMI at 127.0.0.1');
    expect(told[2]).toContain('lvel is unknown');
    expect(leaks(told)).toEqual([]);
    const forms = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(`:${secret}`).toString('base64').slice(4, -4),
    ];
    expect(forms.filter((form) => told.some((text) => text.includes(form)))).toEqual([]);
  });
});
