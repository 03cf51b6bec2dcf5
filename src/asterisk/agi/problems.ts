// What goes wrong at a door that anybody on this machine can knock at: told a few times a minute, and counted beyond.

const TOLD_PER_MINUTE = 10;
const MINUTE_MS = 60_000;

export interface Problems {
  tell(problem: string): void;
}

/** What was not told is counted in the next one that is. */
export function createProblems(tell: (problem: string) => void): Problems {
  let sinceMs = -Infinity;
  let told = 0;
  let untold = 0;
  return {
    tell(problem) {
      const nowMs = performance.now();
      if (nowMs - sinceMs >= MINUTE_MS) {
        sinceMs = nowMs;
        told = 0;
      }
      if (told >= TOLD_PER_MINUTE) {
        untold += 1;
        return;
      }
      told += 1;
      tell(untold > 0 ? `${problem} (and ${untold} more that were not told)` : problem);
      untold = 0;
    },
  };
}
