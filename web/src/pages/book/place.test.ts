import { describe, expect, it } from "vitest";
import { bookPlaceOf } from "./place";

describe("bookPlaceOf", () => {
  it.each([
    ["/b/lotus", { page: "org", org: "lotus" }],
    ["/b/lotus/", { page: "org", org: "lotus" }],
    ["/k/k.b1.proof_-", { page: "link", token: "k.b1.proof_-" }],
    ["/k/short", { page: "not_found" }],
    ["/mine", { page: "mine" }],
    ["/b/", { page: "not_found" }],
    ["/b/../etc", { page: "not_found" }],
    ["/b/lotus/helen/a/b", { page: "not_found" }],
    ["/rooms", { page: "not_found" }],
  ])("reads %s", (path, place) => {
    expect(bookPlaceOf(path)).toEqual(place);
  });

  const host = { page: "host", org: "lotus", host: "helen", offer: "", at: null, isDetails: false };
  const at = "2027-03-29T07:00:00Z";
  it.each([
    ["/b/lotus/helen", "", host],
    ["/b/lotus/helen/oF_1", "", { ...host, offer: "oF_1" }],
    ["/b/lotus/helen/oF_1", `?at=${at}`, { ...host, offer: "oF_1", at }],
    [
      "/b/lotus/helen/oF_1",
      `?at=${at}&step=details`,
      { ...host, offer: "oF_1", at, isDetails: true },
    ],
    ["/b/lotus/helen", "?step=details", host],
    ["/b/lotus/helen", "?at=tomorrow&step=details", host],
    ["/b/lotus/helen", "?at=2027-99-29T07:00:00Z", host],
  ])("reads the step of %s%s", (path, search, place) => {
    expect(bookPlaceOf(path, search)).toEqual(place);
  });
});
