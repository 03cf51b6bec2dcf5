// The ways to Asterisk that the main path must hold on: both ARI links on the current line, the older line by itself.
import type { PbxOptions } from '../pbx.ts';

export const ways: readonly (PbxOptions & { readonly way: string })[] = [
  { way: 'Asterisk 22 by WebSocket', asterisk: 22, transport: 'websocket' },
  { way: 'Asterisk 22 by ari-client', asterisk: 22, transport: 'ari-client' },
  { way: 'Asterisk 16', asterisk: 16, transport: 'auto' },
];
