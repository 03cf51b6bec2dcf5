// Feeds the ringing board: events in the board's own words, and the listing that makes it true after a gap.
import { messageOf } from '../errors.ts';
import type { AriChannel, AriEvent, AriLink } from './ari/link.ts';
import type { RingingBoard } from '../pickup/board.ts';
import type { ChannelFacts, ChannelState, ListedChannel, PbxEvent } from '../pickup/events.ts';

export interface BoardFeed {
  onEvent(event: AriEvent): void;
  /**
   * After a connect or reconnect: lists what is up and rebuilds the board. Events that come meanwhile are kept and
   * applied behind the listing. Resolves when the board is true again, or with false when the link was lost first.
   */
  onUp(link: AriLink): Promise<boolean>;
}

export interface BoardFeedPorts {
  readonly board: RingingBoard;
  readonly nowMs: () => number;
  readonly onProblem: (message: string) => void;
  /** The board has changed without an event. */
  readonly onFound?: () => void;
}

/** Channels that ring, or are about to, whose linkedid is asked for in one rebuild; further ones come onto the board with their events. */
const LINKED_IDS_MAX = 2_000;

/** Questions on their way at once; they share the socket of the verdicts and are answered one by one. */
const QUESTIONS_AT_ONCE = 8;

/** Events kept while a listing is under way. Beyond it the newest are lost, and the listing is made once more. */
const WAITING_EVENTS_MAX = 20_000;

const LISTINGS_MAX = 3;

/** What rings on without its caller is asked for so much later: by then Asterisk has cancelled it, or given it another one. */
const ASK_AFTER_MS = 50;

interface FeedState {
  /** What came since the listing began; null while none is under way. */
  waiting: PbxEvent[] | null;
  overflowed: boolean;
  link: AriLink | null;
  /** A listing for calls that ring on without their caller is under way, or about to be. */
  asking: boolean;
  /** Told apart by number, so that a listing of a lost link cannot end that of the next one. */
  generation: number;
}

/** A feed for one board. Events carry the time at which they arrive, so the board lives in one clock. */
export function createBoardFeed(ports: BoardFeedPorts): BoardFeed {
  const state: FeedState = { waiting: null, overflowed: false, link: null, asking: false, generation: 0 };
  return {
    onEvent(event) {
      const fact = toPbxEvent(event, ports.nowMs());
      if (fact === null) return;
      if (state.waiting === null) {
        ports.board.apply(fact);
        askSoon(state, ports);
      } else if (state.waiting.length < WAITING_EVENTS_MAX) {
        state.waiting.push(fact);
      } else {
        state.overflowed = true;
      }
    },
    onUp: (link) => {
      state.link = link;
      return rebuild(state, link, ports);
    },
  };
}

async function rebuild(state: FeedState, link: AriLink, ports: BoardFeedPorts): Promise<boolean> {
  const generation = (state.generation += 1);
  const isCurrent = () => state.generation === generation;
  let done = false;
  for (let attempt = 1; attempt <= LISTINGS_MAX && !done && isCurrent(); attempt += 1) {
    state.waiting = [];
    state.overflowed = false;
    try {
      const listing = await listChannels(link);
      if (!isCurrent()) return false;
      ports.board.rebuild(listing, ports.nowMs());
      done = !state.overflowed;
    } catch (error) {
      ports.onProblem(`the ringing board could not be rebuilt: ${messageOf(error)}`);
      break;
    }
  }
  if (!isCurrent()) return false;
  const waiting = state.waiting ?? [];
  state.waiting = null;
  for (const fact of waiting) ports.board.apply(fact);
  askSoon(state, ports);
  return done;
}

function askSoon(state: FeedState, ports: BoardFeedPorts): void {
  if (state.asking || !ports.board.isAsking()) return;
  state.asking = true;
  setTimeout(() => void findCallers(state, ports), ASK_AFTER_MS).unref();
}

