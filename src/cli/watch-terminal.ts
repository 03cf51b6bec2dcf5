// The terminal while `callwarden watch` has it: an alternate screen, drawn in one go, given back whatever ends the program.
import type { ReadStream, WriteStream } from 'node:tty';

const ENTER = '\u001B[?1049h\u001B[?25l\u001B[?7l';
const LEAVE = '\u001B[?7h\u001B[?25h\u001B[?1049l';
/** Terminals that know it show what comes between the two at once; others ignore it. */
const BEGIN = '\u001B[?2026h\u001B[H';
const END = '\u001B[?2026l';
const REST_OF_LINE = '\u001B[K';
const REST_OF_SCREEN = '\u001B[J';
const CTRL_C = '\u0003';
const CTRL_Z = '\u001A';

export interface TerminalOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** The size has changed, or the program is back from the background. */
  readonly onRedraw: () => void;
  /** `q` or Ctrl-C. */
  readonly onQuit: () => void;
}

export interface Terminal extends Disposable {
  draw(lines: readonly string[]): void;
}

/** Takes the terminal; disposal gives it back, and so does the end of the program. */
export function takeTerminal({ input, output, onRedraw, onQuit }: TerminalOptions): Terminal {
  let isOurs = false;
  const enter = () => {
    isOurs = true;
    if (input.isTTY) input.setRawMode(true);
    output.write(ENTER);
  };
  const leave = () => {
    if (!isOurs) return;
    isOurs = false;
    if (input.isTTY) input.setRawMode(false);
    output.write(LEAVE);
  };
  const onKey = (keys: Buffer) => {
    const text = keys.toString('latin1');
    if (text.includes(CTRL_C) || text.includes('q')) onQuit();
    if (!text.includes(CTRL_Z)) return;
    leave();
    process.kill(process.pid, 'SIGTSTP');
  };
  const onBack = () => {
    enter();
    onRedraw();
  };
  enter();
  input.on('data', onKey);
  output.on('resize', onRedraw);
  process.on('SIGCONT', onBack);
  process.once('exit', leave);
  return {
    draw(lines) {
      // What the terminal has not taken yet is not followed by more of the same.
      if (!isOurs || output.writableNeedDrain) return;
      const rows = lines.map((line) => line + REST_OF_LINE).join('\r\n');
      output.write(BEGIN + rows + REST_OF_SCREEN + END);
    },
    [Symbol.dispose]() {
      process.off('exit', leave);
      process.off('SIGCONT', onBack);
      output.off('resize', onRedraw);
      input.off('data', onKey);
      input.pause();
      leave();
    },
  };
}
