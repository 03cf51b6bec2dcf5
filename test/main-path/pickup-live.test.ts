// Live, with the whole product: the stream tells what rings, `watch` shows it, and those who may take a call are alerted.
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HeardEvent } from '../../src/http/live-ports.ts';
import { eventually } from '../lab/processes.ts';
import { sampleDialplan } from '../pbx.ts';
import { pickupScene } from './pickup-scene.ts';
import { watch, type Told } from './watching.ts';

const ALERT_S = 2;
const DEADLINE_MS = 20_000;
const STREAMS_MAX = 16;
const LISTENERS = 40;
const HOSTILE = 'Bob\u001B[2J\u009B31m\u202E';

interface Data {
  readonly callId?: string;
  readonly legs?: readonly unknown[];
}
const dataOf = (told: Told) => told['data'] as Data;
const rings = (told: Told) => told.type === 'ringing' && (dataOf(told).legs?.length ?? 0) > 0;
const isOver = ({ type }: Told) => type === 'rung';
const isAlert = ({ type }: Told) => type === 'alert';

describe('live events of the running daemon', { timeout: 60_000 }, () => {
  const scene = pickupScene({
    dialplan: `${sampleDialplan}\n[from-trunk](+)\nexten => 1002,1,Dial(PJSIP/1002,30)\n`,
    policy: [
      'extension set 1001-1006',
      'pickup group create sales',
      'pickup group add sales 1002 1003 1004',
      `settings set pickup-alert-after ${ALERT_S}`,
      'settings set pickup-alert-by message',
    ],
    modules: ['res_pjsip_messaging'],
  });
  const watching = async (...words: readonly string[]) => {
    const one = watch(scene.pbx.configFile, words);
    await one.shows('board');
    return one;
  };

  /** The stream itself, as any program would read it. */
  const stream = async (lastEventId = '') => {
    const socketPath = join(scene.pbx.directory, 'callwarden.sock');
    const headers = lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId };
    const call = request({ socketPath, path: '/events', headers, agent: false });
    call.end();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    let text = '';
    response.on('error', () => undefined);
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const events = () =>
      text
        .split('\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => JSON.parse(line.slice('data: '.length)) as HeardEvent);
    return { response, events };
  };

  it('tell that a call rings, who was alerted of it, who took it, and its end, in order, and again to who missed it', async () => {
    await using live = await watching('--json');
    await using others = await watching('--json', '--extension', '1005');
    const { call } = await scene.letRing('1001', '1002');
    const ringing = await live.sees('a ringing call', rings);
    expect(ringing['data']).toMatchObject({
      callerExtension: '1001',
      legs: [{ extension: '1002' }],
      mayTake: ['1003', '1004'],
    });
    const alert = await live.sees('an alert', isAlert);
    const told = { callId: dataOf(ringing).callId, extensions: ['1002'], told: ['1003', '1004'] };
    expect(alert['data']).toMatchObject({ ...told, afterS: ALERT_S });
    const texts = () =>
      ['1001', '1002', '1003', '1004', '1005'].map((one) =>
        scene.phone(one).agent.texts.map(({ text }) => text),
      );
    const sentence = /^Call from 1001 for 1002 has been ringing for [2-9] s\. Dial \*\*1002 to take it\.$/;
    expect(await eventually(() => texts().flat().length === 2, DEADLINE_MS)).toBe(true);
    const message = expect.stringMatching(sentence) as string;
    expect(texts()).toEqual([[], [], [message], [message], []]);
    const picker = await scene.phone('1003').call('**1002');
    await picker.waitAnswered();
    const pickup = await live.sees('a pickup', ({ type }) => type === 'pickup');
    expect(pickup['data']).toMatchObject({ picker: '1003', outcome: 'won', from: '1002' });
    await live.sees('the end', isOver);
    await picker.hangup();
    await call.waitEnded();
    await scene.quiet();

    const heard = live.told();
    expect(heard.filter(isAlert)).toEqual([alert]);
    const places = [ringing, alert, pickup].map((one) => heard.findIndex(({ id }) => id === one['id']));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(others.told().filter(({ type }) => !['board', 'status'].includes(type))).toEqual([]);
    expect(scene.pbx.log()).toContain('alert caller=1001 phones=1002');

    const missed = heard.slice(places[0] ?? 0).slice(1);
    const { response, events } = await stream(String(ringing['id']));
    expect(await eventually(() => events().length >= missed.length, DEADLINE_MS)).toBe(true);
    expect(events().slice(0, missed.length)).toEqual(missed);
    response.destroy();
  });

  it('show an extension what it may take, with its pickups', async () => {
    await using his = await watching('--json', '--extension', '1003');
    const { call } = await scene.letRing('1001', '1004');
    await his.sees('a ringing call', rings);
    await call.cancel();
    await his.sees('the end', isOver);
    const refused = await scene.phone('1003').call('**1005');
    await refused.waitEnded();
    const pickup = await his.sees('his refusal', ({ type }) => type === 'pickup');
    expect(pickup['data']).toMatchObject({ picker: '1003', told: 'no-right' });
    await scene.quiet();
  });

  it('alert nobody of a call that was taken before, nor inside the quiet hours', async () => {
    const { pbx } = scene;
    await using live = await watching('--json');
    const { call } = await scene.letRing('1001', '1002');
    const picker = await scene.phone('1003').call('*8');
    await picker.waitAnswered();
    // The code is answered before the call is taken.
    await call.waitAnswered();
    await picker.hangup();
    await call.waitEnded();
    await pbx.callwarden(['schedule', 'set', 'week', '--time-zone', 'UTC', '--open', 'mon-sun 00:00-24:00']);
    await pbx.change('settings set pickup-quiet-hours week');
    const quiet = await scene.letRing('1001', '1002');
    await new Promise((resolve) => void setTimeout(resolve, (ALERT_S + 1) * 1000));
    await quiet.call.cancel();
    await scene.quiet();
    await pbx.change('settings set pickup-quiet-hours none');
    const loud = await scene.letRing('1001', '1002');
    await live.sees('an alert', isAlert);
    await loud.call.cancel();
    await scene.quiet();
    const alerts = live.told().filter(isAlert);
    expect(alerts).toHaveLength(1);
  });

  it('print one harmless line for each event where nobody looks at a screen', async () => {
    await using live = await watching();
    await using json = await watching('--json');
    const call = await scene.pbx.lab.carrier.call('1002', { from: '5551234', name: HOSTILE });
    await call.waitRinging();
    await live.shows(/ ringing 5551234 Bob.* rings on 1002, may be taken by 1003 1004\n/);
    await json.sees('a ringing call', rings);
    const taking = scene.pbx.callwarden('pickup take 1002 --for 1003');
    const picker = await scene.rings('1003');
    await Promise.all([picker.answer(), call.waitAnswered()]);
    const { output } = await taking;
    expect(output).toMatch(/^1003 has the call of 5551234 Bob.* that rang on 1002\.\n$/);
    expect(output).not.toMatch(/[^\P{C}\n]/u);
    await picker.hangup();
    await call.waitEnded();
    await scene.quiet();
    for (const one of [live, json]) expect(one.output()).not.toMatch(/[^\P{C}\n]/u);
    expect(await live.end('SIGTERM')).toBe(0);
  });

  it('draw the board in a terminal, let the ring time grow, and give the terminal back at Ctrl-C', async () => {
    await using screen = watch(scene.pbx.configFile, ['--takers'], true);
    await screen.shows('Nothing rings.');
    const call = await scene.pbx.lab.carrier.call('1002', { from: '5551234', name: HOSTILE });
    await call.waitRinging();
    await screen.shows(/\b1 s {2}5551234 Bob/);
    await screen.shows(/\b3 s {2}5551234 Bob.*1002 +1003 1004/);
    await call.cancel();
    await screen.shows(/LATELY/);
    const shown = screen.output();
    expect(shown.startsWith('\u001B[?1049h')).toBe(true);
    expect(shown).not.toContain('\u001B[2J');
    expect(shown).not.toMatch(/[\u0080-\u009F\u202E]/);
    screen.types('\u0003');
    expect(await screen.ended()).toBe(0);
    expect(screen.output().trimEnd().endsWith('\u001B[?25h\u001B[?1049l')).toBe(true);
    await scene.quiet();
  });

  it('go on over a restart of the daemon: watch says that it is away, and shows what rings when it is back', async () => {
    const { pbx } = scene;
    await using live = await watching('--json');
    await using screen = watch(pbx.configFile, [], true);
    await screen.shows('Nothing rings.');
    await pbx.endDaemon('SIGKILL');
    await live.sees('away', ({ type }) => type === 'away');
    await screen.shows('The daemon is away');
    const late = await pbx.callwarden('watch');
    expect(late).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^callwarden: No daemon answers on /),
    });
    const call = await scene.phone('1001').call('1002');
    await call.waitRinging();
    await pbx.startDaemon();
    await live.sees('back', ({ type }) => type === 'back');
    const heard = () => live.told();
    const back = heard().findIndex(({ type }) => type === 'back');
    const names = (told: Told) => JSON.stringify(told).includes('"callerExtension":"1001"');
    expect(await eventually(() => heard().slice(back).some(names), DEADLINE_MS)).toBe(true);
    await screen.shows(/ s {2}1001 /);
    await call.cancel();
    await scene.quiet();
  });

  it('serve as many as may listen, tell the others so, and leave room for commands', async () => {
    // Beyond what the socket holds at all, connections are cut.
    const tried = await Promise.allSettled(Array.from({ length: LISTENERS }, () => stream()));
    const streams = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const served = streams.filter(({ response }) => response.statusCode === 200);
    expect(served).toHaveLength(STREAMS_MAX);
    const refused = streams.filter(({ response }) => response.statusCode === 503);
    expect(refused).toHaveLength(streams.length - STREAMS_MAX);
    const { call } = await scene.letRing('1001', '1002');
    const hears = ({ events }: (typeof streams)[number]) => events().some(({ type }) => type === 'ringing');
    expect(await eventually(() => served.every(hears), DEADLINE_MS)).toBe(true);
    await call.cancel();
    for (const { response } of streams) response.destroy();
    const isServed = async () => {
      const one = await stream();
      one.response.destroy();
      return one.response.statusCode === 200;
    };
    expect(await eventually(isServed, DEADLINE_MS)).toBe(true);
    await scene.quiet();
  });
});
