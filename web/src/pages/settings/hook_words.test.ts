import { expect, test } from "vitest";
import { t } from "../../text/text";
import { type Delivery, KINDS } from "../../wire/programs";
import { kindsText, kindText, reasonText } from "./hook_words";
import { factsOf } from "./tokens";

const SENT: Delivery = {
  id: "msg_1",
  type: "room.created",
  created_at: "2026-03-12T10:00:00Z",
  attempts: 1,
  state: "waiting",
  status: null,
  failure: "",
  next_at: null,
  done_at: null,
};

test("every kind has words, and one of a newer server its own name", () => {
  for (const kind of [...KINDS, "webhook.test"]) expect(kindText(kind)).not.toContain(".");
  expect(kindText("moon.gone")).toBe("moon.gone");
  expect(kindsText(KINDS)).toBe(t("hook-kinds-all"));
  expect(kindsText(["hand.raised", "poll.closed"])).toBe(
    "A hand was raised, A question was closed",
  );
});

test.each([
  ["", null, ""],
  ["answered 503", 503, t("hook-why-status", { status: 503 })],
  ["the address is not one of the internet", null, t("hook-why-inside")],
  ["gaierror", null, t("hook-why-name")],
  ["TimeoutError", null, t("hook-why-late")],
  ["ConnectionRefusedError", null, t("hook-why-refused")],
  ["SSLCertVerificationError", null, t("hook-why-certificate")],
  ["RemoteDisconnected", null, t("hook-why-other")],
])("a failure %s is said in words", (failure, status, words) => {
  expect(reasonText({ ...SENT, failure, status })).toBe(words);
});

test("a token says what it may, when it was used and how long it counts", () => {
  const now = Date.parse("2026-03-12T10:00:00Z");
  const token = {
    id: "1",
    name: "Timetable",
    scope: "read" as const,
    created_at: "2026-03-01T10:00:00Z",
    used_at: null,
    expires_at: null,
  };
  expect(factsOf(token, now)).toEqual(["Read", "not used yet"]);
  const used = { ...token, used_at: "2026-03-12T09:00:00Z", expires_at: "2026-04-01T00:00:00Z" };
  expect(factsOf(used, now).slice(1)).toEqual(["used 1 hour ago", "valid until 1 April 2026"]);
});
