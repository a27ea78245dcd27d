/** What was booked a moment ago in this page: its next page says so. */
import { signal } from "@preact/signals";
import type { Mine } from "../../wire/booking";

export const justBooked = signal<Mine | null>(null);
