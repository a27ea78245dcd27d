/** Which way the packets take to the media server: the fast one, through a relay, or over TCP. */

/** From the best to the worst. */
export type Way = "direct" | "relay" | "tcp";

const ORDER: readonly Way[] = ["direct", "relay", "tcp"];

type Entry = Record<string, unknown>;

/**
 * The worse of the ways that the two peer connections have selected; null before they have one.
 *
 * `reports` are the entries of both (W3C webrtc-stats). Chromium and Safari name the selected pair
 * in the transport's entry, Firefox marks the pair itself.
 */
export function wayOf(reports: readonly Entry[]): Way | null {
  const named = new Set(reports.filter(isTransport).map((entry) => entry.selectedCandidatePairId));
  const pairs = reports.filter(
    (entry) => entry.type === "candidate-pair" && (named.has(entry.id) || entry.selected === true),
  );
  const known = new Map(reports.map((entry) => [entry.id, entry]));
  const ways = pairs.map((pair) =>
    wayFrom(known.get(pair.localCandidateId), known.get(pair.remoteCandidateId)),
  );
  return ORDER.findLast((way) => ways.includes(way)) ?? null;
}

function isTransport(entry: Entry): boolean {
  return entry.type === "transport" && entry.selectedCandidatePairId !== undefined;
}

function wayFrom(local: Entry | undefined, remote: Entry | undefined): Way | null {
  if (!local) return null;
  const relayed = local.candidateType === "relay";
  // To a relay it is the relay's own protocol that counts: "udp", "tcp" or "tls".
  const protocols = relayed ? [local.relayProtocol ?? "udp"] : [local.protocol, remote?.protocol];
  if (protocols.some((one) => one !== undefined && one !== "udp")) return "tcp";
  return relayed ? "relay" : "direct";
}
