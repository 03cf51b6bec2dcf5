// What the daemon says, in the languages of the console: sentences are found by their patterns, and none that it throws is missing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vite';
import { formsOf, phrasebook, type Phrases, type SaidWords } from '../../src/console/i18n/phrasebook.ts';
import { formFor } from '../../src/console/i18n/words.ts';
import { counted } from '../../src/counted.ts';
import { said as de } from '../../src/console/words/de/said/index.ts';
import { said as en } from '../../src/console/words/en/said/index.ts';
import { said as es } from '../../src/console/words/es/said/index.ts';
import { said as fr } from '../../src/console/words/fr/said/index.ts';

const src = join(import.meta.dirname, '../../src');

const bookOf = (words: SaidWords, language = 'de') =>
  phrasebook(en, words, {
    number: (value) => value.toLocaleString('de'),
    moment: (atMs) => new Date(atMs).toISOString().slice(0, 10),
    country: (region) => new Intl.DisplayNames('de', { type: 'region' }).of(region) ?? region,
    list: (items) => new Intl.ListFormat('de').format(items),
    name: () => null,
    form: (own, count) => formFor(own, count, language),
  });
const german = bookOf(de);
/** Says every sentence that it knows as `§`: what is left is not known. */
const marked = bookOf(Object.fromEntries(Object.keys(en).map((key) => [key, '§'])));

