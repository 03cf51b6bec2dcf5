// Stands in for the abandoned `request` package under ari-client, which calls `request(url, callback)` once, to see
// whether anybody is there, and reads nothing but `error.code`.
'use strict';

const http = require('node:http');
const https = require('node:https');

const DEADLINE_MS = 5000;

module.exports = function request(url, callback) {
  const client = url.startsWith('https:') ? https : http;
  const asked = client.get(url, { agent: false }, (response) => {
    clearTimeout(timer);
    response.resume();
    callback(null);
  });
  const timer = setTimeout(() => {
    asked.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
  }, DEADLINE_MS);
  asked.on('error', (error) => {
    clearTimeout(timer);
    callback(error);
  });
};
