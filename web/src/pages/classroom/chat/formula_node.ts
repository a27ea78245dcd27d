/** The lazy chunk: KaTeX sets a formula as MathML, which browsers draw and screen readers read. */
import katex from "katex";

const OPTIONS = {
  output: "mathml",
  trust: false,
  strict: "ignore",
  maxSize: 20,
  maxExpand: 500,
  throwOnError: true,
} as const;

/** The formula as an element; null when it is none. Nothing of the text becomes markup. */
export function formulaNode(tex: string, display: boolean): Element | null {
  try {
    const markup = katex.renderToString(tex, { ...OPTIONS, displayMode: display });
    // The page's policy refuses style attributes in markup; what they say is not needed.
    const plain = markup.replaceAll(' style="', ' data-style="');
    const parsed = new DOMParser().parseFromString(plain, "text/html");
    const math = parsed.querySelector("math");
    return math && document.adoptNode(math);
  } catch {
    return null;
  }
}
