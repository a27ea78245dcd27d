/**
 * The class itself is a file of its own (mediasoup-client and socket.io are most of the code), so
 * that the first page stays small. The green room fetches it before the click on Join.
 */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { JsonObject } from "../wire/messages";

type ClassroomPage = ComponentType<{ code: string }>;

/** null until fetched. */
export const classroomPage = signal<ClassroomPage | null>(null);
export const classroomMissing = signal(false);

export async function fetchClassroom(): Promise<void> {
  try {
    const { Classroom } = await import("./classroom/classroom");
    classroomPage.value = Classroom;
    classroomMissing.value = false;
  } catch {
    // Offline, or a new version was put in place of this one; the page offers to try again.
    classroomMissing.value = true;
  }
}

/** Everything that can be done before the click: the code, and what this browser can decode. */
export async function prepareClassroom(routerCapabilities: JsonObject): Promise<void> {
  void fetchClassroom();
  const { loadDevice } = await import("../media/device");
  // A browser that cannot take part is told so by the class when it tries.
  await loadDevice(routerCapabilities).catch(() => undefined);
}
