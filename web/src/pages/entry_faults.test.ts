import { expect, it } from "vitest";
import { faultsOf } from "./entry_faults";

const good = { name: "Amara", email: "amara@example.org", password: "four quiet words" };

it("lets a whole form pass", () => {
  expect(faultsOf(good, true)).toEqual({});
});

it("names what is missing, field by field", () => {
  expect(faultsOf({ name: " ", email: "", password: "" }, true)).toEqual({
    name: "field-name-missing",
    email: "field-email-missing",
    password: "field-password-missing",
  });
});

it("asks for length only where a password is made", () => {
  const short = { ...good, password: "short" };
  expect(faultsOf(short, true)).toEqual({ password: "field-password-short" });
  expect(faultsOf(short, false)).toEqual({});
  expect(faultsOf({ ...good, password: "密码密码密码密码密码" }, true)).toEqual({});
});

it("knows what cannot be an address", () => {
  expect(faultsOf({ ...good, email: "amara.example" }, false)).toEqual({
    email: "error-account-invalid_email",
  });
});
