/**
 * A page or a whole board as files: SVG and PNG one per page, PDF all in one. The PDF writer is
 * fetched when it is first needed.
 */
import { type ExportOptions, type ExportPage, type ExportPorts, gather } from "./kit";
import { itemPng, pngOf, toPlain } from "./png";
import { svgOf } from "./svg";

export async function exportSvg(
  pages: readonly ExportPage[],
  ports: ExportPorts,
  options: ExportOptions = {},
): Promise<Blob[]> {
  const kit = await gather(pages, ports);
  return pages.map((page) => new Blob([svgOf(page, kit, options)], { type: "image/svg+xml" }));
}

/** Null in place of a page that this device cannot make a picture of. */
export async function exportPng(
  pages: readonly ExportPage[],
  ports: ExportPorts,
  options: ExportOptions = {},
): Promise<(Blob | null)[]> {
  const kit = await gather(pages, ports);
  const pictures: (Blob | null)[] = [];
  for (const page of pages) pictures.push(await pngOf(page, kit, options));
  return pictures;
}

/** Pages with nothing on them but what was drawn, to be laid over the pages they were drawn on. */
export async function exportOverlay(
  pages: readonly ExportPage[],
  ports: ExportPorts,
): Promise<Blob> {
  return exportPdf(
    pages.map(({ facts, items }) => ({ facts: { ...facts, backdrop: "" }, items })),
    ports,
    { isOverlay: true },
  );
}

export async function exportPdf(
  pages: readonly ExportPage[],
  ports: ExportPorts,
  options: ExportOptions & { title?: string } = {},
): Promise<Blob> {
  const [kit, { pdfOf }] = await Promise.all([gather(pages, ports), import("./pdf")]);
  const bytes = await pdfOf(pages, kit, { itemPng, toPlain }, options);
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/pdf" });
}
