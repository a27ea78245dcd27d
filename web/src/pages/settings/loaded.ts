/** A list of the settings: asked for when it is shown, and again after something changed. */
import { useEffect, useState } from "preact/hooks";
import type { Problem, Reply } from "../../wire/http";
import { loadSession } from "../account";

interface Loaded<T> {
  /** null until the first answer. */
  list: readonly T[] | null;
  fault: Problem | null;
  refresh(): Promise<void>;
}

export function useLoaded<T>(load: () => Reply<T[]>): Loaded<T> {
  const [list, setList] = useState<readonly T[] | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const refresh = async () => {
    const result = await load();
    if (result.ok) setList(result.value);
    setFault(result.ok ? null : result.error);
    if (!result.ok && result.error.code === "session.required") await loadSession();
  };
  useEffect(() => void refresh(), []);
  return { list, fault, refresh };
}
