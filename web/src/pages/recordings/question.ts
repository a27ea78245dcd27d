/** What a question about a recording is given: the recording while it is asked about, else null. */
import type { Recording } from "../../wire/recordings";

export interface QuestionProps {
  one: Recording | null;
  onClose(): void;
  onDone(): Promise<void>;
}
