import { describe, expect, it } from "vitest";
import { heardNow, serverNow } from "./now";

const code: Record<string, string> = import.meta.glob(
  ["./*.ts", "../pages/{book,mine}/*.{ts,tsx}", "!./*.test.ts"],
  { query: "?raw", import: "default", eager: true },
);

describe("the server's time", () => {
  it("goes on from what the server said, wherever this computer's clock stands", () => {
    heardNow("2027-03-28T00:59:59Z");
    const at = serverNow();
    expect(Math.abs(at - Date.parse("2027-03-28T00:59:59Z"))).toBeLessThan(1000);
    heardNow("nonsense");
    expect(serverNow()).toBeGreaterThanOrEqual(at);
  });

  it("is the only one that pages of booking ask, and no wall but a named one", () => {
    expect(Object.keys(code).length).toBeGreaterThan(8);
    const banned =
      /Date\.now\(|new Date\(\)|new Date\([^()"`]*,|\.get(Hours|Minutes|Date|Month|FullYear|Day)\(/;
    const wrong = Object.entries(code).filter(([, text]) => banned.test(text));
    expect(wrong.map(([path]) => path)).toEqual([]);
  });
});
