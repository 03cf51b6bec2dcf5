// How people and other programs are told, as the local socket shows and tries it.

export const noticeWays = ['webhook', 'mail', 'message'] as const;
export type NoticeWay = (typeof noticeWays)[number];

/** What became of one test notice. */
export interface NoticeResult {
  readonly to: string;
  /** Taken by the receiver, by the mail server, or by Asterisk. */
  readonly sent: boolean;
  /** '' where it was sent. */
  readonly problem: string;
}

/** Since the start of the daemon. */
interface WayStatus {
  readonly queued: number;
  readonly sent: number;
  readonly failed: number;
  readonly dropped: number;
  readonly lastSuccessMs: number | null;
  readonly lastProblem: string;
  readonly working: boolean;
}

export interface TellingStatus {
  /** `to`: scheme, host and port. */
  readonly webhooks: readonly (WayStatus & { readonly to: string })[];
  /** Null where no mail server is configured. */
  readonly mail: WayStatus | null;
  readonly messages: WayStatus;
}
