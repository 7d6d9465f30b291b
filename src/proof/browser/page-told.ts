import { z } from 'zod'
import { asObject } from '../../formats/json.js'
import { type LivePage, MAX_TOLD, MAX_TOLD_CHARACTERS, type PageException } from './page-result.js'

const thrown = { message: z.string(), stack: z.string() }

/** What page-script.cjs tells; a plugin may have a hand in it, so it is checked. */
const told = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('define'),
    id: z.string(),
    script: z.string(),
    dependencies: z.array(z.string()),
  }),
  z.object({ type: z.literal('begin'), id: z.string() }),
  z.object({ type: z.literal('end'), id: z.string() }),
  z.object({ type: z.literal('threw'), id: z.string(), ...thrown }),
  z.object({ type: z.literal('verdict'), id: z.string(), evaluated: z.boolean(), ...thrown }),
  z.object({ type: z.literal('icon'), url: z.string(), shown: z.boolean() }),
])

/** Keeps what the page tells through its binding; anything else is left out. */
export function keepTold(page: LivePage, text: string): void {
  page.told += text.length
  if (page.told > MAX_TOLD_CHARACTERS) return
  const message = told.safeParse(parsed(text)).data
  if (!message) return
  const { result } = page
  switch (message.type) {
    case 'define':
      if (result.defined.length < MAX_TOLD) result.defined.push(message)
      break
    case 'begin':
      if (result.open.length < MAX_TOLD) result.open.push(message.id)
      if (result.begun.length < MAX_TOLD) result.begun.push(message.id)
      break
    case 'end':
      result.open = result.open.filter((id) => id !== message.id)
      break
    case 'threw':
      if (result.threw.size < MAX_TOLD) result.threw.set(message.id, message)
      break
    case 'verdict':
      if (result.verdicts.size < MAX_TOLD)
        result.verdicts.set(message.id, message.evaluated ? undefined : message)
      break
    case 'icon':
      page.shownIcons++
      if (!message.shown && page.task.icons?.includes(message.url)) result.brokenIcons.push(message.url)
  }
}

/** Keeps an exception that nothing in the page caught. */
export function keepException({ result }: LivePage, details: unknown): void {
  if (result.exceptions.length < MAX_TOLD) result.exceptions.push(exceptionOf(details))
}

function exceptionOf(details: unknown): PageException {
  const { exception, text, url, lineNumber, columnNumber, stackTrace } = asObject(details) ?? {}
  const frames = asObject(stackTrace)?.['callFrames']
  const top = asObject(Array.isArray(frames) ? frames[0] : undefined) ?? {}
  const description = asObject(exception)?.['description']
  return {
    message:
      (typeof description === 'string' ? description : String(text)).split('\n')[0]?.slice(0, 1000) ?? '',
    url: [url, top['url']].find((each) => typeof each === 'string') ?? '',
    line: Number(lineNumber ?? top['lineNumber'] ?? 0) + 1,
    column: Number(columnNumber ?? top['columnNumber'] ?? 0) + 1,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
