// Property tests draw from a fixed seed, so that a change fails for what it changed; FC_SEED=<number> draws anew.
import { env } from 'node:process';
import * as fc from 'fast-check';

const SEED_DEFAULT = 20_260_101;

fc.configureGlobal({ seed: Number(env['FC_SEED'] ?? SEED_DEFAULT) });