/** One listing for all of them; where the link is lost, the next rebuild finds them. */
async function findCallers(state: FeedState, ports: BoardFeedPorts): Promise<void> {
  const { link, generation } = state;
  try {
    if (!link || !ports.board.isAsking()) return;
    const channels = await link.listChannels();
    if (state.generation === generation && state.waiting === null) {
      ports.board.findCallers(channels.map((channel) => toListed(channel, '', '')));
      ports.onFound?.();
    }
  } catch (error) {
    ports.onProblem(`who calls where a call was passed on could not be asked: ${messageOf(error)}`);
  } finally {
    state.asking = false;
  }
}

/** Everything that is up, with the linkedid of each channel that is called and what was dialled on that of its caller. */
async function listChannels(link: AriLink): Promise<readonly ListedChannel[]> {
  const channels = await link.listChannels();
  const ringing = channels
    .filter(({ state }) => ['ringing', 'down'].includes(toState(state)))
    .slice(0, LINKED_IDS_MAX);
  const linkedIds = await askEach(
    link,
    ringing.map(({ id }) => id),
    'CHANNEL(linkedid)',
  );
  const up = new Set(channels.map(({ id }) => id));
  const callers = [...new Set(linkedIds.values())].filter((id) => up.has(id));
  const dialled = await askEach(link, callers, 'CALLERID(dnid)');
  return channels.map((channel) =>
    toListed(channel, linkedIds.get(channel.id) ?? '', dialled.get(channel.id) ?? ''),
  );
}

async function askEach(
  link: AriLink,
  ids: readonly string[],
  variable: string,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let at = 0; at < ids.length; at += QUESTIONS_AT_ONCE) {
    const some = ids.slice(at, at + QUESTIONS_AT_ONCE);
    const answers = await Promise.all(some.map((id) => link.getVariable(id, variable)));
    for (const [index, id] of some.entries()) found.set(id, answers[index] ?? '');
  }
  return found;
}

/** The event in the board's words; null for those that tell it nothing. */
export function toPbxEvent(event: AriEvent, atMs: number): PbxEvent | null {
  switch (event.type) {
    case 'ChannelCreated':
      return { type: 'channel-created', atMs, channel: toFacts(event.channel) };
    case 'ChannelStateChange':
      return { type: 'channel-changed', atMs, channel: toFacts(event.channel) };
    case 'ChannelDestroyed':
      return {
        type: 'channel-destroyed',
        atMs,
        channelId: event.channel.id,
        cause: event.cause,
        ...placeOf(event.channel),
      };
    case 'Dial':
      return {
        type: 'dialled',
        atMs,
        caller: event.caller && toFacts(event.caller),
        peer: toFacts(event.peer),
        status: event.dialstatus.toLowerCase(),
        forwarded: event.forwarded !== undefined,
      };
    case 'StasisStart':
    case 'StasisEnd':
    case 'ChannelDtmfReceived':
    case 'PlaybackFinished':
    case 'CallBroadcast':
    case 'PeerBeat':
    case 'ApplicationReplaced':
      return null;
  }
}

function toFacts(channel: AriChannel): ChannelFacts {
  return {
    id: channel.id,
    name: channel.name,
    state: toState(channel.state),
    callerNumber: channel.caller.number,
    callerName: channel.caller.name,
    exten: channel.dialplan.exten,
    ...placeOf(channel),
    ...(channel.dialplan.appName === '' ? {} : { application: channel.dialplan.appName }),
  };
}

/** While a channel is hung up it may run the extension `h`, which says nothing of where it was. */
function placeOf({ dialplan: { context, exten, priority } }: AriChannel): { readonly place?: string } {
  return exten === 'h' ? {} : { place: `${context},${exten},${priority}` };
}

function toListed(channel: AriChannel, linkedId: string, dialled: string): ListedChannel {
  return {
    ...toFacts(channel),
    linkedId,
    dialled,
    connectedNumber: channel.connected.number,
    connectedName: channel.connected.name,
    createdAtMs: channel.creationTimeMs,
  };
}

/** The names of main/channel.c, `ast_state2str`. */
function toState(state: string): ChannelState {
  switch (state) {
    case 'Down':
      return 'down';
    case 'Ring':
      return 'ring';
    case 'Ringing':
      return 'ringing';
    case 'Up':
      return 'up';
    default:
      return 'other';
  }
}
