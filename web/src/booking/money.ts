/**
 * Amounts of money: whole minor units with their currency (ISO 4217). `classroom/booking/money.py`
 * writes them the same; `tests/corpus/money.json` holds both to it.
 */
import type { Language } from "../text/text";

const AMOUNT_MAX = 10_000_000_000;

const NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(" ");
const THREE = "BHD IQD JOD KWD LYD OMR TND".split(" ");

const SIGNS: Record<Language, Record<string, string>> = {
  en: {
    EUR: "€",
    USD: "$",
    GBP: "£",
    JPY: "¥",
    CNY: "CN¥",
    AUD: "A$",
    CAD: "CA$",
    HKD: "HK$",
    NZD: "NZ$",
    TWD: "NT$",
  },
  "zh-CN": {
    EUR: "€",
    USD: "US$",
    GBP: "£",
    JPY: "JP¥",
    CNY: "¥",
    AUD: "AU$",
    CAD: "CA$",
    HKD: "HK$",
    NZD: "NZ$",
    TWD: "NT$",
  },
};

/** How many digits of an amount stand behind the point. */
export function exponentOf(currency: string): number {
  if (NONE.includes(currency)) return 0;
  return THREE.includes(currency) ? 3 : 2;
}

/** "€60", "€1,234.50", "CHF 60"; zeros behind the point only when the whole amount is wanted. */
export function moneyText(
  amount: number,
  currency: string,
  language: Language,
  whole = false,
): string {
  const exponent = exponentOf(currency);
  const scale = 10 ** exponent;
  const size = Math.abs(amount);
  const rest = size % scale;
  let digits = String((size - rest) / scale).replace(/\B(?=(\d{3})+$)/g, ",");
  if (exponent && (rest || whole)) digits += `.${String(rest).padStart(exponent, "0")}`;
  const sign = SIGNS[language][currency] ?? `${currency}\u00a0`;
  return (amount < 0 ? "-" : "") + sign + digits;
}

/** What stands in a field: "60.50", without sign and groups. */
export function plainAmount(amount: number, currency: string): string {
  return moneyText(amount, currency, "en", true).replace(/[^\d.-]/g, "");
}

/**
 * The minor units somebody typed, or null when it cannot be told what is meant. The last point or
 * comma stands before the minor units when no more digits follow it than the currency has; others
 * part groups of three. So "1,234" of euros is neither, and null.
 */
export function readMoney(text: string, currency: string): number | null {
  const exponent = exponentOf(currency);
  const typed = text.trim().replace(/[\s\u00a0\u202f]/g, "");
  const [, before = "", point, after = ""] = /^(.*?)(?:([.,])(\d*))?$/.exec(typed) ?? [];
  const isMinor = point !== undefined && after.length > 0 && after.length <= exponent;
  const units = isMinor ? before : typed;
  const minor = isMinor ? after : "";
  if (!/^(\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+)$/.test(units)) return null;
  const parts = units.split(/[.,]/);
  if (parts.length > 1 && (isMinor ? units.includes(point ?? "") : exponent > 0)) return null;
  const amount = Number(parts.join("")) * 10 ** exponent + Number(minor.padEnd(exponent, "0"));
  return amount < AMOUNT_MAX ? amount : null;
}
