// Keeps one ARI link up for ever, and has the state rebuilt by listing after each connect.

import { connectAri, type AriTransport } from './connect.ts';
import { Keeper } from './keeper.ts';
import type { AriEvent, AriLink, AriOptions } from './link.ts';

export interface AriSupervisorOptions extends AriOptions {
  readonly transport: AriTransport;
  /**
   * Called at each connect, with the link already handed out by `link()`. ARI repeats nothing after a gap, so this
   * lists the channels and those that wait, and adopts what it finds; events of the same channels come before, during
   * and after it. Called again, after a pause, when it fails while the link lives.
   */
  readonly onUp: (link: AriLink) => Promise<void> | void;
  readonly onDown: (reason: string) => void;
  /** Another program took our application name: no call comes here any more. The supervisor has stopped for good. */
  readonly onReplaced: (message: string) => void;
}

interface AriState {
  readonly connectedSinceMs: number | null;
  readonly asteriskVersion: string | null;
  readonly linkKind: AriLink['kind'] | null;
  /** Connections after the first. */
  readonly reconnects: number;
  /** Why there is no link, or why the last one ended; null while the first attempt runs and while a link is up. */
  readonly lastError: string | null;
  /** Messages of Asterisk that were no event we know, over all links. */
  readonly droppedEvents: number;
}

export interface AriSupervisor extends AsyncDisposable {
  /** The link that is up now. */
  link(): AriLink | null;
  state(): AriState;
  /** Ends the link and the attempts; resolves when all is quiet. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts at once and retries without end; the first connection may be long in coming, as Asterisk may not be up yet.
 * `onEvent` hears nothing before `link()` is set: what happened earlier is in the listing that `onUp` makes.
 */
export function superviseAri(options: AriSupervisorOptions): AriSupervisor {
  let replaced = false;
  let droppedBefore = 0;

  const hear = (event: AriEvent): void => {
    if (event.type === 'ApplicationReplaced') {
      // Coming back would take the calls from the other, which would come back in turn.
      replaced = true;
      keeper.abort();
    } else if (keeper.current !== null) options.onEvent(event);
  };
  const connect = async (signal: AbortSignal): Promise<AriLink> => {
    const link = await connectAri({ ...options, onEvent: hear }, signal);
    void link.closed.then(() => (droppedBefore += link.droppedEvents));
    return link;
  };
  const onDown = (reason: string): void => {
    if (!replaced) return options.onDown(reason);
    const message = replacedMessage(options.application);
    keeper.lastError = message;
    options.onDown(message);
    options.onReplaced(message);
  };
  const { onUp, onProblem } = options;
  const keeper = new Keeper<AriLink>({ connect, onUp, onDown, onProblem });
  keeper.start();

  return {
    link: () => keeper.current,
    state: () => ({
      connectedSinceMs: keeper.connectedSinceMs,
      asteriskVersion: keeper.current?.asteriskVersion ?? null,
      linkKind: keeper.current?.kind ?? null,
      reconnects: keeper.reconnects,
      lastError: keeper.lastError,
      droppedEvents: droppedBefore + (keeper.current?.droppedEvents ?? 0),
    }),
    stop: () => keeper.stop(),
    [Symbol.asyncDispose]: () => keeper.stop(),
  };
}

function replacedMessage(application: string): string {
  return (
    `Another program took over the ARI application "${application}": no more calls come to this one. ` +
    'Stop one of the two, or give them different names in ari.application and the dialplan.'
  );
}
