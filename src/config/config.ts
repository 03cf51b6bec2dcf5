// The daemon's configuration as a value: what callwarden.toml says, with its defaults, checked whole.

import type { MailConfig, WebhookConfig } from './notify.ts';
import type { WebConfig } from './web.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

export interface LogConfig {
  readonly level: LogLevel;
  /** `auto`: without a time under the journal, which has its own, and plain with time elsewhere. */
  readonly format: 'auto' | 'plain' | 'json';
}

export interface Config {
  /** The file that it comes from. */
  readonly file: string;
  readonly pbx: { readonly name: string };
  readonly ari: {
    /** Without a trailing slash, such as `http://127.0.0.1:8088/ari`. */
    readonly url: string;
    readonly username: string;
    readonly password: string;
    readonly application: string;
    readonly transport: 'auto' | 'websocket' | 'ari-client';
    /** Applications of other daemons that decide beside this one, from the same database. */
    readonly peers: readonly string[];
  };
  /** The second door, FastAGI. */
  readonly agi: { readonly enabled: boolean; readonly host: string; readonly port: number };
  /** By which door the dialplan asks. */
  readonly dialplan: { readonly door: 'stasis' | 'broadcast' | 'agi' };
  readonly ami: {
    readonly enabled: boolean;
    readonly host: string;
    readonly port: number;
    readonly username: string;
    readonly password: string;
  };
  readonly database: { readonly path: string };
  readonly socket: { readonly path: string };
  /** The file that the hashes of the PINs depend on. */
  readonly security: { readonly keyFile: string };
  readonly deadlines: {
    readonly decisionMs: number;
    readonly commandMs: number;
    readonly connectMs: number;
  };
  readonly log: LogConfig;
  /** 0 keeps for ever, or without limit. */
  readonly records: { readonly keepDays: number; readonly keepMax: number };
  /** The console and the API. */
  readonly web: WebConfig;
  /** Programs that are told of events. */
  readonly webhooks: readonly WebhookConfig[];
  /** Null: no mail is sent. */
  readonly mail: MailConfig | null;
  /** Whom a SIP MESSAGE to a phone names as its sender: a user, or user@host. */
  readonly messages: { readonly from: string };
}

export const DEFAULT_CONFIG_FILE = '/etc/callwarden/callwarden.toml';
export const DEFAULT_DATABASE = '/var/lib/callwarden/callwarden.db';
/** Beside the configuration. */
export const DEFAULT_KEY_FILE = 'callwarden.key';
export const DEFAULT_SOCKET = '/run/callwarden/callwarden.sock';
