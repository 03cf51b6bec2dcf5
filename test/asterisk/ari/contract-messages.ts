// What both ARI links do alike with texts for phones, heard by real ones.
import { expect, it } from 'vitest';

import { eventually } from '../../lab/processes.ts';
import type { Phone } from '../../lab/phone/phone.ts';
import { type Contract, EVENT_DEADLINE_MS } from './ari-lab.ts';

const hostileTexts = [
  'Bob (1003) took your call from 5551234 (Ana & Zoë) at 14:05.',
  '100% + a&b=c?d #e;f "g" <h> \\i ${EXTEN} $[1+1]',
  '漢字 😀 ١٢٣ é',
  'a line\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n\r\nanother',
  // A thousand bytes, three characters each on their way.
  'ñ'.repeat(500),
];

export function itSendsMessages(contract: Contract): void {
  const texts = (phone: Phone) => phone.agent.texts.map(({ text }) => text);
  const heard = async (phone: Phone, count: number) => {
    await eventually(() => phone.agent.texts.length >= count, EVENT_DEADLINE_MS);
    return texts(phone);
  };

  it('sends texts to the phone of an extension, in order, whatever they hold', async () => {
    const phone = await contract.lab.phone('1001');
    const other = await contract.lab.phone('1002');
    const recorder = contract.record();
    await using link = await contract.connect(recorder.options());
    const sent = hostileTexts.map((text) => link.sendMessage('1001', 'callwarden', text));
    expect(new Set(await Promise.all(sent))).toEqual(new Set(['done']));
    expect(await heard(phone, hostileTexts.length)).toEqual(hostileTexts);
    expect(texts(other)).toEqual([]);
    const [first] = phone.agent.texts;
    // The contact that the phone registered, and the sender of the configuration.
    expect(first?.uri).toBe(phone.agent.contact.slice(1, -1));
    expect(first?.from).toMatch(/<sip:callwarden@/);
    expect(await link.sendMessage('1002', 'desk@pbx.example', 'to you')).toBe('done');
    expect(await heard(other, 1)).toEqual(['to you']);
    expect(other.agent.texts[0]?.from).toMatch(/<sip:desk@pbx\.example/);
    expect([link.droppedEvents, recorder.problems]).toEqual([0, []]);
  });

  it('calls an extension gone that Asterisk does not know, or on which no phone is registered', async () => {
    await using link = await contract.connect(contract.record().options());
    for (const extension of ['never-was', '1003', '../channels', '1001/x', 'trunk?x=1']) {
      expect(await link.sendMessage(extension, 'callwarden', 'x'), extension).toBe('gone');
    }
  });
}
