/** A refused request as an exception, for the places where a library wants one. */
import type { Result } from "../result";
import type { Refusal } from "../wire/messages";

class RefusedByServer extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/** The value of an answer; throws when the server refused. */
export async function accepted<T>(answer: Promise<Result<T, Refusal>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new RefusedByServer(result.error);
  return result.value;
}

/** Why it failed. What the server did not refuse is the browser's: a transport closed meanwhile. */
export function refusalIn(error: unknown): Refusal {
  return error instanceof RefusedByServer ? error.refusal : { code: "wire.away", params: {} };
}

/** Whether the server said no, and not the browser or its library. */
export function isRefused(error: unknown): boolean {
  return error instanceof RefusedByServer;
}
