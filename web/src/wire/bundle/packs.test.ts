import { describe, expect, it, vi } from "vitest";
import { canUnpack, Unpacking } from "./packs";

async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return `Z${btoa(String.fromCharCode(...bytes))}`;
}

function setUp() {
  const given: string[] = [];
  const failed = vi.fn();
  return { given, failed, unpacking: new Unpacking((text) => given.push(text), failed) };
}

describe("packed texts", () => {
  it("are what they were, in their order, and hold up nothing that came before", async () => {
    const { given, failed, unpacking } = setUp();
    unpacking.put("42first");
    expect(given).toEqual(["42first"]);
    const long = `43["${"李 a ".repeat(999)}"]`;
    const [one, other] = [await packed(long), await packed("42third")];
    unpacking.put(one);
    unpacking.put("42second");
    unpacking.put(other);
    const after = vi.fn(() => [...given]);
    unpacking.after(after);
    await vi.waitFor(() => expect(after).toHaveReturned());
    expect(after).toHaveReturnedWith(["42first", long, "42second", "42third"]);
    await vi.waitFor(() => {
      const before = given.length;
      unpacking.put("42at once");
      expect(given.length).toBe(before + 1);
    });
    expect(failed).not.toHaveBeenCalled();
  });

  it("that are none end it", async () => {
    const { failed, unpacking } = setUp();
    unpacking.put("Znonsense");
    await vi.waitFor(() => expect(failed).toHaveBeenCalled());
  });

  it("are for browsers that know the form", () => {
    expect(canUnpack()).toBe(true);
    vi.stubGlobal("DecompressionStream", undefined);
    expect(canUnpack()).toBe(false);
    vi.unstubAllGlobals();
  });
});
