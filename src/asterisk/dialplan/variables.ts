// Every channel variable and context name that the daemon and the dialplan share, once.

export const VARIABLES = {
  /** Set by the administrator's route before the Gosub: what was dialled, untouched. */
  dialled: 'CALLWARDEN_DIALLED',
  /** Set by the routine: the number to dial, separators removed; what the verdict names. */
  number: 'CALLWARDEN_NUMBER',
  /** Drawn by the routine for one question; a verdict without it is worth nothing (I2). */
  nonce: 'CALLWARDEN_NONCE',
  /** Set by the daemon: `allow:<nonce>:<number>` or `deny:<nonce>`. */
  verdict: 'CALLWARDEN_VERDICT',
  announcement: 'CALLWARDEN_ANNOUNCEMENT',
  cause: 'CALLWARDEN_CAUSE',
  /** Set, inheritable, by a dialplan that vouches for the responsible party of a forwarded call. */
  payer: 'CALLWARDEN_PAYER',
  /** Set by the daemon for a picker: `take:<nonce>` or `refuse:<nonce>`. */
  choice: 'CALLWARDEN_CHOICE',
  /** Uniqueids of the ringing channels to try in order, joined by `&`. */
  candidates: 'CALLWARDEN_CANDIDATES',
  /** Set by the code that was dialled: `group` or `directed`, and the extension meant. */
  pickupKind: 'CALLWARDEN_PICKUP_KIND',
  pickupTarget: 'CALLWARDEN_PICKUP_TARGET',
} as const;

export const CONTEXTS = {
  screen: 'callwarden-screen',
  number: 'callwarden-number',
  staticRules: 'callwarden-static',
  gate: 'callwarden-gate',
  pickupCodes: 'callwarden-pickup',
  pickup: 'callwarden-pickup-run',
} as const;

/** First argument of `Stasis()`: which of the two jobs a channel comes for. */
export const JOBS = { screen: 'screen', pickup: 'pickup', pickupMissed: 'pickup-missed' } as const;
