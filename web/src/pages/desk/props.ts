/** What every page about appointments is given. */
export interface PlaceProps {
  /** What follows the name in the address: an id, a tab, or nothing. */
  part: string;
}
