// What can be checked of docker/ without an engine: everything that it names exists, and its configuration is a valid one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConfig } from '../src/config/load.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
/** Made by the build stage inside the image. */
const built = new Set(['/app/node_modules', '/app/dist']);

describe('docker/', () => {
  it.each(['docker/Dockerfile', 'docker/asterisk.Dockerfile'])('%s copies only what exists', (path) => {
    const copies = [...read(path).matchAll(/^COPY (?:--from=\S+ )?(.+) \S+$/gm)];
    const sources = copies.flatMap((match) => (match[1] ?? '').split(' '));
    expect(sources.length).toBeGreaterThan(4);
    expect(sources.filter((source) => !built.has(source) && !existsSync(join(root, source)))).toEqual([]);
  });

  it('compose.yaml names files that exist', () => {
    const text = read('docker/compose.yaml');
    const dockerfiles = [...text.matchAll(/dockerfile: (\S+)/g)].map((match) => match[1] ?? '');
    const mounts = [...text.matchAll(/- \.\/(\S+?):/g)].map((match) => join('docker', match[1] ?? ''));
    expect(dockerfiles).toHaveLength(2);
    expect(mounts).toHaveLength(1);
    expect([...dockerfiles, ...mounts].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('callwarden.toml is a configuration that the daemon takes', () => {
    const config = checkConfig('docker/callwarden.toml', read('docker/callwarden.toml'));
    expect(config.ami.enabled).toBe(true);
    expect(config.ari.url).toBe('http://127.0.0.1:8088/ari');
    expect(read('docker/compose.yaml')).toContain(`- '127.0.0.1:${config.web.port}:${config.web.port}'`);
  });

  it('the images run the Node that the package asks for', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe('>=24.11');
    expect(read('docker/Dockerfile').match(/^FROM node:24-\S+/gm)).toHaveLength(2);
  });
});
