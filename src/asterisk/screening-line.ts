// What a door lets the daemon do with a call that waits there for its verdict.
import type { AriCommands, AriLink } from './ari/link.ts';

/**
 * An ARI link serves all its channels, a FastAGI line the one whose call it is. Commands for one channel that are sent without
 * awaiting are carried out in that order.
 */
export interface ScreeningLine extends Pick<
  AriCommands,
  'setVariable' | 'continueInDialplan' | 'answer' | 'play' | 'stopPlayback'
> {
  readonly kind: AriLink['kind'] | 'agi';
}
