import { expect, it } from "vitest";
import { hex } from "../testing/hex";
import { fileNames, zipOf } from "./zip";

it("is what other programs write", async () => {
  const zip = await zipOf([{ name: "a.txt", content: new Blob(["123456789"]) }]);
  const written = hex(new Uint8Array(await zip.arrayBuffer()));
  // The check value of "123456789" is cbf43926 for every CRC-32 of this kind.
  const facts = "1400000800000000" + "2100" + "2639f4cb" + "09000000" + "09000000";
  const local = `504b0304${facts}05000000`;
  const name = "612e747874";
  const central = `504b01021400${facts}0500${"0000".repeat(4)}${"00000000".repeat(2)}`;
  const content = "313233343536373839";
  const end = "504b0506" + "00000000" + "0100" + "0100" + "33000000" + "2c000000" + "0000";
  expect(written).toBe(local + name + content + central + name + end);
});

it("of nothing is empty", async () => {
  const zip = await zipOf([]);
  expect(hex(new Uint8Array(await zip.arrayBuffer()))).toBe(`504b0506${"00".repeat(18)}`);
});

it("names files so that every system takes them", () => {
  expect(fileNames(["a/b: c?", "", "../x"], ".png")).toEqual(["1 a b c.png", "2.png", "3 x.png"]);
  expect(fileNames(Array(10).fill("x"), ".svg")[0]).toBe("01 x.svg");
});
