/**
 * What staff can do with one person: the entries of the menu in their row, each part's its own
 * function. A function gives nothing when it has nothing to offer for this person.
 */
import { isSending } from "../../../room/state";
import { t } from "../../../text/text";
import type { MenuItem } from "../../../ui/menu";
import type { Participant } from "../../../wire/messages";
import { starItems } from "../ask/person_items";
import { chatItems } from "../chat/person_items";
import type { Desk } from "../desk";
import { groupItems } from "../groups/person_items";
import { personItems as doorItemsOf } from "../lobby/items";
import {
  askToSpeak,
  bringOnStage,
  leaveStage,
  lowerHand,
  mayOrder,
  mute,
  setSpotlight,
} from "./acts";

export type PersonItems = (desk: Desk, person: Participant) => MenuItem[];

function stage(desk: Desk, person: Participant): MenuItem[] {
  if (!mayOrder(desk) || person.role !== "student") return [];
  return person.on_stage
    ? [{ label: t("floor-send-back"), icon: "stage", run: () => leaveStage(desk, person.id) }]
    : [{ label: t("floor-bring"), icon: "stage", run: () => bringOnStage(desk, person.id) }];
}

function hand(desk: Desk, person: Participant): MenuItem[] {
  const up = desk.room.value.hands.some((one) => one.participant_id === person.id);
  if (!mayOrder(desk) || !up) return [];
  return [{ label: t("floor-lower"), icon: "hand-off", run: () => lowerHand(desk, person.id) }];
}

function spotlight(desk: Desk, person: Participant): MenuItem[] {
  if (!mayOrder(desk)) return [];
  const lit = desk.room.value.floor.spotlight === person.id;
  return [
    {
      label: t(lit ? "floor-spotlight-off" : "floor-spotlight-on"),
      icon: "spotlight",
      run: () => setSpotlight(desk, lit ? null : person.id),
    },
  ];
}

function camera(desk: Desk, person: Participant): MenuItem[] {
  const own = person.id === desk.room.value.selfId;
  if (!mayOrder(desk) || own || person.role === "observer") return [];
  return isSending(person.media, "camera")
    ? [
        {
          label: t("floor-camera-off"),
          icon: "cam-off",
          run: () => mute(desk, person.id, "camera"),
        },
      ]
    : [
        {
          label: t("floor-camera-ask"),
          icon: "cam",
          run: () => void askToSpeak(desk, person, "camera"),
        },
      ];
}

export const PERSON_MENU: readonly PersonItems[] = [
  stage,
  hand,
  spotlight,
  camera,
  chatItems,
  groupItems,
  starItems,
  doorItemsOf,
];
