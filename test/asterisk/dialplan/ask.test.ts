// The lines by which a routine asks: one daemon, or several.
import { expect, it } from 'vitest';
import { askLines, type AskOptions } from '../../../src/asterisk/dialplan/ask.ts';

const one: AskOptions = { application: 'cw', door: 'stasis', peers: ['cw-b'], deadlineMs: 2000 };
const several: AskOptions = { ...one, door: 'broadcast' };
const question = ['screen', 'nonce=${N}'];

it('asks one daemon by Stasis', () => {
  expect(askLines(one, question)).toBe(' same => n,Stasis(cw,screen,nonce=${N})');
});

it('offers the call to all, in half the deadline, and asks in turn where Asterisk cannot', () => {
  expect(askLines(several, question).split('\n')).toEqual([
    ' same => n,TryExec(StasisBroadcast(1000,^(cw|cw-b)$,screen:nonce=${N}))',
    ' same => n,GotoIf($["${TRYSTATUS}" != "NOAPP"]?asked)',
    ' same => n,Stasis(cw,screen,nonce=${N})',
    ' same => n,GotoIf($["${STASISSTATUS}" != "FAILED"]?asked)',
    ' same => n,Stasis(cw-b,screen,nonce=${N})',
    ' same => n(asked),NoOp()',
  ]);
});

it('is the same text from the configuration of either daemon', () => {
  const other = { ...several, application: 'cw-b', peers: ['cw'] };
  expect(askLines(other, question)).toBe(askLines(several, question));
});

it('takes no status word of Asterisk for an answer: each only leads to another question', () => {
  const guarded = askLines(several, question)
    .split('\n')
    .filter((line) => line.includes('STATUS'));
  expect(guarded).toHaveLength(2);
  expect(guarded.every((line) => line.endsWith(']?asked)'))).toBe(true);
});
