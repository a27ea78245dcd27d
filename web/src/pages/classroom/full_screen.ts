/** Full screen for the room or for the stage alone; iPhones have none for pages. */

export function maySeeFullScreen(): boolean {
  return document.fullscreenEnabled === true;
}

export function toggleFullScreen(element: Element | null): void {
  // Refused without a press of the person; then nothing was asked either.
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  else void element?.requestFullscreen().catch(() => undefined);
}
