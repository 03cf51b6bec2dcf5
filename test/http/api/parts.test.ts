// Rights over parts of a thing: what an account for users must not change of an extension, by whichever way it asks.
import { describe, expect, it } from 'vitest';
import { addExceptions } from '../../../src/admin/exceptions.ts';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { readExtension, readExtensionTies } from '../../../src/store/extensions.ts';
import { policyVersion } from '../../../src/store/policy.ts';
import { apiHouse, withRights } from './house.ts';

const users = withRights('policy.read', 'users.write', 'calls.read');

function furnished() {
  const house = apiHouse();
  setExtensions(house.context, ['1001', '1002'], {});
  setExtensions(house.context, ['1003'], { anyPickup: true });
  addExceptions(house.context, ['1002'], {
    countries: ['FR'],
    prefixes: [],
    numbers: [],
    action: 'deny',
    premium: false,
    reason: 'fraud last year',
    owner: '',
    fromMs: null,
    untilMs: null,
  });
  return house;
}

describe('an account for users', () => {
  it.each([
    ['one extension', 'patch', '/extensions/1001', { anyPickup: true }],
    ['one extension that has it', 'patch', '/extensions/1003', { anyPickup: false }],
    [
      'many',
      'post',
      '/extensions/edit',
      { chosen: { extensions: ['1001'] }, attributes: { anyPickup: true } },
    ],
    ['new ones', 'post', '/extensions', { extensions: ['1009'], attributes: { anyPickup: true } }],
    ['a table', 'post', '/extensions.csv', 'extension,any-pickup\n1001,on\n'],
  ])('gives nobody the right to pick up any call: %s', async (_, method, path, body) => {
    const { ask, context } = furnished();
    const version = policyVersion(context.store);
    const records = readAudit(context.store, { limit: 99 }).length;
    const refused = await ask(method, path, { as: users, body, ifMatch: '*' });
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: expect.stringMatching(/system\.write/) },
    });
    expect([readExtension(context.store, '1001')?.anyPickup, readExtension(context.store, '1009')]).toEqual([
      false,
      null,
    ]);
    expect(policyVersion(context.store)).toBe(version);
    expect(readAudit(context.store, { limit: 99 })).toHaveLength(records);
    expect((await ask(method, path, { body, ifMatch: '*' })).status).toBe(200);
  });

  it.each([
    ['one', 'delete', '/extensions/1002', undefined],
    ['among others', 'post', '/extensions/remove', { extensions: ['1001-1002'] }],
  ])('takes no exception away by forgetting its extension: %s', async (_, method, path, body) => {
    const { ask, context } = furnished();
    const options = { ifMatch: '*', ...(body === undefined ? {} : { body }) };
    const refused = await ask(method, path, { as: users, ...options });
    expect(refused).toMatchObject({
      status: 403,
      body: { detail: expect.stringMatching(/extension 1002 has exceptions.*system\.write/) },
    });
    expect(readExtension(context.store, '1001')).not.toBeNull();
    expect(readExtensionTies(context.store, '1002').exceptions).toHaveLength(1);
    expect((await ask(method, path, options)).status).toBe(200);
  });

  it('changes and forgets the rest, and a table that says what is so already', async () => {
    const { ask } = furnished();
    const table = (await ask('get', '/extensions.csv', { as: users })).body;
    expect((await ask('post', '/extensions.csv', { as: users, body: table })).status).toBe(200);
    const options = { as: users, ifMatch: '*' };
    expect((await ask('patch', '/extensions/1003', { ...options, body: { name: 'Ana' } })).status).toBe(200);
    expect((await ask('delete', '/extensions/1003', options)).status).toBe(200);
  });
});
