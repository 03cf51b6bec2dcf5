// Stands in for the abandoned `swagger-client` package under ari-client: reads Asterisk's API documents and calls what
// they describe. Every request has a deadline, every failure reaches the caller's callback with its HTTP status, nothing
// is printed and nothing is thrown.
'use strict';

const http = require('node:http');
const https = require('node:https');

const REQUEST_DEADLINE_MS = 5000;
/** Asterisk listens with a backlog of 10 (main/tcptls.c). */
const SOCKETS_MAX = 6;
const IDLE_SOCKET_MS = 5000;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;
const LIST_PATH = '/api-docs/resources.json';

/** The credentials of the next SwaggerApi, which keeps its own copy. */
let authorization = '';

function PasswordAuthorization(_hostname, username, password) {
  this.header = `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

const authorizations = {
  add(_name, added) {
    authorization = added.header;
  },
};

class SwaggerApi {
  constructor({ url, success, failure }) {
    this.ready = false;
    this.apis = Object.create(null);
    this.base = url.slice(0, -LIST_PATH.length);
    this.authorization = authorization;
    this.client = url.startsWith('https:') ? https : http;
    const agentOptions = { keepAlive: true, maxSockets: SOCKETS_MAX, timeout: IDLE_SOCKET_MS };
    this.agent = new this.client.Agent(agentOptions);
    void this.start(success, failure);
  }

  async start(success, failure) {
    try {
      await this.load();
      success();
    } catch (error) {
      failure(error);
    }
  }

  async load() {
    const list = await this.readDocument(LIST_PATH);
    await Promise.all(
      list.apis.map(async ({ path }) => {
        const document = await this.readDocument(path.replace('{format}', 'json'));
        const name = /([A-Za-z]+)\.\{format\}$/.exec(path)[1];
        this.apis[name] = this.readResource(document);
      }),
    );
    this.ready = true;
  }

  async readDocument(path) {
    const { data } = await this.send('GET', path, undefined);
    return JSON.parse(data);
  }

  readResource(document) {
    const resource = { operations: Object.create(null), models: readModels(document.models ?? {}) };
    for (const { path, operations } of document.apis) {
      for (const { nickname, httpMethod, responseClass, parameters = [] } of operations) {
        const type = responseClass === 'void' ? null : responseClass;
        resource.operations[nickname] = { type, parameters };
        resource[nickname] = async (values, done, failed) => {
          // ari-client puts what becomes the body here; the text of a message has the same name and goes into the URL.
          const isQuery = parameters.some((one) => one.name === 'body' && one.paramType === 'query');
          const body = typeof values.body === 'string' && !isQuery ? values.body : undefined;
          try {
            // `done` throws when the answer is no JSON.
            done(await this.send(httpMethod, fillPath(path, parameters, values), body));
          } catch (error) {
            failed(error);
          }
        };
      }
    }
    return resource;
  }

  async send(method, path, body) {
    const headers = { authorization: this.authorization };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const options = { method, headers, agent: this.agent };
    const { status, data } = await exchange(this.client, this.base + path, options, body);
    if (status >= 200 && status < 300) return { status, data };
    throw Object.assign(new Error(readMessage(data)), { status });
  }
}

/** One HTTP request; rejects at a socket error, at the deadline and for an answer without end. */
function exchange(client, url, options, body) {
  return new Promise((resolve, reject) => {
    const request = client.request(url, options, (response) => {
      const chunks = [];
      let bytes = 0;
      response.on('data', (chunk) => {
        bytes += chunk.length;
        if (bytes > ANSWER_BYTES_MAX) request.destroy(new Error('the answer is too long'));
        else chunks.push(chunk);
      });
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode, data: Buffer.concat(chunks).toString('utf8') });
      });
      response.on('error', fail);
    });
    const timer = setTimeout(() => request.destroy(new Error('no answer in time')), REQUEST_DEADLINE_MS);
    const fail = (error) => {
      clearTimeout(timer);
      reject(error);
    };
    request.on('error', fail);
    request.end(body);
  });
}

/** ari-client looks for the properties of an event that are resources, by the name of their type. */
function readModels(models) {
  const read = Object.create(null);
  for (const [name, { properties }] of Object.entries(models)) {
    read[name] = {
      properties: Object.entries(properties ?? {}).map(([key, { type }]) => ({ name: key, dataType: type })),
    };
  }
  return read;
}

function fillPath(path, parameters, values) {
  const query = [];
  let filled = path;
  for (const { name, paramType } of parameters) {
    const value = values[name];
    if (value === undefined || value === null) continue;
    const text = encodeURIComponent(String(value).toWellFormed());
    if (paramType === 'path') filled = filled.replace(`{${name}}`, () => text);
    if (paramType === 'query') query.push(`${encodeURIComponent(name)}=${text}`);
  }
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

function readMessage(data) {
  try {
    return String(JSON.parse(data).message);
  } catch {
    return 'no message';
  }
}

module.exports = { authorizations, PasswordAuthorization, SwaggerApi };
