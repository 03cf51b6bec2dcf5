// Asterisk's configuration files put together as Asterisk does it, and the groups of the endpoints in them.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointGroupsOf } from '../../src/asterisk/endpoint-groups.ts';
import { readSections, type LoadConf } from '../../src/asterisk/sections.ts';

const read = (text: string, load: LoadConf = () => []) => readSections({ name: 'pjsip.conf', text }, load);
const groupsOf = (text: string, load?: LoadConf) => endpointGroupsOf(read(text, load).sections);

describe('configuration files of Asterisk', () => {
  it('have templates, which stand in front of the own values, and additions', () => {
    const { sections, problems } = read(`
[phone](!)
type = endpoint
allow => ulaw   ; a comment
[office](!,phone)
context=office
[1001](office)
context=desk
[1001]
type=auth
[1001](+)
mailboxes=1001@default
[1001](+type=auth)
password=a\\;b
[nobody](+)
a=b
[1002](gone)
[1002](+,1002)
b=c
`);
    expect(sections.filter(({ isTemplate }) => !isTemplate)).toEqual([
      {
        name: '1001',
        isTemplate: false,
        place: 'pjsip.conf:7',
        values: [
          ['type', 'endpoint'],
          ['allow', 'ulaw'],
          ['context', 'office'],
          ['context', 'desk'],
          ['mailboxes', '1001@default'],
        ],
      },
      {
        name: '1001',
        isTemplate: false,
        place: 'pjsip.conf:9',
        values: [
          ['type', 'auth'],
          ['password', 'a;b'],
        ],
      },
      { name: 'nobody', isTemplate: false, place: 'pjsip.conf:15', values: [['a', 'b']] },
      { name: '1002', isTemplate: false, place: 'pjsip.conf:17', values: [['b', 'c']] },
    ]);
    expect(problems).toEqual([
      'pjsip.conf:15: adds to the section nobody, which is not there before.',
      'pjsip.conf:17: takes from gone, which is not there before.',
    ]);
  });

  it('go on in the files that they include, and tell what is missing', () => {
    const files: Readonly<Record<string, string>> = {
      'a.conf': '[1001]\ntype=endpoint\n#tryinclude <b.conf>\n#tryinclude "none.conf"\n',
      'b.conf': 'named_call_group=sales\n',
    };
    const load: LoadConf = (pattern) =>
      pattern in files ? [{ name: pattern, text: files[pattern] ?? '' }] : [];
    const text = '[own]\n#include "a.conf"\n#include c.conf\n#exec /bin/true\nx=y\n';
    const { sections, problems } = read(text, load);
    expect(sections.map(({ name, place, values }) => [name, place, values])).toEqual([
      ['own', 'pjsip.conf:1', [['x', 'y']]],
      [
        '1001',
        'a.conf:1',
        [
          ['type', 'endpoint'],
          ['named_call_group', 'sales'],
        ],
      ],
    ]);
    expect(problems).toEqual([
      'pjsip.conf:3: c.conf is not there.',
      'pjsip.conf:4: a program says what belongs here, and is not run.',
    ]);
    expect(read('x=y').problems).toEqual(['pjsip.conf:1: a value before any section.']);
  });

  it('that include themselves come to an end', () => {
    const load: LoadConf = (name) => [{ name, text: '#include a\n#include a\n#include a\n' }];
    const { problems } = read('#include a\n', load);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(100);
  });

  it('have comments to the end of the line, and over several lines', () => {
    const { sections } = read('[a] ;x\nb=1;2\n;-- c=2\n[d]\n--; e=3\n;--- f=4\nf=5 ;-- six --; ;seven\n');
    expect(sections.map(({ name, values }) => [name, values])).toEqual([
      [
        'a',
        [
          ['b', '1'],
          ['e', '3'],
          ['f', '5'],
        ],
      ],
    ]);
  });

  it('give endpoints call and pickup groups by name and by number, the last value of each', () => {
    const { endpoints, problems } = groupsOf(`
[base](!)
type=endpoint
named_call_group=sales, night ,,sales
named_pickup_group=none
[1001](base)
named_pickup_group=sales
named_pickup_group+=,night
call_group=1-3,7
pickupgroup=0,63
[1002](base)
named_call_group=
[1002]
type=aor
named_call_group=never
[1003]
type=wizard
endpoint/call_group=4
call_group=9
[1004]
type=endpoint
call_group=64,a,3-1,5
[1005]
type=endpoint
`);
    expect(endpoints).toEqual([
      {
        endpoint: '1001',
        place: 'pjsip.conf:6',
        callGroups: [
          { name: 'sales' },
          { name: 'night' },
          { number: 1 },
          { number: 2 },
          { number: 3 },
          { number: 7 },
        ],
        pickupGroups: [{ name: 'sales' }, { name: 'night' }, { number: 0 }, { number: 63 }],
      },
      { endpoint: '1002', place: 'pjsip.conf:11', callGroups: [], pickupGroups: [{ name: 'none' }] },
      { endpoint: '1003', place: 'pjsip.conf:16', callGroups: [{ number: 4 }], pickupGroups: [] },
      { endpoint: '1004', place: 'pjsip.conf:20', callGroups: [{ number: 5 }], pickupGroups: [] },
    ]);
    expect(problems).toEqual([
      'pjsip.conf:20: "64" is no group from 0 to 63.',
      'pjsip.conf:20: "a" is no group from 0 to 63.',
    ]);
  });

  it('are read whatever they hold', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '!',
      '+',
      ',',
      '=',
      '>',
      ';',
      ';--',
      '--;',
      '#include ',
      'a',
      '\n',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { sections } = read(pieces.join(''), () => []);
        expect(endpointGroupsOf(sections).endpoints).toEqual([]);
      }),
    );
  });
});
