// Finds the Debian mirrors to build a private root from, the machine's own first.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stands for the mirror that debootstrap takes when it is told none. */
export const DEFAULT_MIRROR = '';

/** The mirrors to try in turn: the machine's own, then debootstrap's default. */
export function debianMirrors(aptFolder = '/etc/apt'): string[] {
  const own = aptSources(aptFolder).flatMap(sourceUris).filter(isDebianArchive);
  return [...own.slice(0, 1), DEFAULT_MIRROR];
}

function aptSources(aptFolder: string): string[] {
  const parts = join(aptFolder, 'sources.list.d');
  const names = [join(aptFolder, 'sources.list'), ...list(parts).map((name) => join(parts, name))];
  return names.filter((name) => /\.(list|sources)$/.test(name)).map(read);
}

/** URIs of `deb` lines (sources.list(5), one-line style) and of `URIs:` fields (deb822 style). */
function sourceUris(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const oneLine = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line);
    if (oneLine?.[1] !== undefined) return [oneLine[1]];
    const field = /^URIs:\s*(.*)$/i.exec(line);
    return field?.[1]?.split(/\s+/) ?? [];
  });
}

/** Debian's main archive has this path on every mirror; security updates and other vendors do not. */
function isDebianArchive(uri: string): boolean {
  return /^https?:\/\/.*\/debian\/?$/.test(uri);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
