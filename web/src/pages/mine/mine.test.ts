import { describe, expect, it } from "vitest";
import type { Mine } from "../../wire/booking";
import { nextOf } from "./next_card";
import { oneOfEach } from "./person";
import { standing } from "./signed";

function booking(id: string, from: string, more: Partial<Mine> = {}): Mine {
  const to = new Date(Date.parse(from) + 3_600_000).toISOString();
  const organisation = { slug: "north" };
  return {
    id,
    from,
    to,
    state: "booked",
    organisation,
    person: { email: "a@b.c" },
    ...more,
  } as Mine;
}

describe("what is mine", () => {
  const now = Date.parse("2027-03-29T07:30:00Z");

  it("has as next what goes on, before what comes", () => {
    const later = booking("later", "2027-03-29T09:00:00Z");
    const here = booking("here", "2027-03-29T07:00:00Z");
    expect(nextOf([later, here], now)?.id).toBe("here");
  });

  it("has no next that is over, cancelled or held", () => {
    const over = booking("over", "2027-03-29T06:00:00Z");
    const cancelled = booking("cancelled", "2027-03-30T06:00:00Z", { state: "cancelled" });
    const held = booking("held", "2027-03-29T07:00:00Z", { state: "held" });
    expect(nextOf([over, cancelled, held], now)).toBe(null);
    expect(nextOf([], now)).toBe(null);
  });

  it("counts of what was signed the newest word", () => {
    const line = (number: number, version_id: string, is_withdrawal = false) => ({
      number,
      version_id,
      is_withdrawal,
      title: { en: version_id },
      at: "2027-03-29T06:00:00Z",
    });
    const lines = [line(1, "a"), line(2, "b"), line(3, "a", true), line(4, "c"), line(5, "c")];
    expect(standing(lines).map((one) => one.number)).toEqual([5, 2]);
    expect(standing([...lines, line(6, "a")])[0]?.version_id).toBe("a");
    expect(standing([])).toEqual([]);
  });

  it("shows whoever comes once for each organisation and address", () => {
    const one = booking("one", "2027-03-29T06:00:00Z");
    const same = booking("same", "2027-03-30T06:00:00Z");
    const south = { slug: "south" } as Mine["organisation"];
    const elsewhere = booking("elsewhere", "2027-03-30T06:00:00Z", { organisation: south });
    expect(oneOfEach([one, same, elsewhere]).map(({ id }) => id)).toEqual(["one", "elsewhere"]);
  });
});
