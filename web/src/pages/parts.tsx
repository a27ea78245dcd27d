/** A list that is read in parts, the newest first, and the press for the next part. */
import { useRef, useState } from "preact/hooks";
import { t } from "../text/text";
import { Button } from "../ui/button";
import type { Problem, Reply } from "../wire/http";

/**
 * `read` asks for what comes behind `last`, or for the beginning. `list` is null until something is
 * known. `onAnswer` is for whatever else an answer tells.
 */
export function useParts<T, A extends { has_more: boolean }>(
  read: (last: T | undefined) => Reply<A>,
  itemsOf: (answer: A) => readonly T[],
  onAnswer?: (answer: A) => void,
) {
  const [list, setList] = useState<readonly T[] | null>(null);
  const [hasMore, setHasMore] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Problem | null>(null);
  const asked = useRef(0);
  const load = async (known: readonly T[] = []) => {
    asked.current += 1;
    const mine = asked.current;
    setBusy(true);
    const result = await read(known.at(-1));
    // The answer to what was asked before is none: something else is shown now.
    if (mine !== asked.current) return;
    setBusy(false);
    setFault(result.ok ? null : result.error);
    if (!result.ok) return;
    setList([...known, ...itemsOf(result.value)]);
    setHasMore(result.value.has_more);
    onAnswer?.(result.value);
  };
  return { list, hasMore, busy, fault, load, more: () => load(list ?? []) };
}

interface MoreProps {
  busy?: boolean;
  text?: string;
  onMore(): unknown;
}

export function More({ busy = false, text = t("report-list-more"), onMore }: MoreProps) {
  return (
    <div>
      <Button look="line" waiting={busy && t("loading")} onClick={() => void onMore()}>
        {text}
      </Button>
    </div>
  );
}
