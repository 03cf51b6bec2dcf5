// How the console is built: src/console into dist/console, one origin, hashed names, compressed beside the plain files.
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const flagPackage = join(import.meta.dirname, 'node_modules/country-flag-icons');
const flagFolder = join(flagPackage, '3x2');
const notices = 'third-party-notices.md';
/** Below it, compression saves no packet. */
const COMPRESSED_BYTES_MIN = 512;

/** All flags in one file, one symbol each, which a page fetches when it shows the first of them. */
function flagSprite(): string {
  const symbols = readdirSync(flagFolder)
    .filter((name) => name.endsWith('.svg'))
    .map((name) => {
      const svg = readFileSync(join(flagFolder, name), 'utf8');
      const viewBox = /viewBox="([^"]+)"/.exec(svg)?.[1] ?? '0 0 513 342';
      const inside = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'));
      return `<symbol id="${name.slice(0, -'.svg'.length)}" viewBox="${viewBox}">${inside}</symbol>`;
    });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

/** `virtual:flags`: the address of the sprite. */
function flags(): Plugin {
  const name = 'virtual:flags';
  return {
    name: 'flags',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const reference = this.emitFile({ type: 'asset', name: 'flags.svg', source: flagSprite() });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
    // The notices are made from what is imported, which drawings are not.
    writeBundle({ dir = '' }) {
      const licence = readFileSync(join(flagPackage, 'LICENSE'), 'utf8');
      appendFileSync(join(dir, notices), `\n## country-flag-icons (MIT)\n\n${licence}`);
    },
  };
}

/** Each file also as `.gz` and `.br`, so that the daemon compresses nothing while it serves. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    // What is written, and not what plugins before the last one have made of it.
    writeBundle({ dir = '' }) {
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || /\.(?:gz|br)$/.test(path)) continue;
        const source = readFileSync(path);
        if (source.length < COMPRESSED_BYTES_MIN) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(source, { params }));
      }
    },
  };
}

export default defineConfig({
  root: join(import.meta.dirname, 'src/console'),
  plugins: [flags(), precompress()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, 'dist/console'),
    emptyOutDir: true,
    target: ['chrome125', 'edge125', 'firefox128', 'safari17.5'],
    // Nothing is put into the page itself: its policy allows files of its own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: notices },
    // Compressing takes most of the build, and is no news to whoever installs.
    rolldownOptions: { checks: { pluginTimings: false } },
    chunkSizeWarningLimit: 250,
  },
});
