"""`classroom.js`: what an activity includes to talk to its class. See docs/activities.md."""

from __future__ import annotations

NAME = "classroom.js"
SCRIPT = """\
// An activity's way to its class. Everything goes through the page that shows it.
"use strict";
(() => {
  const values = new Map();
  const listeners = { change: [], event: [], you: [], refused: [] };
  const waiting = [];
  let isReady = false;
  const post = (message) => parent.postMessage({ classroom: 1, ...message }, "*");
  const tell = (what, ...words) => {
    for (const listener of listeners[what]) listener(...words);
  };
  const keep = (key, value) => (value === null ? values.delete(key) : values.set(key, value));
  const heard = {
    hello({ you, values: kept }) {
      classroom.you = you;
      values.clear();
      for (const [key, value] of Object.entries(kept)) values.set(key, value);
      if (isReady) for (const [key, value] of values) tell("change", key, value, null);
      isReady = true;
      for (const listener of waiting.splice(0)) listener(Object.fromEntries(values), you);
    },
    you({ you }) {
      classroom.you = you;
      tell("you", you);
    },
    changed({ key, value, by }) {
      keep(key, value);
      tell("change", key, value, by);
    },
    event({ name, value, by }) {
      tell("event", name, value, by);
    },
    refused({ key, code }) {
      tell("refused", key, code);
    },
  };
  const classroom = {
    you: null,
    ready(listener) {
      if (isReady) listener(Object.fromEntries(values), classroom.you);
      else waiting.push(listener);
    },
    get: (key) => values.get(key) ?? null,
    set: (key, value) => post({ type: "set", key, value }),
    send: (name, value = null) => post({ type: "event", name, value }),
    on(what, listener) {
      listeners[what].push(listener);
    },
  };
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || typeof data !== "object" || data === null) return;
    if (data.classroom === 1 && Object.hasOwn(heard, data.type)) heard[data.type](data);
  });
  window.classroom = classroom;
  post({ type: "ready" });
})();
"""
