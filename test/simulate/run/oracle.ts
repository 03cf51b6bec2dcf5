// What must come of each call, told without the daemon's own code: numbers with their meaning by hand, policies by date.

export type Kind = 'emergency' | 'national' | 'abroad' | 'never';

export interface Dialled {
  readonly dialled: string;
  readonly kind: Kind;
  /** Of a number abroad. */
  readonly region?: string;
}

/** Dialled from Mexico with `00` for abroad; what each is, is told by a person. */
export const NUMBERS: readonly Dialled[] = [
  { dialled: '911', kind: 'emergency' },
  { dialled: '066', kind: 'emergency' },
  { dialled: '911#', kind: 'emergency' },
  { dialled: '5512345678', kind: 'national' },
  { dialled: '8181234567', kind: 'national' },
  { dialled: '00541938384', kind: 'abroad', region: 'AR' },
  { dialled: '00541143211234', kind: 'abroad', region: 'AR' },
  { dialled: '0033142685300', kind: 'abroad', region: 'FR' },
  { dialled: '0034911234567', kind: 'abroad', region: 'ES' },
  { dialled: '004930123456', kind: 'abroad', region: 'DE' },
  // Premium at home and abroad, a satellite, and what is no number.
  { dialled: '9001234567', kind: 'never' },
  { dialled: '00881612345678', kind: 'never' },
  { dialled: '0033899123456', kind: 'never' },
  { dialled: '9110115312345678', kind: 'never' },
  { dialled: '00', kind: 'never' },
  { dialled: '1234567890123456789012345678901234567890', kind: 'never' },
];

export const REGIONS: readonly string[] = ['AR', 'FR', 'ES', 'DE'];
export const CALLERS: readonly string[] = ['1001', '1002', '1003'];

/** Who may take whose calls: those of one group, each from the others. 1009 lets it ring. */
export const PICKUP_GROUP: readonly string[] = ['1004', '1005', '1006', '1009'];
/** What is dialled behind the group code to reach that group. */
export const PICKUP_GROUP_NUMBER = '1';
/** May take any call that is not protected. */
export const TAKES_ANY = '1010';
/** A target of the group whose calls nobody may take but the one named. */
export const PROTECTED = { extension: '1011', from: '1006' } as const;

/** Whether who dials this code may take a call that rings on that phone. */
export function mayTake(picker: string, from: string, code: string): boolean {
  if (from === PROTECTED.extension && picker !== PROTECTED.from) return false;
  const isTarget = from === PROTECTED.extension || PICKUP_GROUP.includes(from);
  const byGroup = PICKUP_GROUP.includes(picker) && isTarget;
  const byRight = picker === TAKES_ANY || byGroup;
  switch (code) {
    case '*8':
      return byGroup;
    case `*8${PICKUP_GROUP_NUMBER}`:
      return byRight && isTarget;
    case '*8*':
    case `**${from}`:
      return byRight;
    default:
      return false;
  }
}

/** What the administrator has said so far. */
export interface Policy {
  readonly sinceMs: number;
  readonly allowed: ReadonlySet<string>;
  readonly granted: ReadonlySet<string>;
}

/** Whether the call may go out by this policy. */
export function mayGoOut(policy: Policy, caller: string, { kind, region = '' }: Dialled): boolean {
  switch (kind) {
    case 'emergency':
    case 'national':
      return true;
    case 'abroad':
      return policy.granted.has(caller) && policy.allowed.has(region);
    case 'never':
      return false;
  }
}

/** The policies that were in force at some moment between the two. */
export function inForce(policies: readonly Policy[], fromMs: number, untilMs: number): readonly Policy[] {
  return policies.filter(({ sinceMs }, index) => {
    const next = policies[index + 1]?.sinceMs ?? Number.POSITIVE_INFINITY;
    return sinceMs <= untilMs && next >= fromMs;
  });
}
