/** The files of a recording that is played: fetched when they are needed, read as what they say. */
import { type Cue, readCues } from "../../recording/captions";
import { type Manifest, manifestOf } from "../../recording/manifest";
import { type Happening, readHappenings } from "../../recording/story";
import { type Line, readTalk } from "../../recording/talk";
import { readTape, type Tape } from "../../recording/tape";
import { failure, type Result, success } from "../../result";
import { download, type Problem } from "../../wire/http";
import { readManifest, recordedAddress } from "../../wire/recordings";

export interface Told {
  happenings: readonly Happening[];
  tape: Tape;
  lines: readonly Line[];
}

const UNREADABLE: Problem = { code: "recording.broken", status: 0, params: {}, retryAfterS: null };

export async function fetchManifest(session: string): Promise<Result<Manifest, Problem>> {
  const answer = await readManifest(session);
  if (!answer.ok) return answer;
  const manifest = manifestOf(answer.value);
  return manifest ? success(manifest) : failure(UNREADABLE);
}

/** All that is not sound and pictures. A file that there is not is empty. */
export async function fetchTold(
  session: string,
  { events, board, chat }: Pick<Manifest, "events" | "board" | "chat">,
): Promise<Result<Told, Problem>> {
  const answers = await Promise.all([events, board, chat].map((name) => textOf(session, name)));
  const fault = answers.find((one) => !one.ok);
  if (fault && !fault.ok) return fault;
  const [happened, written, said] = answers.map((one) => (one.ok ? one.value : ""));
  return success({
    happenings: readHappenings(happened ?? ""),
    tape: readTape(written ?? ""),
    lines: readTalk(said ?? ""),
  });
}

export async function fetchCues(session: string, url: string): Promise<Result<Cue[], Problem>> {
  const answer = await textOf(session, url);
  return answer.ok ? success(readCues(answer.value)) : answer;
}

/** Null: there is none. Throws where the network fails. */
export async function fetchAsset(session: string, name: string): Promise<Blob | null> {
  const answer = await download(recordedAddress(session, `asset-${encodeURIComponent(name)}`));
  if (answer.ok) return answer.value;
  if (answer.error.status === 404) return null;
  throw new Error(answer.error.code);
}

async function textOf(session: string, name: string): Promise<Result<string, Problem>> {
  if (name === "") return success("");
  const answer = await download(recordedAddress(session, name));
  if (answer.ok) return success(await answer.value.text());
  return answer.error.status === 404 ? success("") : answer;
}
