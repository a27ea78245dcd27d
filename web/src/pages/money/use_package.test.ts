import { expect, it } from "vitest";
import type { Credit } from "../../wire/money";
import { usable } from "./use_package";

const NOW = Date.parse("2027-03-22T08:00:00Z");
const credit = (more: Partial<Credit>): Credit => ({
  id: "c",
  name: "Eight",
  client_id: "ana",
  client_name: "Ana",
  offer_ids: [],
  total: 8,
  left: 3,
  until: "2027-04-01T00:00:00Z",
  ...more,
});

it("offers what is left, not over, and for this offer", () => {
  const list = [
    credit({ id: "any" }),
    credit({ id: "this", offer_ids: ["talk"] }),
    credit({ id: "other", offer_ids: ["plan"] }),
    credit({ id: "empty", left: 0 }),
    credit({ id: "old", until: "2027-03-22T08:00:00Z" }),
  ];
  expect(usable(list, "talk", NOW).map(({ id }) => id)).toEqual(["any", "this"]);
});
