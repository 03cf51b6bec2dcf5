// The two applications of one daemon on one socket, and what each of them hears.
import { allChannelsRequest, eventFilterRequest } from './application-requests.ts';
import type { AriRequest } from './commands.ts';
import { BOARD_EVENT_TYPES, CALL_EVENT_TYPES } from './events.ts';

/**
 * `RESTResponse` is filtered like an event (res/ari/ari_websockets.c, ari_websocket_send_event): without it no request on a
 * WebSocket is ever answered, and an application can outlive the link that set its filter.
 */
const ALWAYS = ['RESTResponse'];
/** `ChannelUserevent` carries the heartbeat. */
const CALL_TYPES: readonly string[] = [...CALL_EVENT_TYPES, 'ChannelUserevent', ...ALWAYS];
const BOARD_TYPES: readonly string[] = [...BOARD_EVENT_TYPES, ...ALWAYS];

/** What may arrive on the socket. */
export const ALLOWED_TYPES: readonly string[] = [...new Set([...CALL_TYPES, ...BOARD_TYPES])];

/**
 * The application that hears of all channels, beside the one that calls enter. Asterisk sends the events of an application
 * one after the other: in one queue with those of all channels, the start of a call that waits for its verdict would stand
 * behind each step that it took in the dialplan (res/stasis/app.c; seen with `core show taskprocessors`). Its name begins
 * differently, so that no pattern for the names of applications that take calls matches it.
 */
export function boardApplication(application: string): string {
  return `board-${application}`;
}

/** The names as the URL of the WebSocket takes them. */
export function applicationNames(application: string): readonly [string, string] {
  return [application, boardApplication(application)];
}

/**
 * What a fresh connection asks for, in this order: the filters first, as an application that lives on with a filter of
 * somebody else's would let nothing through.
 */
export function setUpRequests(application: string): readonly AriRequest[] {
  const board = boardApplication(application);
  return [
    eventFilterRequest(application, CALL_TYPES),
    eventFilterRequest(board, BOARD_TYPES),
    allChannelsRequest(board),
  ];
}
