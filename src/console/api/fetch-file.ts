// A file that the API makes at a POST: fetched whole, then saved as the browser saves downloads.
import { postForFile } from './client.ts';

const DEADLINE_MS = 600_000;
/** The browser has taken the file over by then. */
const TAKEN_OVER_MS = 60_000;

/** `name`: where the answer names none. Throws `ApiProblem`. */
export async function fetchFile(path: string, name: string): Promise<void> {
  const { content, name: named } = await postForFile(path, DEADLINE_MS);
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = named ?? name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), TAKEN_OVER_MS);
}
