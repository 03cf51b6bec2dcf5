// The WebSocket link keeps the contract of both links.
import { connectWebsocketLink } from '../../../src/asterisk/ari/websocket-link.ts';
import { describeContract } from './contract.ts';

describeContract('websocket', 22, connectWebsocketLink);
