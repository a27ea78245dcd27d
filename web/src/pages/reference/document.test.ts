import { describe, expect, test } from "vitest";
import { type ApiDocument, commandOf, matches, operationsOf, rowsOf } from "./document";

const problem = (codes: string) => ({
  description: codes,
  content: { "application/problem+json": { schema: { type: "object" } } },
});
const json = (schema: object) => ({ content: { "application/json": { schema } } });

const DOCUMENT: ApiDocument = {
  info: { version: "1" },
  tags: [{ name: "Rooms", description: "Places." }],
  paths: {
    "/api/rooms": {
      get: {
        operationId: "rooms_listing",
        tags: ["Rooms"],
        summary: "List own rooms.",
        security: [{ token: [] }, { session: [] }],
        parameters: [],
        responses: {
          "200": {
            description: "OK",
            ...json({ type: "array", items: { $ref: "#/components/schemas/Room" } }),
          },
          "401": problem("session.required, token.invalid"),
        },
      },
      post: {
        operationId: "rooms_create",
        tags: ["Rooms"],
        summary: "Make a room.",
        security: [{ token: [] }],
        parameters: [],
        requestBody: json({ $ref: "#/components/schemas/Title" }),
        responses: { "201": { description: "Created" } },
      },
    },
    "/api/seat": {
      post: {
        operationId: "seat_take",
        tags: ["Door"],
        summary: "Take a seat.",
        security: [{ csrf: [] }],
        parameters: [],
        responses: { "204": { description: "No Content" } },
      },
    },
  },
  components: {
    schemas: {
      Title: { type: "object", properties: { title: { type: "string" } } },
      Room: {
        type: "object",
        required: ["id", "live"],
        properties: {
          id: { type: "string", description: "Its id." },
          live: { anyOf: [{ $ref: "#/components/schemas/Class" }, { type: "null" }] },
          state: { enum: ["on", "off"] },
          above: { anyOf: [{ $ref: "#/components/schemas/Room" }, { type: "null" }] },
        },
      },
      Class: { type: "object", required: ["since"], properties: { since: { type: "integer" } } },
    },
  },
};

const [listing, create, seat] = operationsOf(DOCUMENT);
if (!listing || !create || !seat) throw new Error("three operations");

test("every request is read, with who may ask and what may be refused", () => {
  expect([listing.method, listing.path, listing.status]).toEqual(["GET", "/api/rooms", "200"]);
  expect([listing.asker, create.asker, seat.asker]).toEqual(["token", "token", "browser"]);
  expect(listing.refusals).toEqual([
    { status: "401", codes: ["session.required", "token.invalid"] },
  ]);
  expect([create.answer, create.refusals, seat.body]).toEqual([null, [], null]);
});

describe("fields", () => {
  const rows = rowsOf(listing.answer?.schema ?? {}, DOCUMENT);

  test("of a list are those of its items, with those inside below them", () => {
    expect(rows.slice(0, 4).map((row) => [row.depth, row.name, row.type])).toEqual([
      [0, "id", "string"],
      [0, "live", "object | null"],
      [1, "since", "integer"],
      [0, "state", '"on" | "off"'],
    ]);
    expect(rows[0]).toMatchObject({ words: "Its id.", isOptional: false });
    expect(rows[3]?.isOptional).toBe(true);
  });

  test("of a shape inside itself come to an end", () => {
    expect(Math.max(...rows.map((row) => row.depth))).toBe(3);
  });
});

test("a search finds by all of its words", () => {
  expect(matches(listing, "get ROOMS")).toBe(true);
  expect(matches(listing, "post rooms")).toBe(false);
  expect(matches(seat, "")).toBe(true);
});

test("a command can be tried as it stands", () => {
  expect(commandOf(listing, "https://x.org")).toBe(
    'curl \\\n  -H "Authorization: Bearer $TOKEN" \\\n  https://x.org/api/rooms',
  );
  expect(commandOf(create, "https://x.org")).toContain("-X POST");
  expect(commandOf(seat, "https://x.org")).not.toContain("Bearer");
});
