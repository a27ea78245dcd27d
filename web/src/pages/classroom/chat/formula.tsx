/** A formula in a message. It shows as it was written until it is set, and when it cannot be. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";

export function Formula(props: { tex: string; display: boolean; text: string }) {
  const ref = useRef<HTMLSpanElement>(null);
  const [node, setNode] = useState<Node | null>(null);
  const { tex, display } = props;
  useLayoutEffect(() => {
    let gone = false;
    void import("./formula_node")
      .then(({ formulaNode }) => !gone && setNode(formulaNode(tex, display)))
      .catch(() => undefined); // without it the formula is read as it was written
    return () => {
      gone = true;
    };
  }, [tex, display]);
  useLayoutEffect(() => {
    if (node) ref.current?.replaceChildren(node);
  }, [node]);
  // Its own element when it is set: what the formula is made of is not drawn by us.
  return node ? (
    <span key="set" ref={ref} class={display ? "formula is-display" : "formula"} />
  ) : (
    <span key="written">{props.text}</span>
  );
}
