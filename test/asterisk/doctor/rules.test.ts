// The doctor's rules without Asterisk: what two patterns share, where steps lead, and which Asterisk is named (RS-05).
import { expect, it } from 'vitest';
import { readDialplan } from '../../../src/asterisk/doctor/dialplan.ts';
import { canMeet, shapeOf, without } from '../../../src/asterisk/doctor/extension-pattern.ts';
import { readConf } from '../../../src/asterisk/doctor/conf-file.ts';
import { examineRoutes } from '../../../src/asterisk/doctor/routes.ts';
import { CONF_NAMES, examineSystem, type SystemFacts } from '../../../src/asterisk/doctor/system.ts';

it.each([
  ['_X.', '911', true],
  ['_X.', '9', false],
  ['_X!', '9', true],
  ['_NXX', '199', false],
  ['_[2-4]XX', '_3.', true],
  ['_[2-4]XX', '_5.', false],
  ['_9X.', '_[0-9*#+]!', true],
  ['_10XX', '1001', true],
  ['_10XX', '10011', false],
  ['h', '_X.', false],
  ['h', '_.', true],
])('knows whether %s and %s can be the same call: %s', (one, other, meets) => {
  expect(canMeet(shapeOf(one), shapeOf(other))).toBe(meets);
  expect(canMeet(shapeOf(other), shapeOf(one))).toBe(meets);
});

it('takes digits off a pattern as a dialplan does', () => {
  expect(canMeet(without(shapeOf('_71.'), 2), shapeOf('00541'))).toBe(true);
  expect(canMeet(without(shapeOf('_9NXX'), 1), shapeOf('199'))).toBe(false);
});

/** `context | extension,priority[(label)] | application | arguments`, or `context > included`. */
function planOf(text: string) {
  const rows = text
    .trim()
    .split('\n')
    .map((line): Record<string, string> => {
      const [context = '', included] = line.split(' > ').map((part) => part.trim());
      if (included !== undefined) return { context, includecontext: included };
      const [where = '', place = '', application = '', appdata = ''] = line
        .split(' | ')
        .map((part) => part.trim());
      const [, extension = '', priority = '', extensionlabel = ''] =
        /^(.*),(\d+)(?:\((\w+)\))?$/.exec(place) ?? [];
      return { context: where, extension, priority, extensionlabel, application, appdata };
    });
  return readDialplan(rows);
}

function codesOf(
  text: string,
  globals: Readonly<Record<string, string>> = {},
  queues: Readonly<Record<string, string[]>> = {},
) {
  return examineRoutes({
    plan: planOf(`${text}\nphones > callwarden-pickup\ncallwarden-pickup | *8,1 | NoOp |`),
    around: {
      endpoints: ['1001', '1002', 'trunk'],
      isTrunk: (name) => !/^10..$/.test(name),
      globals: new Map(Object.entries(globals)),
      queues: new Map(Object.entries(queues)),
    },
    phoneContexts: ['phones'],
    internationalPrefixes: [],
  }).map(({ code }) => code);
}

const screened = 'phones | _X.,1 | Gosub | callwarden-screen,s,1';

it.each([
  ['phones of the house', 'phones | _10XX,1 | Dial | PJSIP/${EXTEN},30', []],
  ['any endpoint of digits', 'phones | _X.,1 | Dial | PJSIP/${EXTEN},30', []],
  ['any endpoint at all', 'phones | _.,1 | Dial | PJSIP/${EXTEN},30', ['unscreened-route']],
  ['a telephone line', 'phones | _9.,1 | Dial | DAHDI/g0/${EXTEN:1}', ['unscreened-route']],
  ['the second of two', 'phones | 600,1 | Dial | PJSIP/1001&PJSIP/0054@trunk', ['unscreened-route']],
  ['a page', 'phones | 600,1 | Page | PJSIP/1001&PJSIP/0054@trunk', ['unscreened-route']],
  [
    'an originated call',
    'phones | 600,1 | Originate | PJSIP/0054@trunk,app,Playback,beep',
    ['unscreened-route'],
  ],
  [
    'a redirect',
    'phones | 600,1 | ChannelRedirect | ${X},out,600,1\nout | 600,1 | Dial | PJSIP/1@trunk',
    ['unscreened-route'],
  ],
  ['TryExec', 'phones | 600,1 | TryExec | Dial(PJSIP/0054@trunk)', ['unscreened-route']],
  [
    'a macro',
    'phones | _X.,1 | Macro | out,${EXTEN}\nmacro-out | s,1 | Dial | PJSIP/${ARG1}@trunk',
    ['unscreened-route'],
  ],
  [
    'dialling by DISA',
    'phones | 600,1 | DISA | no-password,out\nout | _X.,1 | Dial | PJSIP/${EXTEN}@trunk',
    ['unscreened-route'],
  ],
  [
    'a place that the option G names',
    'phones | 600,1 | Dial | PJSIP/1001,30,G(out^600^1)\nout | 600,1 | Dial | PJSIP/1@trunk',
    ['unscreened-route'],
  ],
  ['FollowMe, which is configured elsewhere', 'phones | 600,1 | FollowMe | 1001', ['cannot-tell']],
  ['a context that nobody knows', 'phones | 600,1 | Goto | ${SOMEWHERE},600,1', ['cannot-tell']],
  [
    'a macro that screens',
    'phones | _X.,1 | Macro | ask\nphones | _X.,2 | Dial | PJSIP/${CALLWARDEN_NUMBER}@trunk,60,b(callwarden-gate^s^1(1))\nmacro-ask | s,1 | Gosub | callwarden-screen,s,1',
    [],
  ],
  [
    'digits that were typed behind a screening',
    `${screened}\nphones | _X.,2 | Dial | PJSIP/\${EXTEN}@trunk,60,b(callwarden-gate^s^1(\${EXTEN}))`,
    ['dials-another-number'],
  ],
  [
    'a Local channel that carries what was judged',
    `${screened}\nphones | _X.,2 | Dial | Local/\${CALLWARDEN_NUMBER}@out/n\nout | _X.,1 | Dial | PJSIP/\${EXTEN}@trunk,,b(callwarden-gate^s^1(1))`,
    ['dials-another-number'],
  ],
  [
    'a Local channel that carries another number',
    `${screened}\nphones | _X.,2 | Dial | Local/\${EXTEN}@out/n\nout | _X.,1 | Dial | PJSIP/\${EXTEN}@trunk`,
    ['unscreened-route'],
  ],
  ['an endless loop', 'phones | 600,1 | Goto | phones,601,1\nphones | 601,1 | Goto | phones,600,1', []],
  ['a recursive subroutine', 'phones | 600,1 | Gosub | phones,600,1\nphones | 600,2 | Return |', []],
])('%s', (_what, text, codes) => {
  expect(codesOf(text)).toEqual(codes);
});

