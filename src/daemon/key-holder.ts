// The key that PIN hashes depend on, as the running daemon holds it.
import { readKeyFile } from '../config/key-file.ts';
import { messageOf } from '../errors.ts';
import { createPinHasher, type PinHasher } from '../store/pin-hash.ts';

/** The key of the key file; the file may come, or come back, while the daemon runs. */
export class KeyHolder {
  readonly #path: string;
  #hasher: PinHasher | null = null;
  #key: Buffer | null = null;
  #problem = '';

  constructor(path: string) {
    this.#path = path;
  }

  get problem(): string {
    return this.#problem;
  }

  /** Throws `AppError` where there is no key. */
  hasher(): PinHasher {
    return this.#hasher ?? this.#read();
  }

  /** Reads the file again; null, and the problem says why, where there is no key. */
  look(): PinHasher | null {
    try {
      return this.#read();
    } catch (error) {
      this.#hasher = null;
      this.#key = null;
      this.#problem = messageOf(error);
      return null;
    }
  }

  #read(): PinHasher {
    const key = readKeyFile(this.#path);
    this.#problem = '';
    if (this.#hasher && this.#key?.equals(key)) return this.#hasher;
    this.#key = key;
    this.#hasher = createPinHasher(key);
    return this.#hasher;
  }
}
