// In place of the local socket: the daemon's own answers, without a socket.

/** Listens nowhere. */
export async function listenOnSocket(): Promise<AsyncDisposable> {
  return { [Symbol.asyncDispose]: async () => undefined };
}
