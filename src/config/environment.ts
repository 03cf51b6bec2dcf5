// The only place that hands out the process's environment.
import type { Environment } from './read.ts';

export function environment(): Environment {
  return process.env;
}
