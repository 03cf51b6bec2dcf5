// A link whose answers a test gives: for what a real Asterisk does too rarely or too fast to be waited for.
import type { AriChannel, AriLink, Done } from '../../../src/asterisk/ari/link.ts';

export interface FakeLink extends AriLink {
  /** What was sent, in order: `set <name>=<value>`, `continue`. */
  readonly sent: string[];
  channels: AriChannel[];
  variables: Map<string, string>;
  /** What the commands to a channel come to. */
  outcome: () => Promise<Done>;
  /** Runs before a listing is answered. */
  beforeListing: () => Promise<void>;
}

export function fakeLink(): FakeLink {
  const link: FakeLink = {
    kind: 'websocket',
    asteriskVersion: '22.0.0',
    droppedEvents: 0,
    closed: new Promise(() => undefined),
    sent: [],
    channels: [],
    variables: new Map(),
    outcome: () => Promise.resolve('done'),
    beforeListing: () => Promise.resolve(),
    setVariable(_channelId, name, value) {
      link.sent.push(`set ${name}=${value}`);
      return link.outcome();
    },
    continueInDialplan() {
      link.sent.push('continue');
      return link.outcome();
    },
    getVariable: (channelId, name) => Promise.resolve(link.variables.get(`${channelId} ${name}`) ?? ''),
    answer: () => link.outcome(),
    hangup: () => link.outcome(),
    play: () => link.outcome(),
    stopPlayback: () => link.outcome(),
    async listChannels() {
      const listed = [...link.channels];
      await link.beforeListing();
      return listed;
    },
    getChannel: (channelId) => Promise.resolve(link.channels.find(({ id }) => id === channelId) ?? null),
    waitingChannelIds: () => Promise.resolve([]),
    claim: () => link.outcome(),
    moveHere: () => link.outcome(),
    waitingIn: () => Promise.resolve([]),
    tellPeer: () => Promise.resolve('done'),
    ping: () => Promise.resolve(),
    originate: () => link.outcome(),
    sendMessage: () => link.outcome(),
    setDeviceState: () => link.outcome(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return link;
}

/** A channel as ARI shows it. */
export function ariChannel(id: string, name: string, state: string, appName = ''): AriChannel {
  return {
    id,
    name,
    state,
    caller: { name: `Name ${id}`, number: id },
    connected: { name: 'Caller', number: '5551234' },
    dialplan: { context: 'phones', exten: 's', priority: 1, appName, appData: '' },
    creationTimeMs: 100,
  };
}
