// The Asterisk modules that the lab loads: few, as loading all of them takes seconds.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '../../../src/errors.ts';
import type { AsteriskInstall } from '../install.ts';

/**
 * `res_agi` needs `res_speech`; `res_ari_channels` needs `res_stasis_recording` and `res_stasis_playback`.
 */
const everywhere = `
  app_dial app_directed_pickup app_exec app_playback app_queue app_read app_senddtmf app_stack app_stasis
  app_transfer app_userevent app_verbose bridge_builtin_features bridge_builtin_interval_features
  bridge_holding bridge_native_rtp bridge_simple bridge_softmix chan_pjsip codec_gsm codec_ulaw format_gsm
  format_pcm format_wav func_callerid func_channel func_cut func_db func_dialplan func_global
  func_groupcount func_logic func_math func_pjsip_aor func_pjsip_contact func_pjsip_endpoint func_rand
  func_strings func_timeout func_uri pbx_config res_agi res_ari res_ari_applications res_ari_asterisk
  res_ari_bridges res_ari_channels res_ari_endpoints res_ari_events res_ari_model res_ari_playbacks
  res_crypto res_http_websocket res_musiconhold res_pjproject res_pjsip res_pjsip_authenticator_digest
  res_pjsip_caller_id res_pjsip_diversion res_pjsip_dtmf_info res_pjsip_endpoint_identifier_ip
  res_pjsip_endpoint_identifier_user res_pjsip_header_funcs res_pjsip_pubsub res_pjsip_refer
  res_pjsip_registrar res_pjsip_rfc3326 res_pjsip_sdp_rtp res_pjsip_session res_rtp_asterisk
  res_sorcery_astdb res_sorcery_config res_sorcery_memory res_speech res_stasis res_stasis_answer
  res_stasis_device_state res_stasis_playback res_stasis_recording res_stasis_snoop res_timing_timerfd`;

const newerOnly = 'app_stasis_broadcast res_stasis_broadcast res_websocket_client';

/**
 * modules.conf for this Asterisk, with `extra` module names. Throws `AppError('not-found')` for one it lacks.
 */
export function modulesConf(install: AsteriskInstall, extra: readonly string[]): string {
  const has = (name: string): boolean => existsSync(join(install.root, install.moduleFolder, `${name}.so`));
  const wanted = [...words(everywhere), ...extra];
  const missing = wanted.filter((name) => !has(name));
  if (missing.length > 0) {
    throw new AppError('not-found', `Asterisk ${install.version} lacks ${missing.join(', ')}: install them.`);
  }
  const loaded = [...wanted, ...words(newerOnly).filter(has)];
  return ['[modules]', 'autoload=no', ...loaded.map((name) => `load=${name}.so`), ''].join('\n');
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
