// The RTP side of one call: sends the phone's voice, passes on what arrives, dials digits (RFC 3550, RFC
// 4733).
import type { Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';

import { digitsPayloadType, ulawPayloadType } from './sdp.ts';
import { closeUdp, openUdp, type Peer } from './socket.ts';

const frameMs = 20;
const samplesPerFrame = 160;
const rtpHeaderBytes = 12;
const digitFrames = 5;
const digitEndRepeats = 3;
const digitCodes = '0123456789*#ABCD';

export class Media implements AsyncDisposable {
  readonly local: Peer;
  /** Set by the owner; gets the payload of each µ-law packet. */
  onAudio: (payload: Buffer) => void = () => {};
  readonly #socket: Socket;
  readonly #voice: readonly Buffer[];
  readonly #source = Math.floor(Math.random() * 2 ** 32);
  #remote: Peer | null = null;
  #timer: NodeJS.Timeout | undefined;
  #sequence = Math.floor(Math.random() * 2 ** 15);
  #timestamp = 0;
  #frame = 0;
  #dialling = false;
  #open = true;

  private constructor(socket: Socket, voice: readonly Buffer[]) {
    this.#socket = socket;
    this.#voice = voice;
    this.local = socket.address();
    socket.on('message', (packet) => {
      const isAudio = packet.length > rtpHeaderBytes && ((packet[1] ?? 0) & 0x7f) === ulawPayloadType;
      if (isAudio) this.onAudio(packet.subarray(rtpHeaderBytes));
    });
  }

  /** Opens the socket; `voice` is what the phone says, frame by frame, again and again, once it may speak. */
  static async open(address: string, voice: readonly Buffer[]): Promise<Media> {
    return new Media(await openUdp(address), voice);
  }

  /** Where to send to; may change in mid-call. */
  setRemote(remote: Peer): void {
    this.#remote = remote;
  }

  /**
   * Starts speaking. Asterisk waits up to 500 ms for the first packet of a phone that answered (ast_answer).
   */
  speak(): void {
    if (this.#timer !== undefined || !this.#open) return;
    this.#sendVoice();
    this.#timer = setInterval(() => this.#sendVoice(), frameMs);
    this.#timer.unref();
  }

  /** Dials digits in band of RTP: 100 ms each, 60 ms apart. */
  async dial(digits: string): Promise<void> {
    this.#dialling = true;
    for (const digit of digits) {
      const code = digitCodes.indexOf(digit.toUpperCase());
      if (code < 0) throw new RangeError(`“${digit}” is no telephone digit.`);
      await this.#dialDigit(code);
    }
    this.#dialling = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    clearInterval(this.#timer);
    await closeUdp(this.#socket);
  }

  #sendVoice(): void {
    const payload = this.#voice[this.#frame % this.#voice.length];
    this.#frame += 1;
    if (payload !== undefined && !this.#dialling)
      this.#send(ulawPayloadType, this.#timestamp, payload, false);
    this.#timestamp += samplesPerFrame;
  }

  /**
   * All packets of one digit carry the time of its start; the last is sent three times (RFC 4733, section
   * 2.5.1).
   */
  async #dialDigit(code: number): Promise<void> {
    const start = this.#timestamp;
    for (let frame = 1; frame <= digitFrames; frame += 1) {
      this.#send(digitsPayloadType, start, digitEvent(code, false, frame * samplesPerFrame), frame === 1);
      await sleep(frameMs);
    }
    for (let repeat = 0; repeat < digitEndRepeats; repeat += 1) {
      this.#send(digitsPayloadType, start, digitEvent(code, true, digitFrames * samplesPerFrame), false);
    }
    this.#timestamp = Math.max(this.#timestamp, start + (digitFrames + 1) * samplesPerFrame);
    await sleep(3 * frameMs);
  }

  #send(payloadType: number, timestamp: number, payload: Buffer, marker: boolean): void {
    if (this.#remote === null || !this.#open) return;
    const header = Buffer.alloc(rtpHeaderBytes);
    header[0] = 0x80;
    header[1] = payloadType | (marker ? 0x80 : 0);
    header.writeUInt16BE(this.#sequence & 0xffff, 2);
    header.writeUInt32BE(timestamp >>> 0, 4);
    header.writeUInt32BE(this.#source, 8);
    this.#sequence += 1;
    this.#socket.send(Buffer.concat([header, payload]), this.#remote.port, this.#remote.address);
  }
}

function digitEvent(code: number, end: boolean, durationSamples: number): Buffer {
  const event = Buffer.alloc(4);
  event[0] = code;
  event[1] = (end ? 0x80 : 0) | 10;
  event.writeUInt16BE(durationSamples, 2);
  return event;
}
