import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');

interface Service {
  environment: Record<string, string>;
  ports?: string[];
  read_only?: boolean;
  tmpfs?: string[];
  volumes?: string[];
  cap_drop?: string[];
  security_opt?: string[];
}

const { services } = parse(read('compose.yaml')) as { services: Record<string, Service> };
const bot = services.rasid;
const image = read('Dockerfile').split('\n');

describe('the container', () => {
  it('runs as a user who is not root, from the last stage on', () => {
    const lastStage = image.findLastIndex((line) => line.startsWith('FROM '));
    const users = image.slice(lastStage).filter((line) => line.startsWith('USER '));
    expect(users).toEqual(['USER node']);
  });

  it('can write to its data and to temporary files, and to nothing else', () => {
    expect(bot).toMatchObject({
      read_only: true,
      tmpfs: ['/tmp'],
      volumes: ['rasid-data:/data'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      environment: { RASID_DATA_DIR: '/data' },
    });
  });

  it('opens its web page to the host only with a token, and to other machines never', () => {
    expect(bot?.environment.RASID_HTTP_HOST).toMatch(/^\$\{RASID_HTTP_TOKEN:\+0\.0\.0\.0\}$/);
    expect(image.join('\n')).not.toContain('RASID_HTTP_HOST');
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).toEqual(['127.0.0.1:8080:8080']);
  });

  it('holds no secret of the machine that built it', () => {
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['.env', '.git', 'data', 'node_modules']),
    );
    expect(image.join('\n')).not.toMatch(/^(?:ARG|ENV) .*(?:TOKEN|PASSWORD|DATABASE_URL)/m);
  });
});
