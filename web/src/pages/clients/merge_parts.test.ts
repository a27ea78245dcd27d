import { expect, test } from "vitest";
import type { ClientPage } from "../../wire/clients";
import { chosen, differing, takenAtFirst } from "./merge_parts";

const ana = { name: "Ana", email: "ana@a.example", phone: "", locale: "en", zone: "UTC" };
const keep = ana as ClientPage;
const other = { ...ana, email: "ana@b.example", phone: "123" } as ClientPage;

test("only what differs is asked, and what is missing is taken over", () => {
  expect(differing(keep, other)).toEqual(["email", "phone"]);
  expect(takenAtFirst(keep, other)).toEqual(["phone"]);
  expect(takenAtFirst(other, keep)).toEqual([]);
});

test("a choice is made and unmade", () => {
  expect(chosen(["phone"], "email", true)).toEqual(["phone", "email"]);
  expect(chosen(["phone", "email"], "phone", false)).toEqual(["email"]);
  expect(chosen(["phone"], "phone", true)).toEqual(["phone"]);
});
