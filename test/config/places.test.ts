// The places of an installation: found without the secrets that a command does not need.
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlaces } from '../../src/config/places.ts';
import { tempFile } from './temp-file.ts';

describe('the places', () => {
  it('are found without the secrets that a command does not need', () => {
    const file = tempFile('[pbx]\nname = "p"\n[ari]\nwrong = 1\n[database]\npath = "/srv/cw.db"\n');
    expect(findPlaces({ path: file, env: {} })).toEqual({
      pbx: 'p',
      database: '/srv/cw.db',
      socket: '/run/callwarden/callwarden.sock',
      keyFile: join(dirname(file), 'callwarden.key'),
      file,
    });
    expect(findPlaces({ path: file, database: '/tmp/x.db', env: {} }).database).toBe('/tmp/x.db');
  });

  it('refuse a named configuration that is not there, and a relative path', () => {
    expect(() => findPlaces({ path: '/nowhere.toml', env: {} })).toThrow(/no configuration/);
    const file = tempFile('[database]\npath = "cw.db"\n');
    expect(() => findPlaces({ path: file, env: {} })).toThrow(/absolute/);
  });
});
