// A lab for all kinds of ringing: what Asterisk sends is heard, compared with what it lists, and kept as a stream.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { connectAri } from '../../../src/asterisk/ari/connect.ts';
import type { AriChannel, AriEvent, AriLink } from '../../../src/asterisk/ari/link.ts';
import { createPickup, type Pickup } from '../../../src/asterisk/pickup-session.ts';
import { compileRights } from '../../../src/pickup/rights.ts';
import type { RingRecord } from '../../../src/pickup/ring-record.ts';
import type { AsteriskLine } from '../../lab/install.ts';
import { startLab, type Lab } from '../../lab/lab.ts';
import { ANNOUNCEMENTS, DIALPLAN, FILES, MODULES } from './kinds-asterisk.ts';
import { POLICY } from './pickup-lab.ts';

export type Line = readonly unknown[];

export interface KindsLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly pickup: Pickup;
  readonly records: RingRecord[];
  /** What came since the last `forget`, as streams/ keeps it. */
  readonly lines: Line[];
  readonly foreign: { readonly started: AriChannel[] };
  /**
   * A quiet point: exactly these extensions ring, for these calls, longest ringing first, and the phones of Asterisk's own listing
   * say the same. `otherwise`: phones that Asterisk rings and the board does not offer. `early`: phones that the board offers
   * and Asterisk does not list as ringing, as they send sound of their own instead.
   */
  rings(
    calls: readonly (readonly string[])[],
    otherwise?: readonly string[],
    early?: readonly string[],
  ): Promise<void>;
  /** A request to ARI in the name of somebody else's application. */
  ari(method: string, path: string, body?: object): Promise<unknown>;
  /** Asterisk reads it and makes the call. */
  dropCallFile(text: string): void;
  cut(): Promise<void>;
  connect(): Promise<void>;
  forget(): void;
}

