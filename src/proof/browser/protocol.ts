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

/** Far more than a file of an image or a screenshot takes; a page that makes Chrome write more is cut off. */
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024

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

  output.on('data', (chunk: Buffer) => {
    let from = 0
    for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, from)) {
      const text = Buffer.concat([...parts, chunk.subarray(from, at)]).toString()
      parts = []
      length = 0
      from = at + 1
      receive(text)
    }
    parts.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > MAX_MESSAGE_BYTES) output.destroy(new Error('Chrome wrote a message without an end'))
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
