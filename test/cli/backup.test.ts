// `callwarden backup`, `restore` and `audit verify` with its signed head, as an administrator runs them.
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKeyFile } from '../../src/config/key-file.ts';
import { readAuditHead } from '../../src/store/audit.ts';
import { signHead, writeSignedHead } from '../../src/store/audit-head.ts';
import { openStore } from '../../src/store/open.ts';
import { COMMANDS_DEADLINE_MS, install } from './callwarden.ts';

describe('backup and restore', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('go there and back, and say what is not in the file', async () => {
    const { config, directory, database, run, json } = await install('--home-region', 'MX');
    const file = join(directory, 'backup.db');
    const taken = await run('backup', file);
    expect([taken.status, taken.stdout]).toEqual([
      0,
      expect.stringMatching(/every page.*Not in it: the key file/s),
    ]);
    const again = await run('backup', file);
    expect([again.status, again.stdout, again.stderr]).toEqual([1, '', expect.stringMatching(/--force/)]);
    await run('country', 'allow', 'AR');
    const restored = await json('restore', file);
    expect(restored).toMatchObject({ database, policyVersion: 3, carried: { auditRecords: 1 } });
    const { keptAs } = restored as { keptAs: string };
    expect(existsSync(keptAs)).toBe(true);
    expect(await json('backup', file, '--force')).toMatchObject({
      file,
      policyVersion: 3,
      notIncluded: expect.arrayContaining(['the key file']),
    });
    expect((await run('restore', join(directory, 'nothing.db'))).stderr).toMatch(/no backup at/);
    const foreign = await run('restore', config);
    expect([foreign.status, foreign.stderr]).toEqual([2, expect.stringMatching(/toml is no backup/)]);
    const nowhere = await run('backup', join(directory, 'none', 'a.db'));
    expect([nowhere.status, nowhere.stderr]).toEqual([1, expect.stringMatching(/no folder .*none/)]);
  });

  it('are told apart from a tail that was cut off, by the signed head', async () => {
    const { config, database, run } = await install('--home-region', 'MX');
    const key = join(config, '..', 'callwarden.key');
    expect((await run('audit', 'verify')).stdout).toMatch(/whole.*No head was signed yet/s);
    {
      using store = openStore(database);
      await writeSignedHead(database, signHead(readKeyFile(key), readAuditHead(store), Date.now()));
      const head = readAuditHead(store);
      expect((await run('audit', 'verify')).stdout).toMatch(/whole.*the signature is right/s);
      expect((await run('audit', 'verify', '--head', `${head.seq}:${head.hash}`)).status).toBe(0);
      expect((await run('audit', 'verify', '--head', `1:${head.hash}`)).status).toBe(1);
      expect((await run('audit', 'verify', '--head', 'last')).status).toBe(2);
      renameSync(key, `${key}.away`);
      expect((await run('audit', 'verify')).stdout).toMatch(/was not checked. There is no key file/);
      renameSync(`${key}.away`, key);
      const triggers = store.db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
      store.db.exec(`DROP TRIGGER audit_rows_stay; DELETE FROM audit WHERE seq = ${head.seq};
        UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1)`);
      store.db.exec(String(triggers.find((sql) => String(sql).includes('audit_rows_stay'))));
      const { status, stdout } = await run('audit', 'verify');
      expect([status, stdout]).toEqual([
        1,
        expect.stringMatching(/broken at record \d+. Records were cut off/),
      ]);
    }
    expect(readFileSync(`${database}.audit-head`, 'utf8')).toMatch(/"signature"/);
  });
});
