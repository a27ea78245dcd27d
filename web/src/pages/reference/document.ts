/** The description of the API (OpenAPI 3.1) as the reference needs it: requests, and rows of fields. */

export interface Schema {
  $ref?: string;
  type?: string;
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  items?: Schema;
  prefixItems?: readonly Schema[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
}

type Content = Record<string, { schema?: Schema }>;

interface RawOperation {
  operationId: string;
  tags: readonly string[];
  summary: string;
  description?: string;
  security: readonly Record<string, unknown>[];
  parameters: readonly { name: string; in: "path" | "query"; description: string }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

export interface ApiDocument {
  info: { version: string };
  tags: readonly { name: string; description: string }[];
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

/** Who a request is for, as the description's security says it. */
export type Asker = "token" | "session" | "browser" | "seat" | "anybody";

/** A body or an answer: JSON of a shape, bytes of a kind, or nothing. */
export interface Payload {
  kind: string;
  schema: Schema | null;
}

export interface Operation {
  id: string;
  tag: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  asker: Asker;
  parameters: RawOperation["parameters"];
  body: Payload | null;
  status: string;
  answer: Payload | null;
  refusals: readonly { status: string; codes: readonly string[] }[];
}

/** A field of a shape; `depth` counts how far inside it is. */
export interface Row {
  name: string;
  depth: number;
  type: string;
  isOptional: boolean;
  words: string;
}

const DEPTH_MAX = 3;
const PROBLEM = "application/problem+json";

export function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => operationOf(method, path, raw)),
  );
}

function operationOf(method: string, path: string, raw: RawOperation): Operation {
  const answers = Object.entries(raw.responses);
  const good = answers.find(([status]) => status.startsWith("2"));
  return {
    id: raw.operationId,
    tag: raw.tags[0] ?? "",
    method: method.toUpperCase(),
    path,
    summary: raw.summary,
    description: raw.description ?? "",
    asker: askerOf(raw.security),
    parameters: raw.parameters,
    body: contentOf(raw.requestBody?.content),
    status: good?.[0] ?? "",
    answer: contentOf(good?.[1].content),
    refusals: answers
      .filter(([, answer]) => answer.content?.[PROBLEM] !== undefined)
      .map(([status, answer]) => ({ status, codes: answer.description.split(", ") })),
  };
}

function askerOf(ways: RawOperation["security"]): Asker {
  if (ways.some((way) => "token" in way)) return "token";
  if (ways.some((way) => "seat" in way)) return "seat";
  if (ways.some((way) => "session" in way)) return "session";
  return ways.length > 0 ? "browser" : "anybody";
}

function contentOf(content: Content | undefined): Payload | null {
  const first = Object.entries(content ?? {})[0];
  return first ? { kind: first[0], schema: first[1].schema ?? null } : null;
}

function resolved(schema: Schema, document: ApiDocument): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  return (name && document.components.schemas[name]) || schema;
}

/** The type in a few letters: `string`, `integer | null`, `object[]`. */
export function typeOf(schema: Schema, document: ApiDocument): string {
  if (schema.anyOf) {
    return schema.anyOf.map((one) => typeOf(one, document)).join(" | ");
  }
  const whole = resolved(schema, document);
  if (whole.enum) return whole.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (whole.const !== undefined) return JSON.stringify(whole.const);
  if (whole.type === "array") return `${typeOf(whole.items ?? {}, document)}[]`;
  return whole.type ?? "any";
}

/** What is inside of a schema: of a list its items, of a choice the first that has fields. */
function inside(schema: Schema, document: ApiDocument): Schema | null {
  const whole = resolved(schema, document);
  if (whole.properties) return whole;
  if (whole.items) return inside(whole.items, document);
  for (const one of whole.anyOf ?? []) {
    const found = inside(one, document);
    if (found) return found;
  }
  return null;
}

/** All fields, those inside of a field below it. */
export function rowsOf(schema: Schema, document: ApiDocument, depth = 0): Row[] {
  const shape = inside(schema, document);
  if (!shape?.properties || depth > DEPTH_MAX) return [];
  const required = new Set(shape.required ?? []);
  return Object.entries(shape.properties).flatMap(([name, field]) => [
    {
      name,
      depth,
      type: typeOf(field, document),
      isOptional: !required.has(name),
      words: field.description ?? resolved(field, document).description ?? "",
    },
    ...rowsOf(field, document, depth + 1),
  ]);
}

/** Whether every word that is searched for is somewhere in it. */
export function matches(operation: Operation, query: string): boolean {
  const { method, path, summary, description, tag } = operation;
  const text = `${method} ${path} ${summary} ${description} ${tag}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The request as somebody would try it in a shell. */
export function commandOf(operation: Operation, origin: string): string {
  const parts = ["curl"];
  if (operation.method !== "GET") parts.push(`-X ${operation.method}`);
  if (operation.asker === "token") parts.push('-H "Authorization: Bearer $TOKEN"');
  if (operation.body?.kind === "application/json") {
    parts.push('-H "Content-Type: application/json"', "-d '{…}'");
  }
  parts.push(`${origin}${operation.path}`);
  return parts.join(" \\\n  ");
}
