/** Whether a share can be offered at all: the right for it, and a browser that can. */
import type { Desk } from "./desk";

export function mayShare(desk: Desk): boolean {
  return desk.room.value.rights.may_share && navigator.mediaDevices?.getDisplayMedia !== undefined;
}
