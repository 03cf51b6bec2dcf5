// The documents, taken at their word: every command in them runs as it is printed, in their order, on one installation.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { examineSystem } from '../../src/asterisk/doctor/system.ts';
import { readAsteriskConf } from '../../src/cli/doctor-files.ts';
import { eventually, spawnBound } from '../lab/processes.ts';
import { BINARY, runWords, tempDirectory } from './callwarden.ts';

const ROOT = join(import.meta.dirname, '../..');
/** For some sixty commands on a machine that has other work as well. */
const DOCUMENT_DEADLINE_MS = 300_000;
const DAEMON_DEADLINE_MS = 20_000;
const DAY_MS = 86_400_000;

const dayAfter = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** What the documents leave to the reader, and days that have come by the time this is read. */
const placeholders: readonly (readonly [string, string])[] = [
  ['…', 'secret'],
  ['2026-12-31', dayAfter(60)],
  ['2027-01-31', dayAfter(90)],
  ['2026-11-01', dayAfter(1)],
  ['/etc/asterisk/pjsip.conf', 'pjsip.conf'],
];

const filled = (text: string) =>
  placeholders.reduce((done, [placeholder, real]) => done.replaceAll(placeholder, real), text);

/** What a document presupposes beside an installation in Mexico. */
const preparations: Readonly<Record<string, readonly string[]>> = {
  'README.md': [],
  'docs/policy.md': [
    'extension set 1001-1020',
    ...['all', 'reception', 'board'].map((name) => `pickup group create ${name}`),
  ],
  'docs/authorised-numbers.md': ['group set sales'],
  'docs/console.md': ['extension set 1001-1004'],
  'docs/limits.md': ['group set sales'],
  'docs/statistics.md': ['pickup group create sales'],
};

const callDetailRecord =
  '"","1001","00541143211234","phones","""1001"" <1001>","PJSIP/1001-1","PJSIP/trunk-1","Dial","PJSIP/trunk",' +
  '"2026-11-01 10:00:00","2026-11-01 10:00:04","2026-11-01 10:00:34",34,30,"ANSWERED","DOCUMENTATION","1.1",""\n';

const blocksOf = (text: string): readonly string[] =>
  [...text.matchAll(/^ *```\n(.*?)^ *```$/gms)].map(([, block = '']) => block);

/** The words of a line as a shell reads them, without what goes into files; what its comment says of the verdict. */
interface Line {
  readonly printed: string;
  readonly words: readonly string[];
  readonly verdict: string | null;
}

