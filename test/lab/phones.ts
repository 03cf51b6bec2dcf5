// Several phones of one lab, found by their extension.
import type { Lab } from './lab.ts';
import type { Phone } from './phone/phone.ts';

/** Registered phones; one that was not opened is an error. They go together, or with the lab. */
export interface Phones extends AsyncDisposable {
  (extension: string): Phone;
  readonly all: readonly Phone[];
}

/** Opens them side by side; rejects as `lab.phone` does. */
export async function openPhones(lab: Pick<Lab, 'phone'>, extensions: readonly string[]): Promise<Phones> {
  const all = await Promise.all(extensions.map((extension) => lab.phone(extension)));
  const byExtension = new Map(all.map((phone) => [phone.extension, phone]));
  const find = (extension: string): Phone => {
    const found = byExtension.get(extension);
    if (!found) throw new Error(`There is no phone ${extension} here.`);
    return found;
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(all.map((phone) => phone[Symbol.asyncDispose]()));
  };
  return Object.assign(find, { all, [Symbol.asyncDispose]: dispose });
}
