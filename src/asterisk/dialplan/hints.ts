// The lamps of BLF keys as dialplan text: one hint for every extension, one for every pickup group that has a number.
import { CONTEXTS } from './variables.ts';

export interface HintOptions {
  /** Internal extensions as Asterisk patterns, without their underscore. */
  readonly internalPatterns: readonly string[];
  /** The codes of pickup: `*8` and `*8*`. */
  readonly groupCode: string;
  readonly anyCode: string;
}

/** The device states that the daemon sets, `Stasis:<name>` in a hint; a group is named by its number. */
export const LAMPS = { group: 'callwarden-group-', any: 'callwarden-any' } as const;

/**
 * The context `callwarden-hints`. A pattern with a hint makes one hint for each extension that a phone subscribes to
 * (main/pbx.c, extension_state_add_destroy), so nothing has to be made anew for a new extension or group.
 */
export function hintsSection({ internalPatterns, groupCode, anyCode }: HintOptions): string {
  const hints = internalPatterns.map((pattern) => `exten => _${pattern},hint,PJSIP/\${EXTEN}`);
  return `; ---------------------------------------------------------------------------------------------------------
; ${CONTEXTS.hints}: the lamps. Give them to the phones where they subscribe, which is the context that they dial in unless
; subscribe_context says another:
;   include => ${CONTEXTS.hints}
; A key on an extension blinks while it rings; pressed, it has to dial the directed code and the extension, so that the
; right is checked. A key on ${groupCode}<number> or ${anyCode} blinks while a call rings that the code could mean: the daemon sets that
; state, and Asterisk needs res_stasis_device_state and res_ari_device_states for it.
; ---------------------------------------------------------------------------------------------------------
[${CONTEXTS.hints}]
${hints.join('\n')}${hints.length > 0 ? '\n' : ''}exten => _${groupCode}X!,hint,Stasis:${LAMPS.group}\${EXTEN:${groupCode.length}}
exten => ${anyCode},hint,Stasis:${LAMPS.any}
`;
}
