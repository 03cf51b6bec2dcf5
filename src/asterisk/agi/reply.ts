// What Asterisk answers over FastAGI, line by line (res_agi.c, agi_handle_command).

/** The longest is a line of a command's usage. */
const LINE_BYTES_MAX = 2048;
const USAGE_LINES_MAX = 64;

/** `hangup`: the caller is gone, or our end of the talk has been taken for its end: Asterisk says it then, too. */
export type AgiReply =
  | { readonly kind: 'result'; readonly result: number; readonly isSound: boolean }
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'hangup' };

export interface ReplyReader {
  /** The replies that these bytes complete. Null, from then on, once something came that Asterisk does not say. */
  push(bytes: Buffer): readonly AgiReply[] | null;
}

const RESULT = /^200 result=(-?\d{1,10})( [\x20-\x7e]*)?$/;
const REFUSAL = /^(510|511|520)( [\x20-\x7e]*)?$/;

export function createReplyReader(): ReplyReader {
  let rest = '';
  let isBroken = false;
  /** Lines of a command's usage that may still come; they say nothing. */
  let usage = 0;

  const read = (line: string): AgiReply | 'nothing' | null => {
    if (usage > 0) {
      usage -= line.startsWith('520 ') ? usage : 1;
      return 'nothing';
    }
    if (line === 'HANGUP') return { kind: 'hangup' };
    const [, result, more] = RESULT.exec(line) ?? [];
    if (result !== undefined) {
      return { kind: 'result', result: Number(result), isSound: more?.includes('endpos=') === true };
    }
    const isUsage = line.startsWith('520-');
    const code = isUsage ? '520' : REFUSAL.exec(line)?.[1];
    if (code === undefined) return null;
    if (isUsage) usage = USAGE_LINES_MAX;
    return { kind: 'refused', code: Number(code) };
  };

  return {
    push(bytes) {
      if (isBroken) return null;
      const lines = (rest + bytes.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      const replies: AgiReply[] = [];
      for (const line of lines) {
        const reply = line.length > LINE_BYTES_MAX ? null : read(line);
        if (reply === null) isBroken = true;
        else if (reply !== 'nothing') replies.push(reply);
      }
      if (rest.length > LINE_BYTES_MAX) isBroken = true;
      return isBroken ? null : replies;
    },
  };
}
