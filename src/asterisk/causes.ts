// Hangup causes that the daemon gives and looks for (Q.850, as in include/asterisk/causes.h).

export const CAUSES = {
  /** Of a leg whose call somebody else has: the phone shows no missed call. */
  answeredElsewhere: 26,
  /** Nobody can serve it at the moment. */
  unavailable: 42,
} as const;
