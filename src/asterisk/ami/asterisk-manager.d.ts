// What we use of asterisk-manager 0.2.0, which brings no types (lib/ami.js).

declare module 'asterisk-manager' {
  import type { NetConnectOpts } from 'node:net';

  /** A parsed block: header names in lower case; repeated headers are arrays, `variable` headers an object. */
  type ManagerItem = Record<string, unknown>;

  interface ManagerInstance {
    on(event: 'close' | 'connect', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    /** `rawevent`: each block as it was parsed; `managerevent`: an event. */
    on(event: 'managerevent' | 'rawevent', listener: (item: ManagerItem) => void): void;
    removeAllListeners(event: 'rawevent'): void;
    emit(event: string, ...values: unknown[]): void;
    /** The first argument goes to `net.createConnection` as it is. */
    connect(options: NetConnectOpts, host: undefined, callback: () => void): void;
    /** Called with the item of a refusal, or without argument. */
    login(callback: (refusal?: ManagerItem) => void): void;
    /** `callback` is called at the answer, or never. The object is changed. */
    action(
      action: Record<string, string>,
      callback: (refusal: ManagerItem | undefined, item?: ManagerItem) => void,
    ): string;
  }

  interface ManagerConstructor {
    /** Without a port it does not connect by itself. */
    new (port: null, host: string, username: string, password: string, events: boolean): ManagerInstance;
  }

  const Manager: ManagerConstructor;
  export = Manager;
}
