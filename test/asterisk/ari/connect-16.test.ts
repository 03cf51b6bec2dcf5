// Which link is taken to an Asterisk that cannot serve REST on its WebSocket.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectAri } from '../../../src/asterisk/ari/connect.ts';
import type { Lab } from '../../lab/lab.ts';
import { failureOf, record, startAriLab } from './ari-lab.ts';

describe('connecting to Asterisk 16', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startAriLab(16);
  }, 900_000);
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
  });
  const signal = new AbortController().signal;

  it('takes ari-client when it may choose', async () => {
    await using link = await connectAri({ ...record(lab).options(), transport: 'auto' }, signal);
    expect(link.kind).toBe('ari-client');
    await link.ping();
  });

  it('says why the websocket is no way, and which setting is', async () => {
    const options = { ...record(lab).options({ commandDeadlineMs: 300 }), transport: 'websocket' as const };
    const { code, message } = await failureOf(connectAri(options, signal));
    expect(code).toBe('unavailable');
    expect(message).toContain('20.14');
    expect(message).toContain('ari.transport');
  });
});
