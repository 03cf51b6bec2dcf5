// The whole file that goes into Asterisk, from the settings: `callwarden dialplan` prints it.
import { createHash } from 'node:crypto';
import { hintsSection, type HintOptions } from './hints.ts';
import { pickupSection, type PickupOptions } from './pickup.ts';
import { screeningSection, type ScreeningOptions } from './screening.ts';

/** What puts the file that the settings call for into Asterisk. */
export const RENEW_COMMAND =
  "callwarden dialplan > /etc/asterisk/callwarden.conf && asterisk -rx 'dialplan reload'";

export type DialplanOptions = ScreeningOptions & PickupOptions & HintOptions;

/**
 * The file's text. It carries its fingerprint, in its first lines, in an extension of its own and in each question, so
 * that a stale file can be told from the one that the settings call for.
 */
export function generateDialplan(options: DialplanOptions): string {
  const fingerprint = dialplanFingerprint(options);
  const body = bodyOf(options, fingerprint);
  return `; Callwarden: call barring and call pickup, the part that lives in Asterisk.
; Made by \`callwarden dialplan\` from the settings: do not edit, change the settings and make it anew.
; fingerprint: ${fingerprint}
;
; Take it in with one line at the end of extensions.conf:      #tryinclude callwarden.conf
; Screen a route, before its Dial:                             Set(CALLWARDEN_DIALLED=\${EXTEN})
;                                                              Gosub(callwarden-screen,s,1)
;                                                              Dial(PJSIP/\${CALLWARDEN_NUMBER}@trunk,60,b(callwarden-gate^s^1(\${CALLWARDEN_NUMBER}))\${CALLWARDEN_DIAL_OPTIONS})
; Give phones the pickup codes, in the context they dial in:   include => callwarden-pickup
; Give phones the lamps of their keys, where they subscribe:   include => callwarden-hints
;
; Modules needed: app_stack app_stasis app_playback app_directed_pickup app_dial bridge_builtin_interval_features func_callerid
; func_channel func_logic func_rand func_strings func_timeout func_uri pbx_config res_stasis res_stasis_answer
; res_stasis_playback and the ARI modules.${modulesOfDoor(options)}

${body}`;
}

function modulesOfDoor({ door }: DialplanOptions): string {
  switch (door) {
    case 'stasis':
      return '';
    case 'broadcast':
      return `
; Beside them app_exec, and where this Asterisk has them (20.17, 22.7, 23.1) app_stasis_broadcast and res_stasis_broadcast.`;
    case 'agi':
      return `
; Beside them res_agi, and res_speech, which that needs.`;
  }
}

/** Of everything that the options say and of the routines' own text; 16 hexadecimal digits. */
export function dialplanFingerprint(options: DialplanOptions): string {
  return createHash('sha256').update(bodyOf(options, '')).digest('hex').slice(0, 16);
}

const bodyOf = (options: DialplanOptions, fingerprint: string) =>
  [screeningSection(options, fingerprint), pickupSection(options), hintsSection(options)].join('\n');
