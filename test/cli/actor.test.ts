// Who stands in the audit as the one who changed the policy.
import { userInfo } from 'node:os';
import { expect, it, vi } from 'vitest';
import { cliActor } from '../../src/cli/context.ts';

it('names the user, and behind sudo the person rather than root', () => {
  vi.stubEnv('SUDO_USER', '');
  expect(cliActor()).toBe(`cli:${userInfo().username}`);
  vi.stubEnv('SUDO_USER', 'maria');
  const euid = vi.spyOn(process, 'geteuid');
  euid.mockReturnValue(0);
  expect(cliActor()).toBe('cli:maria');
  euid.mockReturnValue(1000);
  expect(cliActor()).toBe(`cli:${userInfo().username}`);
  vi.unstubAllEnvs();
});

it('keeps what a name may not hold out of the audit', () => {
  vi.stubEnv('SUDO_USER', 'eve\nroot "x"');
  vi.spyOn(process, 'geteuid').mockReturnValue(0);
  expect(cliActor()).toBe('cli:eve_root__x_');
  vi.unstubAllEnvs();
});
