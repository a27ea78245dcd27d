import { describe, expect, it } from "vitest";
import golden from "../../../tests/corpus/items.json";
import { mergeItem } from "./merge";
import { readElement, readPatch } from "./schema";
import { bytes } from "./testing/hex";

/** Packed points are hexadecimal in the file. */
function revived(value: Record<string, unknown>): Record<string, unknown> {
  return typeof value.d === "string" ? { ...value, d: bytes(value.d) } : value;
}

describe("items", () => {
  it.each(golden)("are the server's: $name", ({ element, patch, text, item }) => {
    const read = readElement(revived(element));
    if (!read) throw new Error("no element");
    expect(mergeItem("x-1", read, readPatch(patch), text)).toEqual(revived(item));
  });
});
