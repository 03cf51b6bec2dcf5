// How both ARI links begin and end alike.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

import type { AriOptions } from '../../../src/asterisk/ari/link.ts';
import { run } from '../../lab/processes.ts';
import { type Contract, failureOf, freeze } from './ari-lab.ts';

export function itLivesAndDies(contract: Contract): void {
  it('tells what it is and what it is connected to', async () => {
    await using link = await contract.connect(contract.record().options());
    expect(link.kind).toBe(contract.kind);
    expect(link.asteriskVersion).toContain(contract.lab.asteriskVersion);
    await link.ping();
  });

  it('gives a command up at its deadline, and itself when heartbeats stay away', async () => {
    const heard = contract.record();
    await using link = await contract.connect(
      heard.options({ commandDeadlineMs: 300, heartbeatIntervalMs: 1000 }),
    );
    await freeze(contract.lab);
    try {
      expect((await failureOf(link.ping())).message).toContain('300 ms');
      expect(await link.closed).toContain('heartbeats');
      const late = await failureOf(link.hangup('1.1', 16));
      expect(late.code).toBe('unavailable');
      expect(late.message).toContain('lost');
    } finally {
      await contract.lab.kill('SIGCONT');
    }
  });

  it('stays up over many heartbeats', async () => {
    await using link = await contract.connect(contract.record().options({ heartbeatIntervalMs: 600 }));
    let lost = '';
    void link.closed.then((reason) => (lost = reason));
    for (let i = 0; i < 10; i += 1) {
      await new Promise((resolve) => void setTimeout(resolve, 250));
      await link.ping();
    }
    expect(lost).toBe('');
    expect(link.droppedEvents).toBe(0);
  });

  it('ends when Asterisk is killed, with what was asked', async () => {
    await using link = await contract.connect(contract.record().options({ commandDeadlineMs: 10_000 }));
    await freeze(contract.lab);
    const asked = failureOf(link.listChannels());
    await contract.lab.kill('SIGKILL');
    expect(await link.closed).toMatch(/closed|socket/);
    expect((await asked).code).toBe('unavailable');
    await contract.lab.restart();
  });

  it('tells why it is closed when we close it, twice if need be', async () => {
    const link = await contract.connect(contract.record().options());
    const asked = link.ping();
    await asked;
    await Promise.all([link[Symbol.asyncDispose](), link[Symbol.asyncDispose]()]);
    expect(await link.closed).toBe('closed by us');
    expect((await failureOf(link.ping())).code).toBe('unavailable');
  });

  it('leaves nothing behind that would keep a process alive, and prints nothing', async () => {
    const { url, username, password } = contract.lab.ari;
    const program = fileURLToPath(new URL('./leaving.ts', import.meta.url));
    const { code, output } = await run(process.execPath, [program, url, username, password, contract.kind], {
      deadlineMs: 10_000,
    });
    expect(output).toBe(contract.kind);
    expect(code).toBe(0);
  });

  it('says what is wrong when it is not let in', async () => {
    const heard = contract.record();
    const connecting = (changes: Partial<AriOptions>) => failureOf(contract.connect(heard.options(changes)));
    const { port } = new URL(contract.lab.ari.url);
    const wrongPassword = await connecting({ password: 'not-the-secret' });
    expect(wrongPassword.code).toBe('unauthorized');
    expect(wrongPassword.message).toContain('ari.password');
    expect(wrongPassword.message).not.toContain('not-the-secret');
    expect((await connecting({ username: 'nobody' })).code).toBe('unauthorized');
    const wrongPath = await connecting({ url: `http://127.0.0.1:${port}/elsewhere/ari` });
    expect(wrongPath.message).toMatch(/404|path/);
    const noUrl = await connecting({ url: `127.0.0.1:${port}` });
    expect(noUrl.code).toBe('invalid');
  });

  it('says what is wrong when nobody is there, or somebody who is silent', async () => {
    const heard = contract.record();
    const silent = createServer((socket) => void socket.resume());
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const url = `http://127.0.0.1:${port}/ari`;
    const unanswered = await failureOf(contract.connect(heard.options({ url, connectDeadlineMs: 300 })));
    expect(unanswered.code).toBe('unavailable');
    expect(unanswered.message).toContain('300 ms');
    const giveUp = new AbortController();
    const given = failureOf(
      contract.connect(heard.options({ url, connectDeadlineMs: 60_000 }), giveUp.signal),
    );
    giveUp.abort();
    expect((await given).message).toContain('given up');
    silent.close();
    await once(silent, 'close');
    const refused = await failureOf(contract.connect(heard.options({ url })));
    expect(refused.code).toBe('unavailable');
    expect(refused.message).toContain('nothing listens');
  });
}
