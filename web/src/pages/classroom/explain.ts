/** What is asked of the room for a person, with a word about it when it was refused. */
import { refusalText } from "../../text/refusal";
import { toast } from "../../ui/live";
import type { Refusal, Requests } from "../../wire/messages";
import type { Desk } from "./desk";

type Answer = { ok: true } | { ok: false; error: Refusal };

/** Says why it did not work; whether it did. */
export function explain(answer: Answer): boolean {
  if (!answer.ok) toast(refusalText(answer.error.code, answer.error.params));
  return answer.ok;
}

export async function ask<K extends keyof Requests>(
  desk: Desk,
  name: K,
  message: Requests[K]["request"],
): Promise<boolean> {
  return explain(await desk.session.wire.request(name, message));
}
