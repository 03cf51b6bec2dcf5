// The sample configuration: what it says in comments must be what holds.
import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config/load.ts';
import { fillTemplate, readTemplate } from '../../src/config/template.ts';

const LOGIN = '[ari]\nusername = "callwarden"\npassword = "s3cret"\n';

describe('the sample configuration', () => {
  it('is valid as it stands, and says of each default what holds', () => {
    const sample = readTemplate();
    expect(checkConfig('/etc/callwarden/callwarden.toml', sample).ari.password).toBe('change-me');
    const commentedIn = sample
      .replaceAll(/^# ([a-z-]+ = |\[)/gm, '$1')
      .replaceAll(/^(password|secret)-file.*\n/gm, '')
      .replaceAll(/^(certificate|key) = .*\n/gm, '')
      .replace('name = "head-office"\n', '');
    const full = checkConfig('x', commentedIn);
    const plain = checkConfig('x', LOGIN);
    const examples = { ari: null, ami: null, mail: null, webhooks: null };
    expect({ ...full, ...examples }).toEqual({ ...plain, ...examples });
    expect([full.mail?.port, full.webhooks.length, plain.mail, plain.webhooks]).toEqual([587, 1, null, []]);
    expect({ ...full.ari, password: '' }).toEqual({ ...plain.ari, password: '' });
    expect(full.ami).toMatchObject({ enabled: true, host: plain.ami.host, port: plain.ami.port });
  });

  it('takes values of any spelling and keeps its comments', () => {
    const password = 'q"uo\\te\u007F\n#é';
    const text = fillTemplate(readTemplate(), {
      ari: { password },
      ami: { port: 5039 },
      socket: { path: '/a b' },
    });
    const config = checkConfig('x', text);
    expect([config.ari.password, config.ami.port, config.socket.path]).toEqual([password, 5_039, '/a b']);
    expect(text.match(/^#/gm)?.length).toBeGreaterThan(20);
    expect(() => fillTemplate(readTemplate(), { ari: { nonsense: 1 } })).toThrow(/nonsense/);
  });
});
