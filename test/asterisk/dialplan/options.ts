// What the dialplan is generated from in tests that look at its text or play it without a policy.
import type { DialplanOptions } from '../../../src/asterisk/dialplan/generate.ts';
import { DEFAULT_CONTRACT } from '../../../src/config/dialplan-contract.ts';

export const DIALPLAN_OPTIONS: DialplanOptions = {
  ...DEFAULT_CONTRACT,
  emergencyNumbers: ['911'],
  internalPatterns: ['10XX'],
  nationalPatterns: ['NXXXXXXXXX'],
  groupCode: '*8',
  anyCode: '*8*',
  directedCode: '**',
  unreadableAnnouncement: 'cannot-complete-as-dialed',
  unavailableAnnouncement: 'ss-noservice',
};
