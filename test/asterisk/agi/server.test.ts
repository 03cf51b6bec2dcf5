// The FastAGI door over real connections: who may hold one, for how long, and what is said over it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CONNECTIONS_MAX, listenForAgi, type AgiServer } from '../../../src/asterisk/agi/server.ts';
import { pinTiming } from '../../../src/asterisk/pin-timing.ts';
import type { ScreeningLine } from '../../../src/asterisk/screening-line.ts';
import { eventually } from '../../lab/processes.ts';
import { block, connectTo, header, type Client } from './client.ts';

const decisionMs = 600;
const commandMs = 400;
const timing = { ...pinTiming, firstDigitMs: 1_000, silenceMs: 500, checkMs: 200 };
const ID = '1790000000.7';

describe('the FastAGI door', () => {
  let server: AgiServer;
  let lines: ScreeningLine[];
  let heard: string[];
  let problems: string[];
  let clients: Client[];

  beforeEach(async () => {
    [lines, heard, problems, clients] = [[], [], [], []];
    server = await listenForAgi({
      host: '127.0.0.1',
      port: 0,
      decisionMs,
      commandMs,
      timing,
      ears: {
        onDigit: (id, digit) => void heard.push(`${id} ${digit}`),
        onPlayed: (id) => void heard.push(`${id} played`),
        onLeft: (id) => void heard.push(`${id} left`),
      },
      onQuestion: (line) => void lines.push(line),
      onProblem: (problem) => void problems.push(problem),
    });
  });
  afterEach(async () => {
    for (const client of clients) client[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
    await eventually(() => server.state().open === 0, 20_000, 2);
  });

  const enter = async (text = ''): Promise<Client> => {
    const client = await connectTo(server.state().address);
    clients.push(client);
    if (text !== '') client.say(text);
    return client;
  };

  /** A call that has asked, and its line. */
  const asked = async (id = ID) => {
    const before = lines.length;
    const client = await enter(block({ agi_uniqueid: id }));
    await eventually(() => lines.length > before, 20_000, 2);
    const line = lines.at(-1);
    if (!line) throw new Error('the question was not heard');
    return { client, line };
  };

  it('says a verdict in one burst and ends the talk, and knows that it was taken', async () => {
    const { client, line } = await asked();
    const said = Promise.all([
      line.setVariable(ID, 'CALLWARDEN_CAUSE', '21'),
      line.setVariable(ID, 'CALLWARDEN_VERDICT', 'deny:1.2.3'),
      line.continueInDialplan(ID),
    ]);
    await client.closed();
    expect(client.heard).toBe(
      'SET VARIABLE CALLWARDEN_CAUSE "21"\nSET VARIABLE CALLWARDEN_VERDICT "deny:1.2.3"\n',
    );
    client.say('200 result=1\n200 result=1\nHANGUP\n');
    client.socket.end();
    expect(await said).toEqual(['done', 'done', 'done']);
    expect({ heard, problems }).toEqual({ heard: [], problems: [] });
    expect(server.state()).toMatchObject({ questions: 1, refused: 0 });
  });

  it('knows that a caller was gone before the verdict', async () => {
    const { client, line } = await asked();
    const said = Promise.all([line.setVariable(ID, 'CALLWARDEN_VERDICT', 'x'), line.continueInDialplan(ID)]);
    await client.closed();
    client.say('HANGUP\n');
    client.socket.end();
    expect(await said).toEqual(['gone', 'done']);
    const later = await asked('1790000000.8');
    later.client.say('HANGUP\n');
    await eventually(() => heard.length > 0, 20_000, 2);
    expect(heard).toEqual(['1790000000.8 left']);
    expect(await later.line.setVariable(ID, 'CALLWARDEN_VERDICT', 'x')).toBe('gone');
    expect(await later.line.continueInDialplan(ID)).toBe('gone');
  });

  it('cuts a connection whose command is not answered, and says that it could not be said', async () => {
    const { client, line } = await asked();
    await expect(line.setVariable(ID, 'TIMEOUT(absolute)', '57')).rejects.toThrow(/did not answer/);
    await client.closed();
    expect(problems).toEqual(['a connection was cut: a command was not answered in time']);
  });

  it('cuts a connection whose question nobody answers', async () => {
    const { client } = await asked();
    await client.closed();
    expect(problems).toEqual(['a connection was cut: no verdict was said in time']);
  });

  it.each([
    ['without being asked', '200 result=1\n'],
    ['with something that Asterisk does not say', 'HTTP/1.1 400 Bad Request\r\n'],
    ['with a line that does not end', 'x'.repeat(5_000)],
  ])('cuts a connection that answers %s', async (_what, text) => {
    const { client } = await asked();
    client.say(text);
    await client.closed();
    expect(server.state().refused).toBe(1);
  });

  it('plays, hears digits one by one, and plays no more after the first', async () => {
    const { client, line } = await asked();
    const timeout = line.setVariable(ID, 'TIMEOUT(absolute)', '57');
    expect(await line.play(ID, ['first', 'second'], 'prompt')).toBe('done');
    expect(await client.line()).toBe('SET VARIABLE TIMEOUT(absolute) "57"');
    client.say('200 result=1\n');
    expect(await timeout).toBe('done');
    expect(await client.line()).toBe('EXEC Progress ""');
    client.say('200 result=0\n');
    expect(await client.line()).toBe('STREAM FILE "first" "0123456789*#ABCD"');
    client.say('200 result=52 endpos=800\n');
    expect(await client.line()).toBe('WAIT FOR DIGIT 400');
    client.say('200 result=48\n');
    expect(await client.line()).toBe('WAIT FOR DIGIT 400');
    client.say('200 result=35\n');
    await eventually(() => heard.length === 4, 20_000, 2);
    expect(heard).toEqual([`${ID} 4`, `${ID} played`, `${ID} 0`, `${ID} #`]);
    // Behind the end of an entry nothing is waited for: the verdict is the next thing.
    expect(client.heard).toBe('');
  });

  it('stops a sound in the middle, which brings no answer of its own', async () => {
    const { client, line } = await asked();
    void line.play(ID, ['long'], 'prompt');
    await client.line();
    client.say('200 result=0\n');
    await client.line();
    const stopped = line.stopPlayback('prompt');
    expect(await client.line()).toBe('NOOP');
    client.say('200 result=0\n');
    expect(await stopped).toBe('done');
    await eventually(() => heard.length > 0, 20_000, 2);
    expect(heard).toEqual([`${ID} played`]);
    expect(await client.line()).toMatch(/^WAIT FOR DIGIT/);
    // One that ends by itself in that moment has an answer of its own.
    client.say('200 result=0\n');
    void line.play(ID, ['long'], 'prompt');
    await client.line();
    const both = line.stopPlayback('prompt');
    await client.line();
    client.say('200 result=0 endpos=800\n200 result=0\n');
    expect(await both).toBe('done');
    expect(await client.line()).toMatch(/^WAIT FOR DIGIT/);
    expect(problems).toEqual([]);
  });

  it('says a verdict at once, whatever still runs', async () => {
    const { client, line } = await asked();
    void line.play(ID, ['long'], 'prompt');
    await client.line();
    client.say('200 result=0\n');
    await client.line();
    const said = Promise.all([line.setVariable(ID, 'CALLWARDEN_VERDICT', 'x'), line.continueInDialplan(ID)]);
    await client.closed();
    expect(client.heard).toBe('SET VARIABLE CALLWARDEN_VERDICT "x"\n');
    client.say('200 result=1\n');
    client.socket.end();
    expect(await said).toEqual(['done', 'done']);
  });

  it.each([
    ['HTTP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n\n\n'],
    ['a line twice', `${header().join('\n')}\nagi_arg_4: state=Up\n\n`],
    ['another question behind it', `${block()}${block()}`],
    ['an answer behind it', `${block()}200 result=1\n`],
    ['ten megabytes', 'x'.repeat(10_000_000)],
    ['bytes', Buffer.from([0, 255, 254, 10, 10]).toString('latin1')],
  ])('asks nothing for a connection that brings %s, and closes it at once', async (_what, text) => {
    const client = await enter(text);
    await client.closed(900);
    expect(client.heard).toBe('');
    expect(lines).toEqual([]);
    expect(server.state()).toMatchObject({ questions: 0, refused: 1 });
  });

  it('asks nothing for a caller who is gone already', async () => {
    const client = await enter(`${block()}HANGUP\n`);
    await client.closed();
    expect({ lines, problems }).toEqual({ lines: [], problems: [] });
  });

  it('tells ten problems a minute at most, and never what was sent', async () => {
    for (let turn = 0; turn < 30; turn += 1) {
      const client = await enter('verdict=allow\u001b[2J\n\n');
      await client.closed();
    }
    expect(problems).toHaveLength(10);
    expect(problems.join('\n')).not.toMatch(/allow|\u001b/);
    expect(server.state()).toMatchObject({ refused: 30 });
  });

  it('closes those that say nothing within a second, and those that never come to an end', async () => {
    const silent = await enter();
    const endless = await enter();
    const drip = setInterval(() => endless.say('a'), 50);
    await Promise.all([silent.closed(3_000), endless.closed(3_000)]);
    clearInterval(drip);
    expect(server.state()).toMatchObject({ open: 0, questions: 0, refused: 2 });
  });

  it('has a place for a call however many hold one and say nothing: the oldest of them goes', async () => {
    const address = server.state().address;
    clients = await Promise.all(Array.from({ length: CONNECTIONS_MAX }, () => connectTo(address)));
    await eventually(() => server.state().open === CONNECTIONS_MAX, 20_000, 5);
    const { line } = await asked();
    expect(line.kind).toBe('agi');
    expect(server.state().open).toBeLessThanOrEqual(CONNECTIONS_MAX);
    expect(problems).toContain('1024 connections are open: one that said nothing was closed');
  });

  it('takes nobody in after its stop, and lets those under way come to their end', async () => {
    const { client, line } = await asked();
    const silent = await enter();
    await eventually(() => server.state().open === 2, 20_000, 2);
    server.stop();
    await silent.closed();
    await expect(enter(block())).rejects.toThrow(/ECONNREFUSED/);
    void line.continueInDialplan(ID);
    await client.closed();
    expect(server.state()).toMatchObject({ state: 'down', questions: 1 });
  });

  it('says what to do when its port is taken', async () => {
    const [host, port] = server.state().address.split(':');
    const taken = listenForAgi({
      host: host ?? '',
      port: Number(port),
      decisionMs,
      commandMs,
      ears: { onDigit: () => undefined, onPlayed: () => undefined, onLeft: () => undefined },
      onQuestion: () => undefined,
      onProblem: () => undefined,
    });
    await expect(taken).rejects.toThrow(/FastAGI cannot listen on .* set \[agi\] host and port/);
  });
});
