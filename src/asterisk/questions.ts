// The questions that channels bring: each is answered once, however often it is heard, and those under way can be awaited.
import { forgetOldest } from '../forget-oldest.ts';

/** Questions remembered, so that one that comes by event and by listing after a reconnect is answered once. */
const REMEMBERED_MAX = 4096;

export interface Questions {
  /** Starts `answer` unless this very question of this channel was taken before. */
  takeOnce(channelId: string, args: readonly string[], answer: () => Promise<void>): void;
  /** The question was left without an answer: should the channel be found waiting, it is taken again. */
  forget(channelId: string, args: readonly string[]): void;
  /** Resolves when every answer that was started has been taken by Asterisk or given up. */
  idle(): Promise<void>;
}

/**
 * `onFailed` is told of an answer that rejects: a mistake of ours in one call must not end the daemon, and with it all others.
 * Its channel is left to the deadline of the dialplan, as a verdict may have been said already.
 */
export function createQuestions(onFailed: (channelId: string, error: unknown) => void): Questions {
  const remembered = new Set<string>();
  const pending = new Set<Promise<void>>();
  return {
    takeOnce(channelId, args, answer) {
      const question = keyOf(channelId, args);
      if (remembered.has(question)) return;
      remembered.add(question);
      forgetOldest(remembered, REMEMBERED_MAX);
      const work: Promise<void> = answer()
        .catch((error: unknown) => onFailed(channelId, error))
        .finally(() => pending.delete(work));
      pending.add(work);
    },
    forget: (channelId, args) => void remembered.delete(keyOf(channelId, args)),
    async idle() {
      await Promise.all(pending);
    },
  };
}

function keyOf(channelId: string, args: readonly string[]): string {
  return `${channelId} ${args.join(',')}`;
}
