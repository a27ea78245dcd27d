import { describe, expect, it } from "vitest";
import file from "../../../../tests/corpus/bundle.json";
import { MalformedBundle, readLine, readWelcome, writeHello, writeLine } from "./frames";

interface Corpus {
  lines: { line: string; seen: number; late: boolean; piece: [string, number, string] | null }[];
  malformed: string[];
  hellos: { line: string; hello: [string, string, number, number[]] }[];
  welcomes: { line: string; welcome: [string, number, number[]] }[];
}

const corpus = file as unknown as Corpus;

describe("lines of a bundle", () => {
  it.each(corpus.lines)("reads and writes $line", ({ line, seen, late, piece }) => {
    const said = readLine(line);
    expect(said.seen).toBe(seen);
    expect(said.isLate).toBe(late);
    const read = said.piece && [said.piece.kind, said.piece.number, said.piece.text];
    expect(read).toEqual(piece);
    expect(writeLine(said)).toBe(line);
  });

  it.each(corpus.malformed)("refuses %j", (line) => {
    expect(() => readLine(line)).toThrow(MalformedBundle);
  });

  it.each(corpus.hellos)("greets with $line", ({ line, hello }) => {
    expect(writeHello(...hello)).toBe(line);
  });

  it.each(corpus.welcomes)("reads $line", ({ line, welcome: [name, seen, held] }) => {
    expect(readWelcome(line)).toEqual({ name, seen, held });
  });

  it("knows what is no welcome", () => {
    for (const line of ['0{"sid":"x"}', "G", "", "Bxyz,0"]) expect(readWelcome(line)).toBeNull();
  });
});
