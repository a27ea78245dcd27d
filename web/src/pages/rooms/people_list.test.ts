import { describe, expect, it } from "vitest";
import { readPeople, tableOf } from "./people_list";

const read = (text: string, known: { name: string; email: string }[] = []) =>
  readPeople(text, known).map(({ name, email, doubt }) => [name, email, doubt]);

describe("a list of names that was pasted", () => {
  it.each([
    ["Lin Yue", "Lin Yue", ""],
    ["  Lin   Yue  ", "Lin Yue", ""],
    ["Lin Yue, Lin@Example.org", "Lin Yue", "lin@example.org"],
    ["林月，lin@example.org", "林月", "lin@example.org"],
    ["lin@example.org;Lin Yue", "Lin Yue", "lin@example.org"],
    ["Lin Yue\tlin@example.org\t8b", "Lin Yue", "lin@example.org"],
    ['"Yue, Lin",lin@example.org', "Yue, Lin", "lin@example.org"],
    ["Lin Yue <lin@example.org>", "Lin Yue", "lin@example.org"],
  ])("reads %j", (line, name, email) => {
    expect(read(line)).toEqual([[name, email, null]]);
  });

  it("leaves out empty lines and the names of the columns", () => {
    expect(read("Name,E-mail\r\n\r\nLin Yue\r\n , \n林月")).toEqual([
      ["Lin Yue", "", null],
      ["林月", "", null],
    ]);
    expect(read("姓名\n林月")).toEqual([["林月", "", null]]);
  });

  it("says why a line is not taken", () => {
    const known = [
      { name: "Wu Lan", email: "" },
      { name: "Bo", email: "bo@example.org" },
    ];
    const text = [
      "Wu Lan",
      "Robert, BO@example.org",
      "Bo, other@example.org",
      "An",
      "An",
      "an@example.org",
      "Li, li@nowhere",
      "x".repeat(61),
    ].join("\n");
    expect(read(text, known).map(([, , doubt]) => doubt)).toEqual([
      "known",
      "known",
      null,
      null,
      "twice",
      "name",
      "email",
      "long",
    ]);
  });

  it("takes two people of one name who have their own addresses", () => {
    expect(read("An, a@example.org\nAn, b@example.org").map(([, , doubt]) => doubt)).toEqual([
      null,
      null,
    ]);
  });
});

it("writes a table in which nothing is worked out", () => {
  const rows = [
    ["=1+1", 'say "hi"', "a,b"],
    ["＝1", "@x", "-2"],
  ];
  expect(tableOf(["Name", "B", "C"], rows)).toBe(
    'Name,B,C\r\n\'=1+1,"say ""hi""","a,b"\r\n\'＝1,\'@x,\'-2\r\n',
  );
});
