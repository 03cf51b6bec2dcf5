// The wrapper: which Node, which program, and a sentence instead of a crash.
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram, tempDirectory } from './callwarden.ts';

const wrapper = join(import.meta.dirname, '../../scripts/callwarden');

/** A bare installation: the wrapper and nothing else. */
function bareRoot() {
  const root = tempDirectory();
  for (const name of ['scripts', 'src', 'dist', 'bin']) mkdirSync(join(root, name));
  copyFileSync(wrapper, join(root, 'scripts/callwarden'));
  chmodSync(join(root, 'scripts/callwarden'), 0o755);
  const program = (path: string, ageS: number) => {
    writeFileSync(
      join(root, path),
      `process.stdout.write(${JSON.stringify(path)} + process.argv.slice(2).join())`,
    );
    const when = Date.now() / 1000 - ageS;
    utimesSync(join(root, path), when, when);
  };
  const fakeNode = (text: string) => {
    writeFileSync(join(root, 'bin/node'), `#!/bin/sh\n${text}\n`);
    chmodSync(join(root, 'bin/node'), 0o755);
  };
  const run = (args: readonly string[] = [], path = `${join(root, 'bin')}:/usr/bin:/bin`) =>
    runProgram(join(root, 'scripts/callwarden'), args, { PATH: path });
  const realNode = () => symlinkSync(process.execPath, join(root, 'bin/node'));
  return { root, program, fakeNode, realNode, run };
}

describe('the wrapper', () => {
  it('runs the compiled program, unless a source is newer', async () => {
    const { program, realNode, run } = bareRoot();
    realNode();
    program('dist/main.js', 100);
    program('src/main.ts', 200);
    expect((await run(['a', 'b c'])).stdout).toBe('dist/main.jsa,b c');
    program('src/other.ts', 50);
    expect((await run()).stdout).toBe('src/main.ts');
  });

  it('prefers the Node of the project to the one on the PATH', async () => {
    const { root, program, fakeNode, run } = bareRoot();
    fakeNode('echo the wrong one; exit 9');
    mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
    symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
    program('src/main.ts', 0);
    expect((await run()).stdout).toBe('src/main.ts');
  });

  it('refuses a Node that is too old with a sentence, before it could crash', async () => {
    const { program, fakeNode, run } = bareRoot();
    fakeNode(
      'if [ "$1" = --version ]; then echo v20.20.2; exit 0; fi; if [ "$1" = -e ]; then exit 1; fi; kill -SEGV $$',
    );
    program('src/main.ts', 0);
    const { status, stderr } = await run();
    expect([status, stderr]).toEqual([1, expect.stringMatching(/is Node v20\.20\.2\. Run `npm ci`.*24\.11/)]);
  });

  it('says that there is no Node, and that there is no program', async () => {
    const { root, fakeNode, realNode, run, program } = bareRoot();
    for (const tool of ['sh', 'dirname', 'readlink', 'find', 'head']) {
      symlinkSync(`/usr/bin/${tool}`, join(root, 'bin', tool));
    }
    program('src/main.ts', 0);
    expect(await run([], join(root, 'bin'))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no Node here/),
    });
    const empty = bareRoot();
    empty.realNode();
    expect(await empty.run()).toMatchObject({ status: 1, stderr: expect.stringMatching(/neither/) });
    expect([fakeNode, realNode]).toHaveLength(2);
  });

  it('is found through symbolic links from anywhere', async () => {
    const { root, program, realNode } = bareRoot();
    realNode();
    program('src/main.ts', 0);
    const elsewhere = tempDirectory();
    symlinkSync(join(root, 'scripts/callwarden'), join(elsewhere, 'absolute'));
    symlinkSync('absolute', join(elsewhere, 'relative'));
    const { stdout } = await runProgram(join(elsewhere, 'relative'), [], {
      PATH: `${join(root, 'bin')}:/usr/bin:/bin`,
    });
    expect(stdout).toBe('src/main.ts');
  });
});
