// What is installed beside our own code: hashed in the lock file, without scripts; and what docs/security.md says of bounds.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const PACKAGES_MIN = 40;
const BOUNDS_MIN = 25;
const doors = ['asterisk/ari', 'asterisk/ami', 'asterisk/agi', 'http', 'notify'];

/** With those of folders in it, as `api/body.ts`. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

interface Locked {
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

describe('what is shipped', () => {
  it('holds no package that runs a script at its installation, and none without a hash', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, Locked>;
    };
    const shipped = Object.entries(lock.packages).filter(
      ([path, { dev }]) => path.startsWith('node_modules/') && dev !== true,
    );
    const namesOf = (wanted: (found: Locked) => boolean) =>
      shipped.filter(([, found]) => wanted(found)).map(([path]) => path);
    expect(shipped.length).toBeGreaterThan(PACKAGES_MIN);
    expect(namesOf(({ hasInstallScript }) => hasInstallScript === true)).toEqual([]);
    expect(namesOf(({ integrity, link }) => integrity === undefined && link !== true)).toEqual([]);
  });

  it('has each bound of its doors in docs/security.md', () => {
    const document = readFileSync(join(root, 'docs/security.md'), 'utf8');
    const rows = document.split('\n').filter((line) => line.startsWith('| '));
    const bounds = doors.flatMap((door) =>
      filesIn(join(root, 'src', door)).flatMap((file) => {
        const text = readFileSync(join(root, 'src', door, file), 'utf8');
        const names = [...text.matchAll(/^(?:export )?const ([A-Z_]+(?:_MAX|_DEADLINE_MS)) =/gm)];
        return names.map(([, name = '']) => ({ file: `${door.replace('asterisk/', '')}/${file}`, name }));
      }),
    );
    expect(bounds.length).toBeGreaterThan(BOUNDS_MIN);
    const isTold = ({ file, name }: { file: string; name: string }) =>
      rows.some((row) => row.includes(`\`${file}\``) && row.includes(`\`${name}\``));
    expect(bounds.filter((bound) => !isTold(bound))).toEqual([]);
  });
});
