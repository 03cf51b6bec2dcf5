// The state that two sides of a call share, and the requests inside it (RFC 3261, section 12).
import { randomBytes } from 'node:crypto';

import {
  type Header,
  headerText,
  headerValues,
  hostOf,
  parameter,
  sequenceOf,
  type SipRequest,
  type SipResponse,
  uriIn,
} from './message.ts';
import type { Peer } from './socket.ts';

export function newTag(): string {
  return randomBytes(6).toString('hex');
}

/** A Via of our own with a fresh branch. */
export function newVia(local: Peer): Header {
  return [
    'Via',
    `SIP/2.0/UDP ${local.address}:${local.port};rport;branch=z9hG4bK${randomBytes(9).toString('hex')}`,
  ];
}

interface DialogState {
  readonly callId: string;
  /** Whole header values with tags: ours and theirs. */
  readonly localParty: string;
  readonly remoteParty: string;
  readonly remoteTarget: string;
  readonly routeSet: readonly string[];
  readonly localSequence: number;
}

export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly #state: DialogState;
  readonly #local: Peer;
  readonly #contact: string;
  #remoteTarget: string;
  #sequence: number;

  constructor(state: DialogState, local: Peer, contact: string) {
    this.#state = state;
    this.#local = local;
    this.#contact = contact;
    this.callId = state.callId;
    this.localTag = parameter(state.localParty, 'tag');
    this.remoteTag = parameter(state.remoteParty, 'tag');
    this.#remoteTarget = state.remoteTarget;
    this.#sequence = state.localSequence;
  }

  /**
   * A request inside the dialog. ACK carries the number of its INVITE, `sequence`; others draw the next one.
   */
  request(method: string, extra: readonly Header[] = [], body = '', sequence?: number): SipRequest {
    this.#sequence = sequence === undefined ? this.#sequence + 1 : Math.max(this.#sequence, sequence);
    return {
      kind: 'request',
      method,
      uri: this.#remoteTarget,
      headers: [
        newVia(this.#local),
        ['Max-Forwards', '70'],
        ...this.#state.routeSet.map((route): Header => ['Route', route]),
        ['From', this.#state.localParty],
        ['To', this.#state.remoteParty],
        ['Call-ID', this.callId],
        ['CSeq', `${sequence ?? this.#sequence} ${method}`],
        ['Contact', this.#contact],
        ...extra,
      ],
      body,
    };
  }

  /** Where requests inside the dialog go: the first route, else the other side's contact. */
  get nextHop(): Peer {
    return hostOf(uriIn(this.#state.routeSet[0] ?? `<${this.#remoteTarget}>`));
  }

  /** Takes over the contact of a target-refresh request (re-INVITE, UPDATE). */
  refreshTarget(request: SipRequest): void {
    const contact = headerValues(request, 'Contact')[0];
    if (contact !== undefined) this.#remoteTarget = uriIn(contact);
  }
}

/** The dialog that a response to our INVITE opens (section 12.1.2). */
export function callerDialog(
  invite: SipRequest,
  response: SipResponse,
  local: Peer,
  contact: string,
): Dialog {
  const state: DialogState = {
    callId: headerText(invite, 'Call-ID'),
    localParty: headerText(invite, 'From'),
    remoteParty: headerText(response, 'To'),
    remoteTarget: uriIn(headerValues(response, 'Contact')[0] ?? invite.uri),
    routeSet: headerValues(response, 'Record-Route').toReversed(),
    localSequence: sequenceOf(invite).number,
  };
  return new Dialog(state, local, contact);
}

/** The dialog that an INVITE from the other side opens (section 12.1.1). */
export function calleeDialog(invite: SipRequest, localTag: string, local: Peer, contact: string): Dialog {
  const state: DialogState = {
    callId: headerText(invite, 'Call-ID'),
    localParty: `${headerText(invite, 'To')};tag=${localTag}`,
    remoteParty: headerText(invite, 'From'),
    remoteTarget: uriIn(headerValues(invite, 'Contact')[0] ?? headerText(invite, 'From')),
    routeSet: headerValues(invite, 'Record-Route'),
    localSequence: 0,
  };
  return new Dialog(state, local, contact);
}
