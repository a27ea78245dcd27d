/** Between the formulas of a page and the lazy chunk that sets them. */

/** What the lazy chunk gives: `formula_svg.ts`. */
export interface Typesetter {
  typeset(src: string): Promise<Typeset>;
}

export type Typeset =
  | { w: number; h: number; svg(colour: string, scale: number): string }
  | { fault: string };
