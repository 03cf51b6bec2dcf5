// What both links are made of once their connection stands: the commands, the heartbeat, and one way to end.
import { userEventRequest } from './application-requests.ts';
import { commandsOver, type AriCall } from './commands.ts';
import type { EventDoor } from './event-door.ts';
import { HEARTBEAT_INTERVAL_MS, startHeartbeat } from './heartbeat.ts';
import type { AriLink, AriOptions } from './link.ts';
import type { LinkSocket } from './link-socket.ts';

export interface LinkParts {
  readonly kind: AriLink['kind'];
  readonly asteriskVersion: string;
  readonly options: Pick<AriOptions, 'application' | 'heartbeatIntervalMs'>;
  readonly door: EventDoor;
  readonly socket: LinkSocket;
  /** Carries the commands. */
  readonly call: AriCall;
}

/** The link over an open connection, with its heartbeat running until the connection ends. */
export function startLink({ kind, asteriskVersion, options, door, socket, call }: LinkParts): AriLink {
  const { application, heartbeatIntervalMs = HEARTBEAT_INTERVAL_MS } = options;
  const heartbeat =
    socket.endReason === null
      ? startHeartbeat({
          intervalMs: heartbeatIntervalMs,
          beat: () => door.expectBeat((name) => call(userEventRequest(application, name))),
          onDead: (reason) => socket.end(reason),
        })
      : null;
  void socket.closed.then(() => heartbeat?.stop());
  return {
    kind,
    asteriskVersion,
    ...commandsOver(call, application),
    get droppedEvents() {
      return door.dropped;
    },
    closed: socket.closed,
    [Symbol.asyncDispose]: async () => {
      heartbeat?.stop();
      await socket[Symbol.asyncDispose]();
    },
  };
}