it('follows the members of a queue and global variables', () => {
  const queue = 'phones | 601,1 | Queue | support,,,,30';
  expect(codesOf(queue, {}, { support: ['PJSIP/1001', 'Local/1002@phones/n'] })).toEqual([]);
  expect(codesOf(queue, {}, { support: ['PJSIP/0054@trunk'] })).toEqual(['unscreened-route']);
  const global = 'phones | _X.,1 | Dial | ${OUT}/${EXTEN}';
  expect(codesOf(global)).toEqual(['cannot-tell']);
  expect(codesOf(global, { OUT: 'PJSIP/trunk' })).toEqual(['unscreened-route']);
});

it('takes a way that no phone has for less, and still tells of it', () => {
  expect(codesOf('inbound | _X.,1 | Dial | PJSIP/${EXTEN}@trunk')).toEqual(['unscreened-elsewhere']);
});

const needed =
  `app_stack app_dial app_playback func_strings func_logic func_rand func_timeout func_uri func_channel
  func_callerid app_stasis res_stasis res_stasis_answer res_stasis_playback res_ari_channels res_ari_playbacks
  res_ari_events res_ari_applications res_ari_asterisk bridge_builtin_interval_features app_directed_pickup`.split(
    /\s+/,
  );

function systemCodes(changed: Partial<SystemFacts>): string[] {
  const files = new Map(CONF_NAMES.map((name) => [name, { problem: 'not here' }] as const));
  const facts: SystemFacts = {
    version: '22.10.1',
    modules: needed,
    door: 'stasis',
    files,
    ariUser: 'callwarden',
  };
  return examineSystem({ ...facts, ...changed })
    .filter(({ severity, code }) => severity !== 'ok' && code !== 'unread-file')
    .map(({ code }) => code);
}

it('names an Asterisk that is old, and modules that are missing', () => {
  expect(systemCodes({})).toEqual([]);
  expect(systemCodes({ version: '22.9.0' })).toEqual(['asterisk-version']);
  expect(systemCodes({ version: '16.28.0' })).toEqual(['asterisk-version']);
  expect(systemCodes({ version: '23.1.0' })).toEqual([]);
  const lacking = (name: string) => systemCodes({ modules: needed.filter((each) => each !== name) });
  expect(lacking('bridge_builtin_interval_features')).toEqual(['limit-module-missing']);
  expect(lacking('func_uri')).toEqual(['module-missing']);
  expect(lacking('res_ari_playbacks')).toEqual(['module-missing']);
  expect(systemCodes({ door: 'broadcast' })).toEqual(['module-missing']);
});

it('reads configuration files as Asterisk does', () => {
  const { conf, includes } = readConf(
    '; x\n[general](!)\nA = 1 ; one\na => 2\n#include other.conf\n[b]\nc=\n',
  );
  expect(conf.get('general')?.get('a')).toEqual(['1', '2']);
  expect(conf.get('b')?.get('c')).toEqual(['']);
  expect(includes).toBe(true);
});

it('names a section that stands twice, which Asterisk does not read as one', () => {
  const stock = '[general]\nservername=Asterisk\nbindaddr=127.0.0.1\n';
  const ours = '[general]\nenabled = yes\nsessionlimit = 1000\n';
  const added = ours.replace('[general]', '[general](+)');
  const codes = (text: string) => systemCodes({ files: new Map([['http.conf', readConf(text)]]) });
  expect(codes(stock + ours)).toEqual(['section-twice']);
  expect(codes(stock + added)).toEqual([]);
});
