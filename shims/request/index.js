// Stands in for the abandoned `request` package under ari-client, which calls `request(url, callback)` once and reads
// nothing but `error.code`.
'use strict';

const DEADLINE_MS = 5000;

module.exports = async function request(url, callback) {
  let failure = null;
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
    await response.body?.cancel();
  } catch (error) {
    // fetch hides the code of the socket error in the cause.
    failure = Object.assign(error, { code: error.cause?.code });
  }
  callback(failure);
};
