// Requests made from the OpenAPI description alone, as a program that was generated from it would make them.
import * as fc from 'fast-check';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

export interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Request {
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** What the house of the test knows, and what looks like it. */
const WORDS = ['1001', '1001-1003', '+541143211234', 'sales', 'FR', 'low', 'known', '00', 'a b', 'ñ%_', '*'];
const ITEMS_MAX = 3;

/** Of what the schema allows; strings are often words that mean something. */
export function valueOf(schema: Schema, known: Description['components']['schemas']): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valueOf(known[schema.$ref.split('/').at(-1) ?? ''] ?? {}, known);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const several = schema.anyOf ?? schema.oneOf;
  if (several) return fc.oneof(...several.map((one) => valueOf(one, known)));
  if (schema.allOf) {
    const parts = fc.tuple(...schema.allOf.map((one) => valueOf(one, known)));
    return parts.map((values) => Object.assign({}, ...values));
  }
  if (typeof schema.type === 'object') {
    return fc.oneof(...schema.type.map((type) => valueOf({ ...schema, type }, known)));
  }
  return plainValue(schema, known);
}

function plainValue(schema: Schema, known: Description['components']['schemas']): fc.Arbitrary<unknown> {
  const { type, minimum = -1e15, maximum = 1e15 } = schema;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number': {
      const near = [minimum, maximum, 0, 1, 7].filter((one) => one >= minimum && one <= maximum);
      const min = Math.max(minimum, Number.MIN_SAFE_INTEGER);
      const max = Math.min(maximum, Number.MAX_SAFE_INTEGER);
      return fc.oneof(fc.constantFrom(...near), fc.integer({ min, max }));
    }
    case 'string':
      return textOf(schema);
    case 'array': {
      const { minItems: minLength = 0, maxItems = ITEMS_MAX } = schema;
      const maxLength = Math.max(minLength, Math.min(maxItems, ITEMS_MAX));
      return fc.array(valueOf(schema.items ?? {}, known), { minLength, maxLength });
    }
    case 'object':
      return objectOf(schema, known);
    case undefined:
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function textOf({ pattern, minLength = 0, maxLength = 20 }: Schema): fc.Arbitrary<unknown> {
  const longest = Math.max(minLength, Math.min(maxLength, 20));
  const drawn = fc.string({ minLength, maxLength: longest, unit: 'grapheme' });
  const fits = (text: string) =>
    text.length >= minLength &&
    text.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, 'u').test(text));
  const words = WORDS.filter(fits);
  const free = pattern === undefined ? drawn.filter(fits) : fc.stringMatching(new RegExp(pattern, 'u'));
  return words.length === 0 ? free : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, free);
}

function objectOf(schema: Schema, known: Description['components']['schemas']): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties: more } = schema;
  const values = Object.fromEntries(
    Object.entries(properties).map(([key, one]) => [key, valueOf(one, known)] as const),
  );
  const named = fc.record(values, { requiredKeys: [...required], noNullPrototype: true });
  if (typeof more !== 'object') return named;
  const others = fc.dictionary(textOf({ minLength: 1 }) as fc.Arbitrary<string>, valueOf(more, known), {
    maxKeys: ITEMS_MAX,
    noNullPrototype: true,
  });
  return fc.tuple(named, others).map(([one, other]) => Object.assign({}, other, one));
}

/** A path, its query and, where there is one, its body: JSON, or the text of a file. */
export function requestOf(
  path: string,
  { parameters = [], requestBody }: Operation,
  known: Description['components']['schemas'],
): fc.Arbitrary<Request> {
  const of = (where: string) =>
    fc.record(
      Object.fromEntries(
        parameters.filter((one) => one.in === where).map((one) => [one.name, valueOf(one.schema, known)]),
      ),
      {
        requiredKeys: parameters.filter((one) => one.in === where && one.required).map(({ name }) => name),
        noNullPrototype: true,
      },
    );
  const [form] = Object.values(requestBody?.content ?? {});
  const body = form === undefined ? fc.constant(undefined) : valueOf(form.schema, known);
  return fc.tuple(of('path'), of('query'), body).map(([params, query, given]) => ({
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name]))),
    query,
    body: given,
  }));
}
