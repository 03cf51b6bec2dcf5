// The sample of what `callwarden dialplan` prints: Mexico, international dialing code 00, extensions 10XX.
import { dialplanFactsOf } from '../../src/admin/dialplan-facts.ts';
import { DEFAULT_CONTRACT } from '../../src/config/dialplan-contract.ts';
import { generateDialplan } from '../../src/asterisk/dialplan/generate.ts';
import { defaultSettings } from '../../src/store/settings.ts';

export function sampleCallwardenConf(): string {
  const facts = dialplanFactsOf({
    ...defaultSettings,
    'home-region': 'MX',
    'international-prefixes': ['00'],
    'internal-patterns': ['10XX', '60X'],
  });
  return generateDialplan({ ...facts, ...DEFAULT_CONTRACT });
}
