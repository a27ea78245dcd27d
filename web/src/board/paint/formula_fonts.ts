/** The fonts of formulas: fetched from our own files, for the document and as data: addresses. */

/** A font file of KaTeX by its name, such as `KaTeX_Main-BoldItalic`. */
export interface Face {
  file: string;
  family: string;
  weight: "400" | "700";
  style: "normal" | "italic";
}

const URLS = import.meta.glob<string>("/node_modules/katex/dist/fonts/*.woff2", {
  query: "?url",
  import: "default",
  eager: true,
});
const FILES = new Map(
  Object.entries(URLS).map(([path, url]) => [path.replace(/^.*\/|\.woff2$/g, ""), url]),
);

export class FormulaFonts {
  private readonly loads = new Map<string, Promise<string>>();
  private readonly encoded = new Map<string, string>();

  /** After it their glyphs can be measured and `css` has them. Rejects when a file does not come. */
  async load(faces: readonly Face[]): Promise<void> {
    await Promise.all(faces.map((face) => this.loadOne(face)));
  }

  /** `@font-face` rules that carry the files. */
  css(faces: readonly Face[]): string {
    return faces
      .map(({ file, family, weight, style }) => {
        const url = this.encoded.get(file) ?? "";
        return (
          `@font-face{font-family:${family};font-weight:${weight};font-style:${style};` +
          `src:url(${url}) format("woff2")}`
        );
      })
      .join("");
  }

  private async loadOne(face: Face): Promise<void> {
    let load = this.loads.get(face.file);
    if (!load) {
      load = fetchFace(face);
      this.loads.set(face.file, load);
      load.catch(() => this.loads.delete(face.file));
    }
    this.encoded.set(face.file, await load);
  }
}

/** The faces that the text in the box is set in. */
export function facesIn(box: Element): Face[] {
  const found = new Map<string, Face>();
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent) continue;
    const { fontFamily, fontWeight, fontStyle } = getComputedStyle(parent);
    const face = faceOf(fontFamily, Number(fontWeight) >= 600, fontStyle === "italic");
    if (face) found.set(face.file, face);
  }
  return [...found.values()];
}

/** The file for a computed style; null for faces that are not KaTeX's. */
export function faceOf(families: string, isBold: boolean, isItalic: boolean): Face | null {
  const family = /KaTeX_\w+/.exec(families)?.[0];
  if (!family) return null;
  const cuts = [[isBold, isItalic] as const, [isBold, false] as const, [false, isItalic] as const];
  for (const [bold, italic] of [...cuts, [false, false] as const]) {
    const cut = `${bold ? "Bold" : ""}${italic ? "Italic" : ""}` || "Regular";
    const file = `${family}-${cut}`;
    if (!FILES.has(file)) continue;
    return {
      file,
      family,
      weight: bold ? "700" : "400",
      style: italic ? "italic" : "normal",
    };
  }
  return null;
}

async function fetchFace({ file, family, weight, style }: Face): Promise<string> {
  const answer = await fetch(FILES.get(file) ?? "");
  if (!answer.ok) throw new Error(`font ${file}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  const font = new FontFace(family, bytes, { weight, style });
  document.fonts.add(await font.load());
  return `data:font/woff2;base64,${base64(new Uint8Array(bytes))}`;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4_096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4_096));
  }
  return btoa(text);
}
