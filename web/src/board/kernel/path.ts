/** Where outlines go: a canvas, a Path2D, or the `d` of an SVG path. */

export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
  bezierCurveTo(c1x: number, c1y: number, c2x: number, c2y: number, x: number, y: number): void;
  closePath(): void;
}

/** Collects the `d` attribute, rounded to hundredths. */
export class SvgPath implements PathSink {
  private parts: string[] = [];

  moveTo(x: number, y: number): void {
    this.put("M", x, y);
  }

  lineTo(x: number, y: number): void {
    this.put("L", x, y);
  }

  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.put("Q", cx, cy, x, y);
  }

  bezierCurveTo(c1x: number, c1y: number, c2x: number, c2y: number, x: number, y: number): void {
    this.put("C", c1x, c1y, c2x, c2y, x, y);
  }

  closePath(): void {
    this.parts.push("Z");
  }

  toString(): string {
    return this.parts.join("");
  }

  private put(letter: string, ...values: number[]): void {
    this.parts.push(letter + values.map((value) => `${Math.round(value * 100) / 100}`).join(" "));
  }
}
