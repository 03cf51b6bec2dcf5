// Migration 10: since when a PIN has its digits, so that a new one is not told as one that nobody uses. Null: made before this.
// It decides nothing, and is in no checksum of the policy.

export const pinDays = `
ALTER TABLE pins ADD COLUMN made_ms INTEGER;
`;
