/** When people are reminded, and what letters say. */

import { LetterTexts } from "./letter_texts";
import { ReminderTimes } from "./reminder_times";
import type { TabProps } from "./tab";

export function LettersTab({ org }: TabProps) {
  return (
    <div class="stack">
      <ReminderTimes org={org} />
      <LetterTexts org={org} />
    </div>
  );
}
