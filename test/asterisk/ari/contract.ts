// What both ARI links do alike, on a real Asterisk.
import { afterAll, afterEach, beforeAll, describe } from 'vitest';

import type { AriLink, AriOptions } from '../../../src/asterisk/ari/link.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Contract, hangUpAll, record, startAriLab } from './ari-lab.ts';
import { itCarriesOutCommands } from './contract-commands.ts';
import { itBringsEvents } from './contract-events.ts';
import { itSetsLamps } from './contract-lamps.ts';
import { itSurvivesJunk } from './contract-junk.ts';
import { itLivesAndDies } from './contract-life.ts';
import { itSendsMessages } from './contract-messages.ts';
import { itOriginates } from './contract-originate.ts';
import { itSharesCalls } from './contract-several.ts';
import { itPlaysAndListens } from './contract-sounds.ts';

type Connect = (options: AriOptions, signal: AbortSignal) => Promise<AriLink>;

/** The whole contract for one link on one Asterisk. */
export function describeContract(kind: AriLink['kind'], asterisk: 16 | 22, connect: Connect): void {
  describe(`the ${kind} link on Asterisk ${asterisk}`, () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = await startAriLab(asterisk);
    }, 900_000);
    afterAll(async () => {
      await lab?.[Symbol.asyncDispose]();
    });
    afterEach(async () => {
      await hangUpAll(lab);
    });

    const contract: Contract = {
      kind,
      get lab() {
        return lab;
      },
      record: () => record(lab),
      connect: (options, signal) => connect(options, signal ?? new AbortController().signal),
    };
    itCarriesOutCommands(contract);
    itBringsEvents(contract);
    itPlaysAndListens(contract);
    itOriginates(contract);
    itSharesCalls(contract, asterisk);
    itSetsLamps(contract);
    itSendsMessages(contract);
    itSurvivesJunk(contract);
    itLivesAndDies(contract);
  });
}
