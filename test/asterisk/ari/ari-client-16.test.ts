// The ari-client link keeps the contract of both links on Asterisk 16.
import { connectAriClientLink } from '../../../src/asterisk/ari/ari-client-link.ts';
import { describeContract } from './contract.ts';

describeContract('ari-client', 16, connectAriClientLink);
