/**
 * Connects in front of the door, as soon as it is clear who comes and that a class goes on: not for
 * each letter of a name, and not where somebody could not come in.
 */
import { useEffect } from "preact/hooks";
import type { RoomFacts } from "../../wire/api";
import { forgetPrepared, prepareFor } from "../ahead";
import { roomView } from "../join";
import { verdict } from "./connection";

const SETTLED_MS = 800;

/** `isOpen`: this person may come in. `agreed` is the text on recording they said yes to, empty where none is asked, null before. */
export function useAhead(
  facts: RoomFacts,
  isOpen: boolean,
  name: string,
  agreed: string | null,
): void {
  const goesOn = facts.live !== null && verdict.value !== "blocked";
  const may = isOpen && goesOn && name !== "" && agreed !== null;
  useEffect(() => {
    if (!may) return forgetPrepared();
    const comer = { code: facts.code, name, agreed: agreed ?? "" };
    const timer = setTimeout(() => {
      void prepareFor(comer, facts.rtp_capabilities);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [may, facts.code, name, agreed]);
  // Whoever goes in takes it along.
  useEffect(
    () => () => {
      if (roomView.value === "green_room") forgetPrepared();
    },
    [],
  );
}
