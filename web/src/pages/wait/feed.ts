/** The visit this page is about, kept as the server tells it. */
import { useEffect, useState } from "preact/hooks";
import { heardNow } from "../../booking/now";
import type { Problem } from "../../wire/http";
import { follow, readVisit, type Visit, visitStream } from "../../wire/waiting";

export interface Feed {
  visit: Visit | null;
  /** Why there is nothing to see; null while there is. */
  problem: Problem | null;
  /** Whether the line to the server is there. */
  isThere: boolean;
  /** What an act was answered counts at once. */
  keep(visit: Visit): void;
}

export function useVisit(id: string): Feed {
  const [visit, setVisit] = useState<Visit | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isThere, setThere] = useState(true);
  const keep = (now: Visit) => {
    heardNow(now.now);
    setVisit(now);
    setProblem(null);
  };
  useEffect(() => {
    setVisit(null);
    const check = async () => {
      const result = await readVisit(id);
      if (result.ok) keep(result.value);
      return result.ok ? null : result.error;
    };
    return follow<Visit>(
      visitStream(id),
      { onNow: keep, onOver: setProblem, onLine: setThere },
      check,
    );
  }, [id]);
  return { visit, problem, isThere, keep };
}
