import { describe, expect, it } from "vitest";
import type { IntakeField } from "../../wire/booking";
import { minutesOf } from "./begin";
import { changed, moved, newField } from "./intake_editor";
import { wholeOf } from "./refund_rule";

const field = (id: string): IntakeField => ({ ...newField([]), id });

describe("questions before a talk", () => {
  it("get an id nobody has", () => {
    const first = newField([]);
    expect(first.id).toBe("field_1");
    expect(newField([field("field_2")]).id).toBe("field_3");
    expect(newField([field("a"), field("field_3")]).id).toBe("field_4");
  });

  it("move by one and never out of the list", () => {
    const list = [field("a"), field("b"), field("c")];
    const ids = (from: number, to: number) => moved(list, from, to).map((one) => one.id);
    expect(ids(0, 1)).toEqual(["b", "a", "c"]);
    expect(ids(2, 1)).toEqual(["a", "c", "b"]);
    expect(ids(0, -1)).toEqual(["a", "b", "c"]);
    expect(ids(2, 3)).toEqual(["a", "b", "c"]);
  });
});

describe("the reason for coming", () => {
  it("is asked by one question that is written out", () => {
    const reasons = (list: IntakeField[]) =>
      list.filter((one) => one.is_reason).map(({ id }) => id);
    const first = changed([field("a"), field("b")], 0, { is_reason: true });
    expect(reasons(first)).toEqual(["a"]);
    const second = changed(first, 1, { is_reason: true });
    expect(reasons(second)).toEqual(["b"]);
    expect(reasons(changed(second, 0, { label: "x" }))).toEqual(["b"]);
    expect(reasons(changed(second, 1, { kind: "number" }))).toEqual([]);
  });
});

describe("what is typed", () => {
  it("is a time on the grid of five minutes", () => {
    expect(minutesOf("09:00")).toBe(540);
    expect(minutesOf("17:43")).toBe(1060);
  });

  it("is a whole number or none", () => {
    expect([wholeOf("24", 100), wholeOf(" 0 ", 100)]).toEqual([24, 0]);
    expect([wholeOf("101", 100), wholeOf("-1", 100), wholeOf("x", 100)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
