// The model of Asterisk keeps the contract that the real one keeps with the daemon's link.
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { connectWebsocketLink } from '../../src/asterisk/ari/websocket-link.ts';
import { ariDialplan, type Contract, hangUpAll, record } from '../asterisk/ari/ari-lab.ts';
import { itCarriesOutCommands } from '../asterisk/ari/contract-commands.ts';
import { itBringsEvents } from '../asterisk/ari/contract-events.ts';
import { itPlaysAndListens } from '../asterisk/ari/contract-sounds.ts';
import type { Lab } from '../lab/lab.ts';
import { type ModelLab, startModelLab } from './model-lab.ts';

describe('the websocket link on the model of Asterisk', () => {
  let model: ModelLab;
  beforeAll(async () => {
    model = await startModelLab(ariDialplan);
  });
  afterAll(async () => {
    await model?.[Symbol.asyncDispose]();
  });
  /** The suites use nothing of a lab that the model has not. */
  const lab = () => model as Lab;
  afterEach(async () => {
    await hangUpAll(lab());
  });

  const contract: Contract = {
    kind: 'websocket',
    get lab() {
      return lab();
    },
    record: () => record(lab()),
    connect: (options, signal) => connectWebsocketLink(options, signal ?? new AbortController().signal),
  };
  itCarriesOutCommands(contract);
  itBringsEvents(contract);
  itPlaysAndListens(contract);
});