/** A syntax tree, as far as it is looked at. */
interface Node {
  readonly type: string;
  readonly [part: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;
const nodesIn = (node: Node): readonly Node[] =>
  Object.values(node)
    .flatMap((part) => (Array.isArray(part) ? part : [part]))
    .filter(isNode);

/** What a text of the source says, with a name in the place of each value; null where it is no text. */
function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null;
  if (node.type === 'TemplateLiteral') {
    const quasis = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[];
    return quasis.map(({ value }) => value.cooked).join('7');
  }
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return null;
  const sides = [node['left'], node['right']].map((side) => (isNode(side) ? textOf(side) : null));
  return sides.every((side) => side === null) ? null : sides.map((side) => side ?? '7').join('');
}

/** What `new AppError` and `problem` are given to say, and outside of `http`, which describes itself, every whole sentence. */
function sentencesIn(node: Node, whole: boolean, isSaid = false): readonly string[] {
  if (node.type === 'ImportDeclaration' || node.type.startsWith('TSType')) return [];
  const name = isNode(node['callee']) ? node['callee']['name'] : undefined;
  const said = isSaid || name === 'AppError' || name === 'problem';
  const text = textOf(node);
  if (text === null) return nodesIn(node).flatMap((inner) => sentencesIn(inner, whole, said));
  const inside =
    node.type === 'Literal' ? [] : nodesIn(node).flatMap((inner) => sentencesIn(inner, false, false));
  const isSentence = said ? / /.test(text) : whole && /^[A-Z7“"`+].* .*[.?]$/s.test(text);
  return isSentence ? [text, ...inside] : inside;
}

/** What nobody meets in a browser, or has words elsewhere: files of the machine, help of figures, sounds, reasons. */
const elsewhere =
  /policy-file\/(?:cdr|expectations)|(?:level-file|metric-table|announcements|reasons|resolve|telling|local-server|refusal)\.ts$/;

const DOCTOR = '`callwarden doctor`';
const RENEW = '`callwarden pin renew`';
const CALLS = '`callwarden calls --reason unscreened-call`';

/** Sentences of parts, by their frame in the source: as they are said. */
const composed: Readonly<Record<string, readonly string[]>> = {
  '7: that needs the right system.write. Nothing was changed.': [
    'The extension 1001 has exceptions and limits, which go with it: that needs the right system.write.',
  ],
  '7: leave that out for the 7. Nothing was changed.': [
    'Who may pick up any ringing call is said by the right system.write: leave that out for the extension 1001.',
  ],
  '7 wrong. Nothing was changed.': ['One line is wrong. Nothing was changed.', '12 lines are wrong.'],
  '+7 is shared: 7 7.': ['+7 is shared: RU stays as it is.', '+1 is shared: CA, US stay as they are.'],
  '7 not known. `callwarden extension list` shows those that are.': [
    'The extension 1001 is not known. `callwarden extension list` shows those that are.',
    'These extensions are not known.',
  ],
  'With 7 went 7.': ['With it went 1 place in a group, 2 rules and 3 limits.', 'With them went 1 rule.'],
  '7 may now call abroad.': ['1 extension may now call abroad.', '1,200 extensions may now call abroad.'],
  '7 may no longer call abroad.': ['1 extension may no longer call abroad.'],
  '7 is one of 7, not 7.7': ['--role is one of both, target, not "x". Did you mean both?'],
  '7 Nothing was changed.': [],
  '`callwarden 7`.': [],
  '`group set` and `extension set`.': [],
  '7 ended: `callwarden pickup right list --expired`.': [
    'One pickup right has ended: `callwarden pickup right list --expired`.',
    '3 pickup rights have ended: `callwarden pickup right list --expired`.',
  ],
  'The PIN 7 7.': ['The PIN p-7k3m goes with its person, and no file brings it back.'],
  'The PINs 7 7.': [
    'The PINs p-7k3m, p-8k3m count nowhere any more: remove them, and add others where they are needed.',
  ],
  'International calls are 7 for the group 7.': ['International calls are disallowed for the group sales.'],
  'International calls are 7 for extension 7.': ['International calls are allowed for extension 1001.'],
  'Calls to 7 are 7.': ['Calls to FR are denied.', 'Calls to FR are allowed.'],
  'An exception of extension 7 7 77.': ['An exception of extension 1001 allows calls to FR (trip).'],
  'A rule7 7 77.': [
    'A rule blocks numbers that begin with +5411 (fraud).',
    'A rule of the group sales asks for a PIN for +33140205050.',
  ],
  'The level 7 7 7.': ['The level low opens FR.', 'The level high does not open CU.'],
  '7 destinations are 7.': ['Premium destinations are off.', 'Directory enquiry destinations are on.'],
  '7 7 on the block-list7.': [
    '+331 is on the block-list.',
    'Numbers that begin with +3 are on the block-list (x).',
  ],
  [`7 reached a trunk without a verdict since the start: ${DOCTOR} names the ways, ${CALLS} the calls.`]: [
    `1 call reached a trunk without a verdict since the start: ${DOCTOR} names the ways, ${CALLS} the calls.`,
  ],
  [`${CALLS} the calls.`]: [],
  '7; ask for less, such as a shorter time, or try again later.': [
    'Too many reports are being made; ask for less, such as a shorter time, or try again later.',
  ],
  '7; wait for one of them, then ask again.': [
    '2 reports are being made for ana already; wait for one of them, then ask again.',
  ],
  '7, but the heads name 7.': ['1 cell, but the heads name 3.', '4 cells, but the heads name 3.'],
  '7 7 chosen, against 7 of that kind now. Look again, then repeat it.': [
    '1 extension was chosen, against 3 of that kind now. Look again, then repeat it.',
    '1,200 extensions were chosen, against 3 of that kind now. Look again, then repeat it.',
  ],
  '7 read, 7 unchanged.': ['1 line read, 0 unchanged.', '30 lines read, 30 unchanged.'],
  'No longer calling abroad: 7 without the right (7), and every unknown one.': [
    'No longer calling abroad: 1 known extension without the right (1002), and every unknown one.',
    'No longer calling abroad: 2 known extensions without the right (1002, 1003), and every unknown one.',
  ],
  [`7 of 7 PINs 7 made with another key file than 7 and 7 nothing. Put that file back, or give 7 new digits with ${RENEW}.`]:
    [
      `1 of 3 PINs was made with another key file than /k and matches nothing. Put that file back, or give it new digits with ${RENEW}.`,
      `2 of 3 PINs were made with another key file than /k and match nothing. Put that file back, or give them new digits with ${RENEW}.`,
    ],
  '7 7 lost since the start; the log says why.': [
    '1 call record was lost since the start; the log says why.',
    '1,200 call records were lost since the start; the log says why.',
  ],
  'The daemon 7; calls come first. Try again in a moment.': [
    'The daemon has too much to answer; calls come first. Try again in a moment.',
  ],
};

/** Said of many only: one has a sentence of its own, or it tells of a bound. */
const ofMany = [
  /-max$|^gone-|^notice-(?:may|no)-abroad|-at-once$|^csv-wrong|^rights-ended|^guard-many|^sign-|^own-follows/,
  /^(?:seconds|minutes|hours)$|^events-waited|^reports-of|^pins-of-caller|^groups-of-extension|^schedule-/,
];
/** Whether a word beside its number goes by it. */
const isCounted = (key: string, text: string) =>
  !ofMany.some((pattern) => pattern.test(key)) &&
  (/\{count\} (?!on it|minutes)[a-z]/.test(text) || (key.startsWith('limit-') && /\{max\} [a-z]/.test(text)));
/** Though it would need two; `pays` is one and many. */
const hasOneForm = (said: SaidWords[string] | undefined) =>
  typeof said === 'string' && !/\} pays /.test(said);

const isKnown = (text: string) => !/[a-z]/i.test(marked.text(text).replaceAll(/§|\b7\b/g, ''));

describe('the daemon’s sentences', () => {
  it.each(Object.entries({ fr, es, de }))('are all there in %s, with the same values', (_, words) => {
    const values = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted().join(' ');
    const english: Phrases = en;
    expect(Object.keys(words)).toEqual(Object.keys(english));
    const wrong = Object.entries<SaidWords[string]>(words).filter(([key, said]) =>
      formsOf(said).some(
        (text) => text === '' || values(text) !== values(formsOf(english[key] ?? '').join(' ')),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries({ fr, es, de }))(
    'have in %s a form for one and a form for many, wherever one may be said',
    (_, words: SaidWords) => {
      const wrong = Object.entries<SaidWords[string]>(en).filter(
        ([key, english]) => formsOf(english).some((text) => isCounted(key, text)) && hasOneForm(words[key]),
      );
      expect(wrong.map(([key]) => key)).toEqual([]);
    },
  );

  it('say none, one, two and five in the form of the number', () => {
    const text = (count: number) =>
      `${counted(count, 'call record')} ${count === 1 ? 'was' : 'were'} lost since the start; the log says why.`;
    const said = (words: SaidWords, language: string) =>
      [0, 1, 2, 5].map(
        (count) =>
          bookOf(words, language)
            .text(text(count))
            .split(/[;:] | ; /)[0],
      );
    expect(said(de, 'de')).toEqual([
      'Seit dem Start gingen 0 Anrufdatensätze verloren',
      'Seit dem Start ging 1 Anrufdatensatz verloren',
      'Seit dem Start gingen 2 Anrufdatensätze verloren',
      'Seit dem Start gingen 5 Anrufdatensätze verloren',
    ]);
    expect(said(fr, 'fr')).toEqual([
      '0 enregistrement d’appel a été perdu depuis le démarrage',
      '1 enregistrement d’appel a été perdu depuis le démarrage',
      '2 enregistrements d’appels ont été perdus depuis le démarrage',
      '5 enregistrements d’appels ont été perdus depuis le démarrage',
    ]);
    expect(said(es, 'es')).toEqual([
      'Se perdieron 0 registros de llamadas desde el arranque',
      'Se perdió 1 registro de llamadas desde el arranque',
      'Se perdieron 2 registros de llamadas desde el arranque',
      'Se perdieron 5 registros de llamadas desde el arranque',
    ]);
  });

  it('stand under one key each', () => {
    const bare = Object.entries<SaidWords[string]>(en)
      .filter(([key]) => !key.includes('.'))
      .flatMap(([, said]) => formsOf(said).map((text) => text.replaceAll(/\{\w+\}/g, '{}')));
    expect(bare.filter((text, place) => bare.indexOf(text) !== place)).toEqual([]);
  });

  it('are known to the console, all that are thrown, noticed or said of a rule', () => {
    const rooms = ['admin', 'barring', 'pickup', 'daemon', 'http'];
    const unknown = rooms.flatMap((room) =>
      readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !elsewhere.test(name))
        .flatMap((name) => {
          const tree = parseAst(readFileSync(join(src, room, name), 'utf8'), { lang: 'ts' });
          return sentencesIn(tree as unknown as Node, room !== 'http')
            .filter((text) => composed[text] === undefined && !isKnown(text))
            .map((text) => `${room}/${name}: ${text}`);
        }),
    );
    expect(unknown).toEqual([]);
    expect(
      Object.values(composed)
        .flat()
        .filter((text) => !isKnown(text)),
    ).toEqual([]);
  });

  it('are said in the other language, with what is in them', () => {
    const told: Readonly<Record<string, string>> = {
      'There is no group "sals". Did you mean sales?': 'Nicht vorhanden: Gruppe "sals". Meinten Sie sales?',
      'An exception of extension 1001 allows calls to FR (trip to Paris and back).':
        'Eine Ausnahme der Nebenstelle 1001 erlaubt Anrufe nach Frankreich (trip to Paris and back).',
      'With it went 1 place in a group, 2 rules and 3 limits.':
        'Damit verschwanden: 1 Platz in einer Gruppe, 2 Regeln und 3 Grenzen.',
      'The code +1 is shared. These stay closed: US (United States), LC (St. Lucia) and 20 more.':
        'Die Vorwahl +1 ist geteilt. Geschlossen bleiben: US (Vereinigte Staaten), LC (St. Lucia) und 20 weitere.',
      'ARI is not connected: What answers at http://x/ari is not ARI (HTTP 500); check ari.url.':
        'ARI ist nicht verbunden: Was unter http://x/ari antwortet, ist nicht ARI (HTTP 500); prüfen Sie ari.url.',
      'Asterisk closed the connection': 'Asterisk hat die Verbindung geschlossen',
      'line 3: column role: --role is one of both, target, not "x". Did you mean both?':
        'Zeile 3: Spalte role: --role ist eines von both, target, nicht "x". Meinten Sie both?',
      'limit: Too big: expected number to be <=500': 'limit: Zu groß: höchstens 500',
      '1001 is in quarantine until 2026-11-22T18:00:00.000Z.': '1001 ist in Quarantäne bis 2026-11-22.',
      'At most 1 international call at the same time': 'Höchstens 1 Auslandsgespräch gleichzeitig',
      'At most 1,200 hot calls in the time set': 'Höchstens 1.200 riskante Anrufe in der gesetzten Zeit',
      'There would be 10,001 extensions, and 10,000 is the limit.':
        'Es gäbe 10.001 Nebenstellen, und höchstens 10.000 sind möglich.',
      'the protection of the extension 1002 (boss): only the interceptors of sales may take; 1003 is not named':
        'der Schutz für die Nebenstelle 1002 (boss): nur die Übernehmenden von sales dürfen übernehmen; 1003 ist nicht genannt',
    };
    expect(Object.keys(told).map((text) => german.text(text))).toEqual(Object.values(told));
  });

  it('stay as they are where they are not known, however long or odd', () => {
    const odd = [
      'What a newer daemon says.',
      '',
      'a; b and c',
      `There is no ${'x. '.repeat(2000)}`,
      '{name} §',
    ];
    expect(odd.map((text) => german.text(text))).toEqual(odd);
    expect(german.word('field', 'of a newer daemon')).toBe('of a newer daemon');
  });

  it('are found in bounded time, whatever people have written into them', () => {
    const hostile = ['and ', ' (', '; ', ': ', 'FR (x), ', ' is a ', '. '].map((part) =>
      part.repeat(900 / part.length),
    );
    for (const text of hostile) expect(german.text(`There is no group ${text}`)).not.toBe('');
  });
});
