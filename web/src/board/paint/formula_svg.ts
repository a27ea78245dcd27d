/**
 * The lazy chunk: KaTeX, its style sheet and its fonts. A formula is set in a shadow root to be
 * measured, and written as an SVG document that carries its style and its fonts within itself: so
 * it is an ordinary picture to the canvas, and nothing of it needs leave from the page's policy.
 */

import katex from "katex";
import styles from "katex/dist/katex.min.css?raw";
import { type Face, FormulaFonts, facesIn } from "./formula_fonts";
import type { Typeset, Typesetter } from "./typeset";

/** Board units of a letter at scale 1. */
export const FORMULA_FS = 32;
/** Room round the box for what reaches over it (accents, slanted letters). */
const PAD = 5;
const LARGEST = 8_000;
const XHTML = "http://www.w3.org/1999/xhtml";

const OPTIONS = {
  displayMode: true,
  output: "html",
  trust: false,
  strict: "ignore",
  maxSize: 20,
  maxExpand: 500,
  throwOnError: true,
} as const;

const PLAIN_STYLES = styles.replace(/@font-face\s*\{[^}]*\}/g, "");
const OWN_STYLES = `
.board-tex { display: inline-block; white-space: nowrap; padding: ${PAD}px; margin: 0;
  font-size: ${FORMULA_FS}px; line-height: 1.2; text-align: left; }
.board-tex .katex { font-size: 1em; }
.board-tex .katex-display { margin: 0; text-align: left; }
.board-tex .katex-display > .katex { display: inline-block; text-align: left; }`;

export class KatexTypesetter implements Typesetter {
  private readonly fonts = new FormulaFonts();

  async typeset(src: string): Promise<Typeset> {
    const stage = openStage();
    try {
      setInto(stage.box, src);
      const faces = facesIn(stage.box);
      await this.fonts.load(faces);
      const { width, height } = stage.box.getBoundingClientRect();
      const [w, h] = [Math.ceil(width), Math.ceil(height)];
      if (w > LARGEST || h > LARGEST) return { fault: "too large" };
      const markup = new XMLSerializer().serializeToString(stage.box);
      return { w, h, svg: (colour, scale) => this.svgOf(markup, faces, w, h, colour, scale) };
    } catch (error) {
      if (error instanceof katex.ParseError) return { fault: plainFault(error) };
      throw error;
    } finally {
      stage.close();
    }
  }

  private svgOf(
    markup: string,
    faces: readonly Face[],
    w: number,
    h: number,
    colour: string,
    scale: number,
  ): string {
    const css = `${this.fonts.css(faces)}${PLAIN_STYLES}${OWN_STYLES}`;
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${w * scale}" height="${h * scale}" ` +
      `viewBox="0 0 ${w} ${h}"><foreignObject x="0" y="0" width="${w + 1}" height="${h + 1}">` +
      `<div xmlns="${XHTML}" style="color:${colour};line-height:0;width:${w + 1}px">` +
      `<style><![CDATA[${css}]]></style>${markup}</div></foreignObject></svg>`;
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  }
}

/**
 * KaTeX writes some sizes (a vector's arrow) as `style` attributes, which the page's policy
 * refuses. By script they may be set, so they travel under another name until they are in place.
 */
function setInto(box: HTMLElement, src: string): void {
  // In words of the formula itself quotes are written as entities.
  const markup = katex.renderToString(src, OPTIONS).replaceAll(' style="', ' data-style="');
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  box.replaceChildren(...parsed.body.childNodes);
  for (const styled of box.querySelectorAll<HTMLElement | SVGElement>("[data-style]")) {
    styled.style.cssText = styled.dataset.style ?? "";
    delete styled.dataset.style;
  }
}

/** KaTeX's words without the name of the product and the position marks. */
function plainFault(error: Error): string {
  return error.message.replace(/^KaTeX parse error: /, "").replace(/\u0332/g, "");
}

/** A box out of sight in which the formula has the size it will have in the picture. */
function openStage(): { box: HTMLElement; close(): void } {
  const host = document.createElement("div");
  host.setAttribute("aria-hidden", "true");
  host.style.position = "fixed";
  host.style.left = "-20000px";
  host.style.top = "0";
  host.style.visibility = "hidden";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PLAIN_STYLES + OWN_STYLES);
  root.adoptedStyleSheets = [sheet];
  const box = document.createElement("div");
  box.className = "board-tex";
  root.append(box);
  document.body.append(host);
  return { box, close: () => host.remove() };
}
