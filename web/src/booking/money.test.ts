import { expect, it } from "vitest";
import golden from "../../../tests/corpus/money.json";
import type { Language } from "../text/text";
import { exponentOf, moneyText, plainAmount, readMoney } from "./money";

it("writes amounts as the server does", () => {
  for (const { amount, currency, language, text, whole } of golden.written) {
    expect(moneyText(amount, currency, language as Language)).toBe(text);
    expect(moneyText(amount, currency, language as Language, true)).toBe(whole);
  }
});

it("knows the minor units of every currency", () => {
  for (const [currency, exponent] of Object.entries(golden.exponents)) {
    expect(exponentOf(currency)).toBe(exponent);
  }
});

it("reads what people type, and nothing that could be two things", () => {
  for (const [text, currency, amount] of golden.typed) {
    expect(readMoney(String(text), String(currency)), `${text} ${currency}`).toBe(amount);
  }
});

it("shows in a field what it reads again", () => {
  for (const { amount, currency } of golden.written) {
    if (amount < 0) continue;
    expect(readMoney(plainAmount(amount, currency), currency)).toBe(amount);
  }
});
