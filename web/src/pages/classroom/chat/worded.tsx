/** A text with its formulas set and its addresses as links. */
import { Formula } from "./formula";
import { piecesOf } from "./words";

interface WordedProps {
  text: string;
  /** Within a button an address stays words: it could not be pressed by itself. */
  plain?: boolean;
}

export function Worded({ text, plain = false }: WordedProps) {
  return (
    <>
      {piecesOf(text).map((piece, at) => {
        // The pieces of a text never change their places.
        const key = `${at}`;
        if (piece.is === "formula") return <Formula key={key} {...piece} />;
        if (piece.is === "words" || plain) return piece.text;
        return (
          <a key={key} href={piece.text} target="_blank" rel="noreferrer noopener">
            {piece.text}
          </a>
        );
      })}
    </>
  );
}

/** Whether anything in it is set otherwise than it is written. */
export function hasFormula(text: string): boolean {
  return piecesOf(text).some((piece) => piece.is === "formula");
}