function lineOf(printed: string): Line {
  const [, command = '', comment = ''] = /^((?:"[^"]*"|[^"#])*)(#.*)?$/.exec(printed) ?? [];
  const words = [...filled(command).matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  const end = words.indexOf('>');
  const [, verdict = null] = /# ((?:continue|deny|challenge) \([a-z-]+\))/.exec(comment) ?? [];
  return { printed, words: words.slice(1, end === -1 ? undefined : end), verdict };
}

const linesOf = (block: string): readonly Line[] =>
  block
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('callwarden '))
    .map(lineOf);

/** The first block that begins so: a file that the document shows. */
function fileIn(blocks: readonly string[], start: string): string | null {
  const found = blocks.find((block) => block.startsWith(start));
  return found === undefined ? null : filled(found);
}

/** A refusal is an answer; and there is no Asterisk, which three of these have to say. */
const OTHERWISE_FINE: Readonly<Record<string, number>> = {
  check: 3,
  status: 1,
  doctor: 1,
  'pickup why': 3,
  'pickup take': 1,
};

/** It goes on until somebody ends it. */
const isEndless = ({ words }: Line) => words[0] === 'watch';

/** In the administrator's directory, with the files that the commands name. */
function fillDirectory(directory: string, blocks: readonly string[]): void {
  const files: Readonly<Record<string, string | null>> = {
    'Master.csv': callDetailRecord,
    'new.toml': 'format = 1\n[settings]\nhome-region = "MX"\n',
    'ranges.csv': fileIn(blocks, 'number,action'),
    'people.csv': fileIn(blocks, 'first_name,'),
    'expectations.txt': 'from 1003 dial 911 expect continue emergency\n',
    'pjsip.conf': '[1001]\ntype=endpoint\nnamed_call_group=sales\nnamed_pickup_group=sales\n',
  };
  for (const [name, content] of Object.entries(files)) {
    if (content !== null) writeFileSync(join(directory, name), content);
  }
}

/** Runs words as an administrator would who stands in that directory. */
function shell(directory: string) {
  const config = join(directory, 'callwarden.toml');
  return (words: readonly string[]) => runWords(words, { CALLWARDEN_CONFIG: config }, directory);
}

/** Without an Asterisk, which the commands that ask the daemon do not need. */
async function startDaemon(directory: string, run: ReturnType<typeof shell>): Promise<void> {
  const daemon = spawnBound(BINARY, ['--config', join(directory, 'callwarden.toml'), 'run'], {
    output: 'ignore',
  });
  onTestFinished(() => void daemon.kill('SIGKILL'));
  const isUp = async () => (await run(['ringing'])).status === 0;
  expect(await eventually(isUp, DAEMON_DEADLINE_MS, 50)).toBe(true);
}

describe('every command of', { timeout: DOCUMENT_DEADLINE_MS }, () => {
  it.each(Object.entries(preparations))('%s runs as it is printed', async (document, preparation) => {
    const directory = tempDirectory();
    const run = shell(directory);
    const blocks = blocksOf(readFileSync(join(ROOT, document), 'utf8'));
    const lines = blocks.flatMap(linesOf);
    expect(lines.length).toBeGreaterThan(5);
    const files = [
      '--database',
      join(directory, 'callwarden.db'),
      '--socket',
      join(directory, 'callwarden.sock'),
    ];
    fillDirectory(directory, blocks);

    const isInit = ({ words }: Line) => words[0] === 'init';
    const init = lines.find(isInit)?.words ?? ['init', '--home-region', 'MX', '--international-prefix', '00'];
    const made = await run([...init, ...files]);
    expect(made, made.stderr).toMatchObject({ status: 0 });
    await startDaemon(directory, run);
    for (const command of preparation) {
      expect(await run(lineOf(`callwarden ${command}`).words), command).toMatchObject({ status: 0 });
    }

    for (const { printed, words, verdict } of lines.filter((line) => !isInit(line) && !isEndless(line))) {
      const { status, stdout, stderr } = await run(words);
      const [first = '', second = ''] = words;
      const fine = [0, OTHERWISE_FINE[first] ?? OTHERWISE_FINE[`${first} ${second}`] ?? 0];
      expect(fine, `${printed}\n${stdout}${stderr}`).toContain(status);
      expect(stdout.replaceAll(/ +/g, ' '), printed).toContain(verdict === null ? '' : `verdict ${verdict}`);
    }
  });

  it('the lines that README adds to the files of Asterisk hold, whether there are such files or not', () => {
    const block = blocksOf(readFileSync(join(ROOT, 'README.md'), 'utf8')).find((each) =>
      /for file in/.test(each),
    );
    for (const stock of ['[general]\nservername = PBX\n', null]) {
      const etc = tempDirectory();
      for (const name of ['http', 'ari', 'manager', 'features']) {
        if (stock !== null) writeFileSync(join(etc, `${name}.conf`), stock);
      }
      const script = `asterisk() { :; }\nsecret=s3cret\n${block}`.replaceAll('/etc/asterisk', etc);
      execFileSync('bash', ['-c', script], { cwd: ROOT, stdio: 'pipe' });
      const files = readAsteriskConf(etc);
      const facts = { version: null, modules: null, door: 'stasis', files, ariUser: 'callwarden' } as const;
      const told = examineSystem(facts).filter(
        ({ severity, code }) => severity !== 'ok' && code !== 'unread-file',
      );
      expect(told).toEqual([]);
      expect(readFileSync(join(etc, 'ari.conf'), 'utf8')).toMatch(/^password = s3cret$/m);
    }
  });

  it('the expectations that are shown can be read', async () => {
    const directory = tempDirectory();
    const run = shell(directory);
    const blocks = blocksOf(readFileSync(join(ROOT, 'docs/policy.md'), 'utf8'));
    const shown = fileIn(blocks, 'from ') ?? '';
    writeFileSync(join(directory, 'expectations.txt'), shown);
    await run(['init', '--home-region', 'MX', '--database', join(directory, 'callwarden.db')]);
    const { stdout, stderr } = await run(['policy', 'test', 'expectations.txt']);
    const count = shown.trimEnd().split('\n').length;
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\d passed, \d failed$/m);
    const [, passed, failed] = /(\d+) passed, (\d+) failed/.exec(stdout) ?? [];
    expect(Number(passed) + Number(failed)).toBe(count);
  });
});
