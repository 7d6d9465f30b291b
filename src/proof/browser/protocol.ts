import type { Readable, Writable } from 'node:stream'
import { asObject } from '../../formats/json.js'

/** What Chrome tells without being asked: an event of one of its pages, or of itself. */
export interface ChromeEvent {
  method: string
  params: Record<string, unknown>
  sessionId: string | undefined
}

/** Commands to a Chrome and events from it (DevTools protocol). */
export interface Connection {
  /** @throws when Chrome refuses the command, or ends before it answers */
  send(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>
  /** @returns stops listening */
  listen(listener: (event: ChromeEvent) => void): () => void
  /** Rejects every command that is not answered, and every later one. */
  end(reason: string): void
}

/** Chrome has ended, or its pipe is closed. */
export class ConnectionEnded extends Error {}

/** Far more than a screenshot takes; what a page makes Chrome write beyond it is dropped, whatever it was. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024

/**
 * Speaks the DevTools protocol over the two pipes of `--remote-debugging-pipe`: JSON, a zero byte behind each message.
 * No port is open that anything else on the machine could connect to.
 */
export function connect(input: Writable, output: Readable): Connection {
  const pending = new Map<
    number,
    { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }
  >()
  const listeners = new Set<(event: ChromeEvent) => void>()
  let ended: string | undefined
  let lastId = 0
  let parts: Buffer[] = []
  let length = 0

  const end = (reason: string): void => {
    ended ??= reason
    for (const { reject } of pending.values()) reject(new ConnectionEnded(ended))
    pending.clear()
  }
  const receive = (text: string): void => {
    const message = asObject(JSON.parse(text)) ?? {}
    const { id, method, params, result, error, sessionId } = message
    if (typeof id === 'number') {
      const waiting = pending.get(id)
      pending.delete(id)
      if (error === undefined) waiting?.resolve(asObject(result) ?? {})
      else waiting?.reject(new Error(String(asObject(error)?.['message'])))
    } else if (typeof method === 'string') {
      const event = {
        method,
        params: asObject(params) ?? {},
        sessionId: typeof sessionId === 'string' ? sessionId : undefined,
      }
      for (const listener of [...listeners]) listener(event)
    }
  }

  /** Keeps a part of a message. @returns whether the message is still short enough */
  const keep = (part: Buffer): boolean => {
    length += part.length
    if (length > MAX_MESSAGE_BYTES) parts = []
    else parts.push(part)
    return length <= MAX_MESSAGE_BYTES
  }

  output.on('data', (chunk: Buffer) => {
    let from = 0
    for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, from)) {
      const text = keep(chunk.subarray(from, at)) ? Buffer.concat(parts).toString() : undefined
      parts = []
      length = 0
      from = at + 1
      if (text !== undefined) receive(text)
    }
    keep(chunk.subarray(from))
  })
  output.on('error', (error) => end(error.message))
  output.on('close', () => end('Chrome ended'))
  input.on('error', () => end('Chrome ended'))

  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(new ConnectionEnded(ended))
          return
        }
        const id = ++lastId
        pending.set(id, { resolve, reject })
        input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
      }),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    end,
  }
}
