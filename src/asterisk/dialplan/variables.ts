// Every channel variable and context name that the daemon and the dialplan share, once.

export const VARIABLES = {
  /** Set by the administrator's route before the Gosub: what was dialled, untouched. */
  dialled: 'CALLWARDEN_DIALLED',
  /** Set by the routine: the number to dial, separators removed; what the verdict names. */
  number: 'CALLWARDEN_NUMBER',
  /** Drawn by the routine for one question; a verdict without it is worth nothing (I2). */
  nonce: 'CALLWARDEN_NONCE',
  /** Set by the daemon: `allow:<nonce>:<number>`, `limit:<nonce>:<number>` or `deny:<nonce>`. */
  verdict: 'CALLWARDEN_VERDICT',
  announcement: 'CALLWARDEN_ANNOUNCEMENT',
  cause: 'CALLWARDEN_CAUSE',
  /** Set, inheritable, by a dialplan or an originate that vouches for the responsible party of a call on a Local channel. */
  payer: 'CALLWARDEN_PAYER',
  /** Set, not inheritable, by a dialplan that offers an outside caller for admission: his number. */
  outside: 'CALLWARDEN_OUTSIDE',
  /** Set by the daemon before a `limit:` verdict: how long the call may last, milliseconds, digits only. */
  limitMs: 'CALLWARDEN_LIMIT_MS',
  /** Set by the routine, for the options of Dial: the limit and its warning tone; empty without a limit. */
  dialOptions: 'CALLWARDEN_DIAL_OPTIONS',
  /** Set, inheritable, by the routine when it lets a call go on: the number that passed. */
  pass: 'CALLWARDEN_PASS',
  /** Set by the daemon for a picker: `take:<nonce>` or `refuse:<nonce>`. */
  choice: 'CALLWARDEN_CHOICE',
  /** Set by the daemon with `take`, where there are several: the application that knows of this choice. */
  chosenBy: 'CALLWARDEN_CHOSEN_BY',
  /** Uniqueid of the ringing channel to take. */
  candidate: 'CALLWARDEN_CANDIDATE',
  /** Set by the daemon with `take`: `keep` leaves the caller's phone showing what it showed. */
  connected: 'CALLWARDEN_CONNECTED',
  /**
   * Set by the code that was dialled: a kind of pickup, and the extension or the group's number that is meant. A channel that
   * the daemon originated brings the call's id, URI-encoded.
   */
  pickupKind: 'CALLWARDEN_PICKUP_KIND',
  pickupTarget: 'CALLWARDEN_PICKUP_TARGET',
  /** Set at originate: the number of the picker, which the caller's phone is to show. */
  pickerNumber: 'CALLWARDEN_PICKER_NUMBER',
} as const;

export const CONTEXTS = {
  screen: 'callwarden-screen',
  number: 'callwarden-number',
  staticRules: 'callwarden-static',
  gate: 'callwarden-gate',
  pickupCodes: 'callwarden-pickup',
  pickup: 'callwarden-pickup-run',
  /** Entered by nobody but channels that the daemon originated. */
  pickupExact: 'callwarden-pickup-exact',
  hints: 'callwarden-hints',
} as const;

/** First argument of `Stasis()`: which of the two jobs a channel comes for. */
export const JOBS = { screen: 'screen', pickup: 'pickup', pickupMissed: 'pickup-missed' } as const;
