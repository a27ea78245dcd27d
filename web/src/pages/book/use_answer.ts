/** Something asked of the server once for a page, and again when it failed. */
import { useEffect, useState } from "preact/hooks";
import { heardNow } from "../../booking/now";
import type { Problem, Reply } from "../../wire/http";

export interface Asked<T> {
  value: T | null;
  problem: Problem | null;
  again(): void;
  /** What is so now, after an act that told it. */
  become(value: T): void;
}

export function useAnswer<T extends { now: string }>(ask: () => Reply<T>, key: string): Asked<T> {
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let gone = false;
    setProblem(null);
    void ask().then((answer) => {
      if (gone) return;
      if (answer.ok) {
        heardNow(answer.value.now);
        setValue(answer.value);
      } else setProblem(answer.error);
    });
    return () => {
      gone = true;
    };
  }, [key, turn]);
  return { value, problem, again: () => setTurn((n) => n + 1), become: setValue };
}
