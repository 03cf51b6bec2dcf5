// Whatever the application says that is not the verdict on this very call and number, nothing goes out (I2, I5).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectWebsocketLink } from '../../src/asterisk/ari/websocket-link.ts';
import type { AriEvent, AriLink } from '../../src/asterisk/ari/link.ts';
import { CONTEXTS, VARIABLES } from '../../src/asterisk/dialplan/variables.ts';
import { readScreeningRequest, type ScreeningRequest } from '../../src/asterisk/screening-request.ts';
import { ensureAsterisk } from '../lab/install.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { redirect } from './redirect.ts';

const abroad = '00541938384';
const other = '00541938385';

type Answer = (link: AriLink, question: ScreeningRequest) => Promise<unknown>;

const byVariable =
  (words: (question: ScreeningRequest) => string): Answer =>
  (link, question) =>
    Promise.all([
      link.setVariable(question.channelId, VARIABLES.verdict, words(question)),
      link.continueInDialplan(question.channelId),
    ]);

const byExtension =
  (words: (question: ScreeningRequest) => string): Answer =>
  (link, question) =>
    link.continueInDialplan(question.channelId, {
      context: CONTEXTS.number,
      extension: words(question),
      priority: 1,
    });

const wrongWords: readonly (readonly [string, (question: ScreeningRequest) => string])[] = [
  ['a bare allow', () => 'allow'],
  ['an allow with nothing behind it', () => 'allow::'],
  ['an allow without nonce', ({ dialled }) => `allow::${dialled}`],
  ['an allow without number', ({ nonce }) => `allow:${nonce}:`],
  ['the nonce of another question', ({ nonce, dialled }) => `allow:${nonce.replace(/\d$/, 'x')}:${dialled}`],
  ['another number', ({ nonce }) => `allow:${nonce}:${other}`],
  ['a number with one digit more', ({ nonce, dialled }) => `allow:${nonce}:${dialled}0`],
  ['a number with one digit less', ({ nonce, dialled }) => `allow:${nonce}:${dialled.slice(0, -1)}`],
  ['a limit that was not told', ({ nonce, dialled }) => `limit:${nonce}:${dialled}`],
  ['a limit on another number', ({ nonce }) => `limit:${nonce}:${other}`],
  ['a limit with the nonce of another question', ({ dialled }) => `limit:1.1.1:${dialled}`],
  ['capitals', ({ nonce, dialled }) => `ALLOW:${nonce}:${dialled}`],
];

const answers: readonly (readonly [string, Answer])[] = [
  ['nothing but continue', (link, { channelId }) => link.continueInDialplan(channelId)],
  ...wrongWords.map(([what, words]) => [`${what}, as variable`, byVariable(words)] as const),
  ...wrongWords.map(([what, words]) => [`${what}, as extension`, byExtension(words)] as const),
  [
    'an allow and then another one',
    (link, { channelId, nonce, dialled }) =>
      Promise.all([
        link.setVariable(channelId, VARIABLES.verdict, `allow:${nonce}:${dialled}`),
        link.setVariable(channelId, VARIABLES.verdict, `allow:${nonce}:${other}`),
        link.continueInDialplan(channelId),
      ]),
  ],
];

describe('a verdict that is none', () => {
  let pbx: Pbx;
  let link: AriLink;
  let phone: Phone;
  let answer: Answer;

  beforeAll(async () => {
    await ensureAsterisk(22, () => undefined);
    pbx = await startPbx({ daemon: false });
    phone = await pbx.lab.phone('1001');
    const onEvent = (event: AriEvent) => {
      if (event.type !== 'StasisStart') return;
      const question = readScreeningRequest(event.channel, event.args.slice(1), () => true);
      if (question) void answer(link, question);
    };
    link = await connectWebsocketLink(
      {
        ...pbx.lab.ari,
        application: 'callwarden',
        commandDeadlineMs: 1000,
        connectDeadlineMs: 5000,
        onEvent,
        onProblem: () => undefined,
      },
      new AbortController().signal,
    );
  });
  afterAll(async () => {
    await link?.[Symbol.asyncDispose]();
    await pbx?.[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    answer = () => Promise.reject(new Error('no answer was chosen'));
  });

  it.each(answers)('is refused: %s', async (_what, chosen) => {
    answer = chosen;
    const call = await phone.call(abroad);
    const final = await call.waitFinal();
    expect(final.status).toBeGreaterThanOrEqual(400);
    expect(pbx.lab.carrier.numbers).toEqual([]);
  });

  it('is refused when it is an old one: the verdict of a call before', async () => {
    let old = '';
    answer = byVariable(({ nonce, dialled }) => (old = `allow:${nonce}:${dialled}`));
    const first = await phone.call(abroad);
    await first.waitAnswered();
    await first.hangup();
    answer = byVariable(() => old);
    const second = await phone.call(abroad);
    expect((await second.waitFinal()).status).toBe(503);
    answer = byExtension(() => old);
    const third = await phone.call(abroad);
    expect((await third.waitFinal()).status).toBe(503);
    expect(pbx.lab.carrier.numbers).toEqual([abroad]);
  });

  it('is taken in both ways of saying it, when it is the right one', async () => {
    const right = ({ nonce, dialled }: ScreeningRequest) => `allow:${nonce}:${dialled}`;
    const before = pbx.lab.carrier.numbers.length;
    for (const say of [byVariable(right), byExtension(right)]) {
      answer = say;
      const call = await phone.call(abroad);
      await call.waitAnswered();
      await call.hangup();
    }
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([abroad, abroad]);
  });

  it('is refused when it is the right one and late: the nonce has gone with the deadline', async () => {
    const before = pbx.lab.carrier.numbers.length;
    let late = '';
    answer = (_link, { nonce, dialled }) => {
      late = `allow:${nonce}:${dialled}`;
      return Promise.resolve();
    };
    // Long enough for the redirect: the announcement of the refusal, many times over.
    const sound = join(pbx.lab.directory, 'data/sounds/en/ss-noservice.ulaw');
    const usual = readFileSync(sound);
    writeFileSync(sound, Buffer.concat(Array.from({ length: 20 }, () => usual)));
    const call = await phone.call(abroad);
    expect(await eventually(() => call.earlyMedia, 20_000)).toBe(true);
    const [channel = ''] = await pbx.lab.channels();
    await redirect(pbx.lab, channel, CONTEXTS.number, late, 1);
    const final = await call.waitFinal(20_000);
    writeFileSync(sound, usual);
    expect(late).toContain(abroad);
    expect(final.status).toBe(503);
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([]);
  });

  it('cannot be walked round by a redirect to the line that dials: the gate on the trunk leg is shut', async () => {
    const before = pbx.lab.carrier.numbers.length;
    answer = () => new Promise(() => undefined);
    const call = await phone.call(abroad);
    let shown = '';
    const isWaiting = async () =>
      (shown = await pbx.lab.console('core show channels concise')).includes('!Stasis!');
    expect(await eventually(isWaiting, 20_000)).toBe(true);
    await redirect(pbx.lab, shown.split('!', 1)[0] ?? '', 'outside', abroad, 3);
    const final = await call.waitFinal();
    expect(final.status).toBeGreaterThanOrEqual(400);
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([]);
  });
});
