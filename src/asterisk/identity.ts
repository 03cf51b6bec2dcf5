// Who is charged for a call: the authenticated endpoint, never the caller ID (I6).
import type { Via } from '../barring/verdict.ts';

export interface ChannelFacts {
  readonly channelName: string;
  /**
   * `BLINDTRANSFER` or `ATTENDEDTRANSFER` of the channel, of which it has one at most: the transferring channel's name, set
   * by Asterisk itself (bridge.c, ast_bridge_set_transfer_variables); '' for none.
   */
  readonly transferer: string;
  /** `FORWARDERNAME`: the channel of the phone that sent the call elsewhere, set by Asterisk itself (app_dial.c, do_forward). */
  readonly forwarder: string;
  /** `CALLWARDEN_PAYER`: whom the dialplan, or who originated it, vouches for; '' for none. */
  readonly vouchedPayer: string;
  /** `CALLWARDEN_OUTSIDE`: the number of an outside caller whom the dialplan offers for admission; '' for none. */
  readonly outsideCaller: string;
}

export interface Identity {
  /** The endpoint's name by exact bytes; null when nobody can be named. */
  readonly payer: string | null;
  readonly via: Via;
  /** Set only where nobody of the house answers for the call; '' otherwise. */
  readonly outsideCaller: string;
}

/**
 * Names the responsible party. A transfer runs on the transferred party's channel or on a `Local` one, so the transferer
 * pays; a forward runs on a `Local` channel, so the phone that sent it there pays; on another `Local` channel, which has no
 * endpoint, whom the dialplan vouches for. A call that is offered as an outside caller's has no payer unless its endpoint
 * is a phone of ours: a trunk pays for nobody.
 */
export function identify(facts: ChannelFacts, isExtension: (endpoint: string) => boolean): Identity {
  const { transferer, forwarder, vouchedPayer, outsideCaller } = facts;
  if (transferer !== '') return { payer: endpointOf(transferer), via: 'transfer', outsideCaller: '' };
  const forwarding = endpointOf(forwarder);
  if (forwarding !== null) return { payer: forwarding, via: 'forward', outsideCaller: '' };
  if (facts.channelName.startsWith('Local/')) {
    if (vouchedPayer !== '') return { payer: vouchedPayer, via: 'forward', outsideCaller: '' };
    return { payer: null, via: 'forward', outsideCaller };
  }
  const endpoint = endpointOf(facts.channelName);
  if (outsideCaller === '' || (endpoint !== null && isExtension(endpoint))) {
    return { payer: endpoint, via: 'direct', outsideCaller: '' };
  }
  return { payer: null, via: 'direct', outsideCaller };
}

/**
 * The endpoint in a channel name: `PJSIP/1001-0000002a` is `1001`. Asterisk appends `-` and eight or more hex digits
 * (`chan_pjsip.c`, `chan_pjsip_new`: `%08x`), and an endpoint's own name may have hyphens. Null for a Local channel.
 */
export function endpointOf(channelName: string): string | null {
  const match = /^(?!Local\/)[A-Za-z0-9]+\/(.+)-[0-9a-f]{8,16}$/.exec(channelName);
  return match?.[1] ?? null;
}
