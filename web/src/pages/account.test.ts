import { describe, expect, it, vi } from "vitest";

const api = vi.hoisted(() => ({ signOut: vi.fn(), readSession: vi.fn() }));
const seats = vi.hoisted(() => ({ forgetAllSeats: vi.fn() }));
vi.mock("../wire/api", () => api);
vi.mock("../wire/seats", () => seats);

import { signOut } from "./account";

describe("signing out", () => {
  it("takes the seats with it, and asks for a fresh session", async () => {
    api.signOut.mockResolvedValue({ ok: true, value: undefined });
    api.readSession.mockResolvedValue({ ok: false, error: { code: "network" } });
    expect(await signOut()).toBeNull();
    expect(seats.forgetAllSeats).toHaveBeenCalledOnce();
    expect(api.readSession).toHaveBeenCalledOnce();
  });

  it("keeps everything when the server did not do it", async () => {
    seats.forgetAllSeats.mockClear();
    const refusal = { code: "network", status: 0, params: {} };
    api.signOut.mockResolvedValue({ ok: false, error: refusal });
    expect(await signOut()).toBe(refusal);
    expect(seats.forgetAllSeats).not.toHaveBeenCalled();
  });
});
