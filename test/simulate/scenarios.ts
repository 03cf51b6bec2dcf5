// Calls with one outcome each, which a real Asterisk and the model of it must agree on.

export interface Scenario {
  /** How the daemon is when the call is placed. */
  readonly daemon: 'up' | 'dead' | 'frozen' | 'killed-and-back';
  readonly caller: string;
  readonly dialled: string;
}

/** What the caller and the carrier saw of it. */
export interface ScenarioOutcome {
  /** The numbers that the carrier was asked for. */
  readonly carrier: readonly string[];
  /** Q.850 of the refusal; null where the call went out. */
  readonly cause: number | null;
  /** The sounds that were played. */
  readonly heard: readonly string[];
}

const up = (caller: string, dialled: string): Scenario => ({ daemon: 'up', caller, dialled });

export const scenarios: readonly Scenario[] = [
  up('1001', '00541938384'),
  up('1002', '00541938384'),
  up('1001', '0033142685300'),
  up('1001', '00881612345678'),
  up('1001', '9001234567'),
  up('1002', '5512345678'),
  up('1002', '911'),
  up('1002', '911#'),
  up('1001', '9110115312345678'),
  up('1001', '00'),
  up('1001', '1234567890123456789012345678901234567890'),
  { daemon: 'dead', caller: '1001', dialled: '00541938384' },
  { daemon: 'dead', caller: '1001', dialled: '9001234567' },
  { daemon: 'dead', caller: '1002', dialled: '5512345678' },
  { daemon: 'dead', caller: '1002', dialled: '066' },
  { daemon: 'frozen', caller: '1001', dialled: '00541938384' },
  { daemon: 'frozen', caller: '1002', dialled: '5512345678' },
  { daemon: 'frozen', caller: '1002', dialled: '911' },
  { daemon: 'killed-and-back', caller: '1001', dialled: '00541938384' },
  { daemon: 'killed-and-back', caller: '1002', dialled: '00541938384' },
];
