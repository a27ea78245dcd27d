/** Values as the text of an XML document: escaped, rounded, encoded. */
import { toBase64 } from "../file_base64";
import type { Matrix } from "../model";
import type { Picture } from "./kit";

/** Characters that XML has no place for are left out. */
export function escapeXml(text: string): string {
  const legal = text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
  return legal
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** With a space before each; those that are undefined are left out. */
export function attributes(values: Record<string, unknown>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");
}

export function matrixText(m: Matrix): string {
  return `matrix(${m.map((value) => Number(value.toPrecision(8))).join(" ")})`;
}

export function dataAddress({ bytes, type }: Picture): string {
  return `data:${type};base64,${toBase64(bytes)}`;
}
