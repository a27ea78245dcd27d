import { expect, it } from "vitest";
import type { Offer } from "../../wire/booking";
import { draftOf, faultOf, givenOf, newDraft } from "./draft";

const OFFER: Offer = {
  id: "o",
  host_id: "h",
  kind: "group",
  name: "Circle",
  about: "",
  minutes: 60,
  before_min: 5,
  after_min: 10,
  seats: 6,
  hours: null,
  price: 6050,
  currency: "EUR",
  pay: "before",
  intake: [],
  cancel: { hours: 12, refund: [{ hours: 12, percent: 50 }] },
  form_ids: ["f"],
  position: 0,
  is_on: true,
};

it("is sent as it came when nothing was changed", () => {
  const { id: _, host_id: _h, position: _p, ...rest } = OFFER;
  expect(givenOf(draftOf(OFFER), OFFER)).toEqual(rest);
});

it("keeps the refunds of its rule when it goes back to the organisation's hours", () => {
  const draft = { ...draftOf(OFFER), cancelHours: null };
  expect(givenOf(draft, OFFER).cancel).toEqual({ refund: [{ hours: 12, percent: 50 }] });
  expect(givenOf({ ...newDraft("EUR"), name: "Talk" }, null).cancel).toBeNull();
});

it("needs a name, and a price unless it is free", () => {
  const draft = newDraft("EUR");
  expect(faultOf(draft)).toBe("name");
  expect(faultOf({ ...draft, name: "Talk" })).toBeNull();
  expect(faultOf({ ...draft, name: "Talk", pay: "after" })).toBe("price");
  expect(faultOf({ ...draft, name: "Talk", pay: "after", price: "sixty" })).toBe("price");
  expect(faultOf({ ...draft, name: "Talk", pay: "after", price: "60.50" })).toBeNull();
});

it("has hours of its own, and at least one day of them", () => {
  const draft = { ...newDraft("EUR"), name: "Talk" };
  const hours = [{ weekday: 2, from_min: 540, to_min: 720 }];
  expect(faultOf({ ...draft, hours: [] })).toBe("hours");
  expect(faultOf({ ...draft, hours })).toBeNull();
  expect(givenOf({ ...draft, hours }, OFFER).hours).toEqual(hours);
  expect(draftOf({ ...OFFER, hours }).hours).toEqual(hours);
  expect(givenOf(draft, { ...OFFER, hours }).hours).toBeNull();
});

it("is for one person unless it is a group", () => {
  const draft = { ...newDraft("EUR"), name: "Talk", seats: 9 };
  expect(givenOf(draft, null).seats).toBe(1);
  expect(givenOf({ ...draft, kind: "group" }, null).seats).toBe(9);
  expect(givenOf({ ...draft, price: "60" }, null).price).toBe(0);
});
