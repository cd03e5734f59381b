import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(`${ROOT}/${name}`, 'utf8');

interface LockedPackage {
  version?: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
}

const { packages } = JSON.parse(read('package-lock.json')) as {
  packages: Record<string, LockedPackage>;
};
const locked = Object.entries(packages).filter(([path]) => path !== '');
const shipped = locked.filter(([, { dev }]) => dev !== true);
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13);

/** Licences that ask for no more than a notice. */
const PERMISSIVE = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Python-2.0',
];

/**
 * What asks for more, and why it may be shipped: each comes unchanged, in a package of its own, with its licence. libvips is sharp's, which
 * transformers.js imports whether or not there are images; as a shared library it can be exchanged there, which is what the LGPL asks.
 * The MPL asks for the source of files that were changed, and none was. The OFL asks that a font be not sold by itself.
 */
const EXCEPTIONS: Record<string, RegExp> = {
  'LGPL-3.0-or-later': /^@img\/sharp-(?:libvips-[\w-]+|wasm32|win32-\w+)$/,
  'MPL-2.0': /^@resvg\/resvg-js(?:-[\w-]+)?$/,
  'OFL-1.1': /^@expo-google-fonts\/ibm-plex-sans-arabic$/,
};

/** Licences that all hold (`AND`), each as the ones to choose from (`OR`). */
function termsOf(expression: string): string[][] {
  return expression
    .replace(/[()]/g, '')
    .split(' AND ')
    .map((term) => term.split(' OR '));
}

describe('what is installed', () => {
  it('is fixed to its content, and says nothing of the registry that it came from', () => {
    for (const [path, { integrity, resolved }] of locked) {
      expect([path, integrity?.startsWith('sha512-'), resolved]).toEqual([path, true, undefined]);
    }
    expect(read('package-lock.json')).not.toMatch(
      /https?:\/\/[^"]*(?:registry|npmjs|artifact|nexus)/,
    );
  });

  it('runs no scripts of its own while it is installed', () => {
    const settings = read('.npmrc').split('\n');
    expect(settings).toContain('ignore-scripts=true');
    expect(settings).toContain('omit-lockfile-registry-resolved=true');
    expect(read('.npmrc')).not.toMatch(/_auth|registry=|token/i);
    // Found by npm itself, not only written there; the flag of the surrounding command line does not count.
    const { npm_config_ignore_scripts: _flag, ...environment } = process.env;
    const found = execFileSync('npm', ['config', 'get', 'ignore-scripts'], {
      cwd: ROOT,
      env: environment,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    expect(found.trim()).toBe('true');
  });

  it('is named by exact versions in package.json', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/)]);
    }
  });
});

describe('what is shipped', () => {
  it('has a licence that allows it', () => {
    expect(shipped.length).toBeGreaterThan(100);
    const refused = shipped.flatMap(([path, { license = 'none' }]) =>
      termsOf(license)
        .filter((choices) => !choices.some((choice) => PERMISSIVE.includes(choice)))
        .filter((choices) => !choices.some((choice) => EXCEPTIONS[choice]?.test(nameOf(path))))
        .map((choices) => `${nameOf(path)}: ${choices.join(' or ')}`),
    );
    expect(refused).toEqual([]);
  });

  it('is listed by "npm run sbom", without a network', () => {
    const printed = execFileSync('npm', ['run', '--silent', 'sbom'], {
      cwd: ROOT,
      env: { ...process.env, npm_config_offline: 'true' },
      encoding: 'utf8',
      maxBuffer: 16 * 1024 * 1024,
      shell: process.platform === 'win32',
    });
    const { bomFormat, components } = JSON.parse(printed) as {
      bomFormat: string;
      components: { purl: string; licenses?: unknown[]; properties?: { name: string }[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    // Not by `--omit dev`, which leaves out what development uses too; a mark tells what is for development alone.
    const listed = components
      .filter(({ properties }) => !properties?.some(({ name }) => name.endsWith(':development')))
      .map(({ purl }) => decodeURIComponent(purl.replace(/^pkg:npm\//, '').replace(/\?.*$/, '')));
    const wanted = shipped.map(([path, { version }]) => `${nameOf(path)}@${version}`);
    expect(listed.toSorted()).toEqual([...new Set(wanted)].toSorted());
  });
});
