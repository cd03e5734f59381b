import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Mistake } from './refusal.ts';

const FILE = fileURLToPath(new URL('../../../../shared/discord/openapi.json', import.meta.url));

interface Operation {
  requestBody?: { content: Record<string, unknown>; required?: boolean };
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
}

/** What Discord's published description says is wrong with a request; null when the description is not on this machine. */
export type SchemaCheck = (method: string, path: string, body: unknown) => Mistake[];

let loaded: SchemaCheck | null | undefined;

/** Reads Discord's own OpenAPI file once per process; says so when it is not there. */
export function loadSchemaCheck(): SchemaCheck | null {
  if (loaded !== undefined) return loaded;
  if (!existsSync(FILE)) {
    console.warn(
      'skipped: requests are not checked against Discord’s OpenAPI file (../shared/discord is absent)',
    );
    loaded = null;
    return loaded;
  }
  loaded = createSchemaCheck(JSON.parse(readFileSync(FILE, 'utf8')) as OpenApi);
  return loaded;
}

function createSchemaCheck(document: OpenApi): SchemaCheck {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  ajv.addSchema(document, 'discord');
  const templates = Object.keys(document.paths).map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`),
  }));
  const validators = new Map<string, ValidateFunction | null>();

  const validatorOf = (template: string, method: string): ValidateFunction | null => {
    const key = `${method} ${template}`;
    const known = validators.get(key);
    if (known !== undefined) return known;
    const json = document.paths[template]?.[method]?.requestBody?.content['application/json'];
    const place = `discord#/paths/${escapePointer(template)}/${method}/requestBody/content/application~1json/schema`;
    const validator = json === undefined ? null : ajv.compile({ $ref: place });
    validators.set(key, validator);
    return validator;
  };

  return (method, path, body) => {
    const candidates = templates.filter(({ pattern }) => pattern.test(path));
    // `/users/@me` fits `/users/{user_id}` as well: the literal one counts.
    const found = candidates.sort((a, b) => parameters(a.template) - parameters(b.template))[0];
    const operation = found && document.paths[found.template]?.[method.toLowerCase()];
    if (!found || !operation) return [{ path: [], message: `Discord has no ${method} ${path}` }];
    const validator = validatorOf(found.template, method.toLowerCase());
    if (validator === null || body === undefined || validator(body)) return [];
    return (validator.errors ?? []).map((error) => ({
      path: error.instancePath.split('/').filter((part) => part !== ''),
      message: `${error.message ?? 'invalid'} ${JSON.stringify(error.params)}`,
    }));
  };
}

function parameters(template: string): number {
  return template.split('{').length;
}

function escapePointer(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
}
