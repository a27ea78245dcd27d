import { describe, expect, it } from "vitest";
import { actOf, KEYS } from "./keys";
import { PANELS } from "./panels";

const plain = { ctrlKey: false, metaKey: false, altKey: false };

describe("keys", () => {
  it("mean one thing each", () => {
    const all = [...KEYS, ...PANELS].map((one) => one.key);
    expect(new Set(all).size).toBe(all.length);
    for (const { key, act } of KEYS) expect(actOf({ key, ...plain })).toBe(act);
  });

  it("work with caps lock, and leave the browser its own", () => {
    expect(actOf({ key: "M", ...plain })).toBe("microphone");
    expect(actOf({ key: "s", ...plain, ctrlKey: true })).toBeNull();
    expect(actOf({ key: "f", ...plain, metaKey: true })).toBeNull();
    expect(actOf({ key: "Tab", ...plain })).toBeNull();
  });
});
