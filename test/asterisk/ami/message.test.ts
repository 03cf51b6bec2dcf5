// The guard of AMI: no field brings a line of its own, and what comes in is plain text under known names.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/errors.ts';
import { checkFields, readHeaders, readPickup } from '../../../src/asterisk/ami/message.ts';

const pickup = {
  event: 'Pickup',
  privilege: 'call,all',
  channel: 'PJSIP/1003-00000003',
  uniqueid: '1795300600.3',
  linkedid: '1795300600.3',
  targetchannel: 'PJSIP/1002-00000002',
  targetuniqueid: '1795300600.2',
  targetlinkedid: '1795300600.1',
};

describe('the guard of AMI', () => {
  it('refuses every field that holds a line break or NUL, in its name or its value', () => {
    const line = fc.constantFrom('\r', '\n', '\0', '\r\n', '\r\n\r\nAction: Originate\r\n');
    fc.assert(
      fc.property(fc.string(), line, fc.string(), (before, between, after) => {
        expect(() => checkFields({ Name: before + between + after })).toThrow(AppError);
        expect(() => checkFields({ [before + between + after]: 'value' })).toThrow(AppError);
      }),
    );
  });

  it('refuses names that are none, and what is too long or too much', () => {
    for (const name of ['', ' ', 'a b', 'Action:', 'a:b', '1st', 'é', 'x'.repeat(65)]) {
      expect(() => checkFields({ [name]: 'value' })).toThrow(/field/);
    }
    expect(() => checkFields({ Name: 'x'.repeat(1025) })).toThrow(/longer/);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`Name${index}`, 'x']));
    expect(() => checkFields(many)).toThrow(/at most/);
    expect(() => checkFields({ EventMask: 'call', Other: 'é, ; = & "' })).not.toThrow();
  });

  it('does not repeat a refused value, which may be a secret', () => {
    expect(() => checkFields({ Secret: 'hush\r\n' })).not.toThrow(/hush/);
  });

  it('reads plain headers, on an object that inherits nothing', () => {
    const raw: unknown = JSON.parse(
      '{"a":"1","b":["2","3"],"variable":{"X":"1"},"__proto__":"x","constructor":["y"]}',
    );
    const headers = readHeaders(raw);
    expect(Object.getPrototypeOf(headers)).toBeNull();
    expect(Object.entries(headers)).toEqual([
      ['a', '1'],
      ['__proto__', 'x'],
    ]);
    expect(readHeaders(null)).toEqual(readHeaders({}));
    expect(readHeaders({ long: 'x'.repeat(5000) })['long']).toHaveLength(1024);
  });

  it('reads who took which call', () => {
    expect(readPickup(readHeaders(pickup), 17)).toEqual({
      atMs: 17,
      pickerChannelName: 'PJSIP/1003-00000003',
      pickerChannelId: '1795300600.3',
      targetChannelName: 'PJSIP/1002-00000002',
      targetChannelId: '1795300600.2',
      linkedId: '1795300600.1',
    });
  });

  it('takes nothing else for a pickup', () => {
    for (const name of Object.keys(pickup).filter((key) => key !== 'privilege' && key !== 'linkedid')) {
      const { [name]: _, ...rest } = pickup as Record<string, string>;
      expect(readPickup(readHeaders(rest), 17)).toBeNull();
      expect(readPickup(readHeaders({ ...pickup, [name]: ['a', 'b'] }), 17)).toBeNull();
    }
    expect(readPickup(readHeaders({ ...pickup, event: 'UserEvent' }), 17)).toBeNull();
  });
});
