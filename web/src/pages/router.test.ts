import { describe, expect, it } from "vitest";
import { codeIn, placeOf } from "./router";

describe("placeOf", () => {
  it.each([
    ["/", { page: "home" }],
    ["/rooms/", { page: "rooms" }],
    ["/sign-in", { page: "sign_in" }],
    ["/r/KFM-qtw-xyz", { page: "room", code: "kfm-qtw-xyz" }],
    ["/setup/abc_def-123.456", { page: "setup", token: "abc_def-123.456" }],
    ["/lessons", { page: "lessons" }],
    ["/lessons/aB_3-x", { page: "lesson", id: "aB_3-x" }],
    ["/rooms/aB_3-x/lessons", { page: "lessons", room: "aB_3-x" }],
    ["/rooms/aB_3-x/files", { page: "room_files", room: "aB_3-x" }],
    ["/decks", { page: "decks", folder: "" }],
    ["/decks/aB_3-x", { page: "decks", folder: "aB_3-x" }],
    ["/decks/a/b", { page: "not_found" }],
    ["/rooms/aB_3-x/students", { page: "students", room: "aB_3-x" }],
    ["/rooms/aB_3-x/students/L-1", { page: "student", room: "aB_3-x", id: "L-1" }],
    ["/week", { page: "desk", name: "week", part: "" }],
    ["/clients/aB_3-x", { page: "desk", name: "clients", part: "aB_3-x" }],
    ["/wait/aB_3-x", { page: "desk", name: "wait", part: "aB_3-x" }],
    ["/wait", { page: "not_found" }],
    ["/clients/a/b", { page: "not_found" }],
    ["/b/lotus", { page: "not_found" }],
    ["/mine", { page: "not_found" }],
    ["/recordings", { page: "recordings" }],
    ["/recordings/aB_3-x", { page: "recording", id: "aB_3-x" }],
    ["/rooms/aB_3-x/recordings", { page: "recordings", room: "aB_3-x" }],
    ["/w/aB_3-x56", { page: "shared", token: "aB_3-x56" }],
    ["/w/short", { page: "not_found" }],
    ["/consent/aB_3.x-56", { page: "consent", token: "aB_3.x-56" }],
    ["/team/aB_3.x-56", { page: "team", token: "aB_3.x-56" }],
    ["/recordings/a/b", { page: "not_found" }],
    ["/old-link", { page: "old_link" }],
    ["/lessons/a/b", { page: "not_found" }],
    ["/r/", { page: "not_found" }],
    ["/r/a/b", { page: "not_found" }],
    ["/constructor", { page: "not_found" }],
    ["/enter/some-token", { page: "not_found" }],
  ])("reads %s", (path, place) => {
    expect(placeOf(path)).toEqual(place);
  });
});

describe("codeIn", () => {
  it.each([
    ["kfm-qtw-xyz", "kfm-qtw-xyz"],
    ["  KFM QTW XYZ ", "kfm-qtw-xyz"],
    ["kfm\u2013qtw\u2013xyz", "kfm-qtw-xyz"],
    ["kfmqtwxyz", "kfm-qtw-xyz"],
    ["https://class.example/r/kfm-qtw-xyz?from=letter", "kfm-qtw-xyz"],
    ["class.example/r/kfm-qtw-xyz", "kfm-qtw-xyz"],
    ["", null],
    ["https://class.example/rooms", null],
    ["你好", null],
  ])("finds the code in %j", (text, code) => {
    expect(codeIn(text)).toBe(code);
  });
});