export async function startKindsLab(asterisk: AsteriskLine): Promise<KindsLab> {
  await using resources = new AsyncDisposableStack();
  const lab = resources.use(
    await startLab({
      asterisk,
      dialplan: DIALPLAN,
      files: FILES,
      modules: MODULES,
      announcements: ANNOUNCEMENTS,
    }),
  );
  const lines: Line[] = [];
  const records: RingRecord[] = [];
  const rights = compileRights(POLICY);
  let startMs: number | null = null;
  const at = (): number => Math.round(performance.now() - (startMs ??= performance.now()));
  const pickup = createPickup({
    rights: () => rights,
    isExtension: (endpoint) => /^10\d\d$/.test(endpoint),
    nowMs: () => Date.now(),
    monotonicUs: () => Math.round(performance.now() * 1000),
    record: () => undefined,
    onRung: (record) => records.push(record),
    onProblem: () => undefined,
  });
  let link: AriLink | null = null;
  const open = (application: string, onEvent: (event: AriEvent) => void) =>
    connectAri(
      {
        ...lab.ari,
        application,
        transport: 'auto',
        commandDeadlineMs: 2_000,
        connectDeadlineMs: 5_000,
        onEvent,
        onProblem: () => undefined,
      },
      AbortSignal.timeout(10_000),
    );
  const connect = async (): Promise<void> => {
    link = await open('callwarden', (event) => {
      const line = toLine(event, at());
      if (line) lines.push(line);
      pickup.onEvent(event);
      if (event.type === 'StasisStart' && link) pickup.onStasisStart(link, event.channel, event.args);
    });
    await pickup.onUp(link);
  };
  const cut = async (): Promise<void> => {
    pickup.onDown();
    await link?.[Symbol.asyncDispose]();
    link = null;
  };
  resources.defer(cut);
  await connect();
  const started: AriChannel[] = [];
  resources.use(
    await open('somebody-else', (event) => {
      if (event.type === 'StasisStart' && event.args[0] !== 'board') started.push(event.channel);
    }),
  );
  const list = async (): Promise<{ line: string[]; ringing: string[] }> => {
    if (!link) return { line: [], ringing: [] };
    const channels = await link.listChannels();
    const line: string[] = [];
    for (const channel of channels) {
      const linkedId = await link.getVariable(channel.id, 'CHANNEL(linkedid)');
      const dnid = await link.getVariable(channel.id, 'CALLERID(dnid)');
      const { connected, creationTimeMs } = channel;
      const facts = [
        linkedId,
        connected.number,
        connected.name,
        creationTimeMs % 10_000_000,
        dnid,
        channel.dialplan.appName,
      ];
      line.push([...words(channel), ...facts].join('|'));
    }
    const phones = channels.flatMap(({ name, state }) => {
      const [, extension] = /^PJSIP\/(10\d\d)-/.exec(name) ?? [];
      return extension !== undefined && state === 'Ringing' ? [extension] : [];
    });
    return { line, ringing: phones.toSorted() };
  };
  const held = resources.move();
  return {
    lab,
    pickup,
    records,
    lines,
    foreign: { started },
    rings: async (calls, otherwise = [], early = []) => {
      const ringing = calls.flat().filter((extension) => !early.includes(extension));
      const wanted = [...ringing, ...otherwise].toSorted();
      let seen: Awaited<ReturnType<typeof list>> = { line: [], ringing: [] };
      const endMs = performance.now() + 5_000;
      const shown = () =>
        pickup.ringing().map(({ legs }) => legs.map(({ extension }) => extension).toSorted());
      do {
        // oxlint-disable-next-line no-await-in-loop
        await new Promise((resolve) => setTimeout(resolve, 100));
        // oxlint-disable-next-line no-await-in-loop
        seen = await list();
      } while (
        performance.now() < endMs &&
        (JSON.stringify(seen.ringing) !== JSON.stringify(wanted) ||
          JSON.stringify(shown()) !== JSON.stringify(calls))
      );
      lines.push([at(), 'Listed', seen.line]);
      expect({ listed: seen.ringing, board: shown() }).toEqual({ listed: wanted, board: calls });
    },
    ari: async (method, path, body) => {
      const { username, password, url } = lab.ari;
      const response = await fetch(`${url}/${path}`, {
        method,
        headers: {
          authorization: `Basic ${btoa(`${username}:${password}`)}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? null : (JSON.parse(text) as unknown);
    },
    dropCallFile: (text) => {
      // A file that is moved there is whole when Asterisk sees it.
      const file = join(lab.directory, 'spool', 'lab.call');
      writeFileSync(file, text);
      renameSync(file, join(lab.directory, 'spool/outgoing/lab.call'));
    },
    cut,
    connect,
    forget: () => {
      lines.length = 0;
      records.length = 0;
      started.length = 0;
      startMs = null;
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

function words({ id, name, state, caller }: AriChannel): string[] {
  return [id, name, state, caller.number, caller.name];
}

/** `uniqueid|name|state|caller number|caller name|exten|priority|application`. */
function channelWord(channel: AriChannel): string {
  const { exten, priority, appName } = channel.dialplan;
  return [...words(channel), exten, priority, appName].join('|');
}

function toLine(event: AriEvent, atMs: number): Line | null {
  switch (event.type) {
    case 'ChannelDestroyed':
      return [atMs, event.type, channelWord(event.channel), event.cause];
    case 'Dial': {
      const { caller, peer, dialstatus, forwarded } = event;
      const line = [atMs, event.type, caller && channelWord(caller), channelWord(peer), dialstatus];
      return forwarded ? [...line, channelWord(forwarded.channel), forwarded.target] : line;
    }
    case 'StasisStart':
    case 'StasisEnd':
    case 'ChannelCreated':
    case 'ChannelStateChange':
      return [atMs, event.type, channelWord(event.channel)];
    case 'ChannelDtmfReceived':
    case 'PlaybackFinished':
    case 'CallBroadcast':
    case 'PeerBeat':
    case 'ApplicationReplaced':
      return null;
  }
}
