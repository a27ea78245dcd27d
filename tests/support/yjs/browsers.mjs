// Browsers' page documents, driven over stdin and stdout: one JSON request a line, one answer a line.
// Bytes are {"bytes": base64}. Documents have names; each answer carries the updates its request made.

import { createInterface } from 'node:readline'
import { createRequire } from 'node:module'

const require = createRequire(process.argv[2])
const Y = require('yjs')
const documents = new Map()

const revive = (_key, value) =>
  value !== null && typeof value === 'object' && typeof value.bytes === 'string'
    ? new Uint8Array(Buffer.from(value.bytes, 'base64'))
    : value

const pack = (value) => {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(pack)
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pack(inner)]))
  }
  return value
}

const open = (name, clientID) => {
  const doc = new Y.Doc()
  doc.clientID = clientID
  const roots = ['el', 'tf', 'tx'].map((root) => doc.getMap(root))
  const undo = new Y.UndoManager(roots, { trackedOrigins: new Set(['me']), captureTimeout: 0 })
  const made = []
  doc.on('update', (update, origin) => {
    if (origin !== 'remote') made.push(update)
  })
  documents.set(name, { doc, undo, made })
}

const types = { map: () => new Y.Map(), array: () => new Y.Array(), text: (words) => new Y.Text(words) }

// One step of an edit, by its first word.
const steps = {
  set: (doc, [root, key, value]) => doc.getMap(root).set(key, value),
  set_type: (doc, [root, key, kind, words]) => doc.getMap(root).set(key, types[kind](words)),
  delete: (doc, [root, key]) => doc.getMap(root).delete(key),
  type: (doc, [key, at, words, format]) => doc.getMap('tx').get(key).insert(at, words, format ?? undefined),
  erase: (doc, [key, at, length]) => doc.getMap('tx').get(key).delete(at, length),
  embed: (doc, [key, at, value]) => doc.getMap('tx').get(key).insertEmbed(at, value),
  format: (doc, [key, at, length, format]) => doc.getMap('tx').get(key).format(at, length, format),
  attribute: (doc, [key, name, value]) => doc.getMap('tx').get(key).setAttribute(name, value),
  push: (doc, [root, values]) => doc.getArray(root).push(values),
  subdoc: (doc, [root, key]) => doc.getMap(root).set(key, new Y.Doc()),
}

const requests = {
  open: ({ name, client }) => open(name, client),
  forget: ({ which }) => documents.delete(which),
  edit: ({ name, edits }) => {
    const { doc } = documents.get(name)
    doc.transact(() => {
      for (const [step, ...rest] of edits) steps[step](doc, rest)
    }, 'me')
  },
  apply: ({ name, updates }) => {
    const { doc } = documents.get(name)
    for (const update of updates) Y.applyUpdate(doc, update, 'remote')
  },
  undo: ({ name }) => documents.get(name).undo.undo() !== null,
  redo: ({ name }) => documents.get(name).undo.redo() !== null,
  vector: ({ name }) => Y.encodeStateVector(documents.get(name).doc),
  state: ({ name, since }) => Y.encodeStateAsUpdate(documents.get(name).doc, since ?? undefined),
  merge: ({ updates }) => Y.mergeUpdates(updates),
  read: ({ name }) => {
    const { doc } = documents.get(name)
    const words = Object.fromEntries([...doc.getMap('tx').entries()].map(([key, text]) => [key, text.toString()]))
    const pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null
    return { el: doc.getMap('el').toJSON(), tf: doc.getMap('tf').toJSON(), tx: words, pending }
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line, revive)
  let answer
  try {
    const result = requests[request.do](request) ?? null
    const entry = documents.get(request.name)
    answer = { result: pack(result), made: pack(entry ? entry.made.splice(0) : []) }
  } catch (error) {
    answer = { error: String(error) }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
