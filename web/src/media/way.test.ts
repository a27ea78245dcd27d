import { expect, it } from "vitest";
import { wayOf } from "./way";

type Local = { protocol?: string; candidateType?: string; relayProtocol?: string };

/** The entries of one peer connection whose pair number 2 is selected; number 1 was tried before. */
function connection(name: string, local: Local, marks: object = {}) {
  return [
    { type: "transport", id: "T01", selectedCandidatePairId: `${name}-pair-2` },
    { type: "candidate-pair", id: `${name}-pair-1`, localCandidateId: `${name}-first` },
    {
      type: "candidate-pair",
      id: `${name}-pair-2`,
      localCandidateId: `${name}-chosen`,
      remoteCandidateId: `${name}-server`,
      ...marks,
    },
    { type: "local-candidate", id: `${name}-first`, protocol: "tcp", candidateType: "host" },
    { type: "local-candidate", id: `${name}-chosen`, protocol: "udp", ...local },
  ];
}

it("is not known before a pair is selected", () => {
  expect(wayOf([])).toBeNull();
  expect(wayOf(connection("a", {}).slice(1))).toBeNull();
  expect(
    wayOf([
      { type: "transport", id: "T01" },
      { type: "candidate-pair", id: "p" },
    ]),
  ).toBeNull();
});

it("is direct over UDP, whatever was tried before", () => {
  expect(wayOf(connection("a", { candidateType: "prflx" }))).toBe("direct");
});

it("is TCP when the server's end is, whatever ours is called", () => {
  const server = { type: "remote-candidate", id: "a-server", protocol: "tcp" };
  expect(wayOf([...connection("a", { candidateType: "prflx" }), server])).toBe("tcp");
});

it("is the worse one of both connections", () => {
  const slow = connection("b", { protocol: "tcp", candidateType: "prflx" });
  expect(wayOf([...connection("a", {}), ...slow])).toBe("tcp");
  const relayed = connection("b", { candidateType: "relay", relayProtocol: "udp" });
  expect(wayOf([...relayed, ...connection("a", {})])).toBe("relay");
});

it("counts what goes over TCP to the relay as TCP", () => {
  for (const relayProtocol of ["tcp", "tls"]) {
    expect(wayOf(connection("a", { candidateType: "relay", relayProtocol }))).toBe("tcp");
  }
});

it("takes the pair that Firefox marks", () => {
  const [, ...rest] = connection("a", { protocol: "tcp" }, { selected: true });
  expect(wayOf(rest)).toBe("tcp");
});
