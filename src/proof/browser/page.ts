import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { asObject } from '../../formats/json.js'
import { type Chrome, within } from './chrome.js'
import { ConnectionEnded, type ChromeEvent } from './protocol.js'
import { answer, type OfferedManifest, ORIGIN, pluginOfUrl, readPublicFile } from './site.js'

/** The script, next to this file in the sources and in the bundle's directory. */
const SCRIPT = readPageScript()

function readPageScript(): string {
  return readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'page-script.cjs'), 'utf8')
}

/** Where the client keeps the plugins that a user has installed (client/web/src/plugin/manager.ts). */
const STORAGE_KEY = '$TailchatInstalledPlugins'
/** A page that needs no login and that the client renders without a server (client/web/src/routes/Entry). */
const START = `${ORIGIN}/entry/login`

/** How long a page is waited for. */
export interface Patience {
  /** A page whose main thread gives no answer for so long hangs. */
  hangSeconds: number
  /** A page that answered so often, and did nothing else meanwhile, won't do anything more. */
  idleAnswers: number
  /** From its start; only a page that never comes to rest takes it. */
  totalSeconds: number
}

/** Enough for a machine that does many other things at the same time. */
const PATIENCE: Patience = { hangSeconds: 20, idleAnswers: 100, totalSeconds: 180 }

const POLL_MILLISECONDS = 50
const SCREENSHOT_SECONDS = 10
/** The limit of each kind of message from a page: one that sends more is hostile or broken. */
const MAX_TOLD = 5000

/** What one page loads. */
interface PageTask {
  /** The public directory of an image. */
  root: string
  /** The plugins that its user has installed. */
  manifests: readonly OfferedManifest[]
  /** Whether a plugin is loaded as it is; in the place of any other an empty one is defined. */
  isLoaded: (plugin: string) => boolean
  /** The modules that are asked for when the client has loaded its plugins: `@plugins/NAME`, `@plugins/NAME/CHUNK.js`. */
  modules: (requested: readonly string[]) => readonly string[]
  /** Addresses of icons. */
  icons?: readonly string[]
  patience?: Patience
}

/** Something that was thrown, or a module that does not load. */
export interface Thrown {
  /** Empty: a script that could not be loaded. */
  message: string
  stack: string
}

/** An exception that reached the page, such as a syntax error; line and column count from 1. */
interface PageException {
  message: string
  url: string
  line: number
  column: number
}

/** The result of one page. */
export interface PageResult {
  /**
   * `rendered`: the client shows something; `idle`: it never does; `hung`: its main thread gives no answer; `crashed`:
   * its process ended; `left`: it is at another address; `no-loader`: its scripts define no `requirePlugin`.
   */
  end: 'rendered' | 'idle' | 'hung' | 'crashed' | 'left' | 'no-loader'
  /** The plugins whose bundle was asked for. */
  requested: string[]
  defined: { id: string; script: string; dependencies: string[] }[]
  /** Modules that were evaluated when the page gave no answer any more. */
  open: string[]
  threw: Map<string, Thrown>
  /** For each module that was asked for: `undefined` where it evaluated. Without an entry, there was no answer. */
  verdicts: Map<string, Thrown | undefined>
  exceptions: PageException[]
  /** Paths below /plugins/ that are no files, so that the client's page was served. */
  missing: string[]
  /** Where it tried to go, or to get something from, and which plugin did where that is known. */
  contacts: { host: string; plugin: string | undefined }[]
  /** Plugins that tried to take the page to another address. */
  leaving: string[]
  /** Those that could not be shown. */
  brokenIcons: string[]
  /** A PNG of a page that answers and is not rendered. */
  screenshot?: Buffer
}

const told = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('define'),
    id: z.string(),
    script: z.string(),
    dependencies: z.array(z.string()),
  }),
  z.object({ type: z.literal('begin'), id: z.string() }),
  z.object({ type: z.literal('end'), id: z.string() }),
  z.object({ type: z.literal('threw'), id: z.string(), message: z.string(), stack: z.string() }),
  z.object({
    type: z.literal('verdict'),
    id: z.string(),
    evaluated: z.boolean(),
    message: z.string(),
    stack: z.string(),
  }),
  z.object({ type: z.literal('icon'), url: z.string(), shown: z.boolean() }),
])

const stateShape = z.object({ hasLoader: z.boolean(), isRendered: z.boolean() })

/**
 * Loads Tailchat's web client in a page of its own and asks it for modules. Every request is answered from the public
 * directory or fails.
 * @throws {ConnectionEnded} when Chrome itself ends
 */
export async function loadPage(chrome: Chrome, task: PageTask): Promise<PageResult> {
  const patience = task.patience ?? PATIENCE
  const result: PageResult = {
    end: 'idle',
    requested: [],
    defined: [],
    open: [],
    threw: new Map(),
    verdicts: new Map(),
    exceptions: [],
    missing: [],
    contacts: [],
    leaving: [],
    brokenIcons: [],
  }
  const { browserContextId } = await chrome.send('Target.createBrowserContext')
  const { targetId } = await chrome.send('Target.createTarget', { url: 'about:blank', browserContextId })
  const { sessionId } = await chrome.send('Target.attachToTarget', { targetId, flatten: true })
  const session = String(sessionId)
  const send = (method: string, params: object = {}): Promise<Record<string, unknown>> =>
    chrome.send(method, params, session)
  const names = { binding: `proof${randomUUID()}`, command: `ask${randomUUID()}` }
  const page = { isGone: undefined as 'crashed' | 'left' | undefined, signs: 0, shownIcons: 0 }
  const initiators = new Map<string, string>()

  /** @throws where the page has gone, or does not answer in time */
  const command = async (expression: string): Promise<unknown> => {
    const { result: value } = await within(
      send('Runtime.evaluate', {
        expression: `window[${JSON.stringify(names.command)}].${expression}`,
        returnByValue: true,
      }),
      patience.hangSeconds,
      () => new Hangs(),
    )
    return asObject(value)?.['value']
  }

  const hear = (text: string): void => {
    const message = told.safeParse(parsed(text)).data
    if (!message) return
    switch (message.type) {
      case 'define':
        if (result.defined.length < MAX_TOLD) result.defined.push(message)
        break
      case 'begin':
        if (result.open.length < MAX_TOLD) result.open.push(message.id)
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
        if (!message.shown && task.icons?.includes(message.url)) result.brokenIcons.push(message.url)
    }
  }

  const isServed = (url: string): boolean => {
    const { origin, pathname } = new URL(url)
    // A client that is built for a server of another address asks there for `{BACKEND}`'s plugins.
    return (
      origin === ORIGIN ||
      (pathname.startsWith('/plugins/') && readPublicFile(task.root, pathname) !== undefined)
    )
  }

  const contact = (url: string, plugin: string | undefined): void => {
    if (!/^(?:https?|wss?):/.test(url) || !URL.canParse(url)) return
    const { host } = new URL(url)
    const known = result.contacts.some((each) => each.host === host && each.plugin === plugin)
    if (!known && result.contacts.length < MAX_TOLD) result.contacts.push({ host, plugin })
  }

  let hasStarted = false
  const answerRequest = (params: Record<string, unknown>): void => {
    const { requestId, frameId, resourceType, networkId } = params
    const url = String(asObject(params['request'])?.['url'])
    const fail = (errorReason: string): void =>
      void send('Fetch.failRequest', { requestId, errorReason }).catch(() => undefined)
    const initiator = typeof networkId === 'string' ? initiators.get(networkId) : undefined
    if (resourceType === 'Document' && frameId === targetId) {
      if (hasStarted) {
        if (initiator !== undefined) result.leaving.push(initiator)
        if (!url.startsWith(`${ORIGIN}/`)) contact(url, initiator)
        fail('Aborted')
        return
      }
      hasStarted = true
    }
    if (!URL.canParse(url) || !isServed(url)) {
      contact(url, initiator)
      fail('NameNotResolved')
      return
    }
    const { pathname } = new URL(url)
    const plugin = pluginOfUrl(url)
    if (plugin !== undefined && /\/index\.js$/.test(pathname) && !result.requested.includes(plugin))
      result.requested.push(plugin)
    const isStub = plugin !== undefined && pathname.endsWith('.js') && !task.isLoaded(plugin)
    const { status, type, body, isFallback } = isStub ? emptyPlugin(plugin) : answer(task.root, pathname)
    if (isFallback && plugin !== undefined && result.missing.length < MAX_TOLD) result.missing.push(pathname)
    void send('Fetch.fulfillRequest', {
      requestId,
      responseCode: status,
      responseHeaders: [
        { name: 'content-type', value: type },
        { name: 'access-control-allow-origin', value: '*' },
        { name: 'cache-control', value: 'no-store' },
      ],
      body: body.toString('base64'),
    }).catch(() => undefined)
  }

  const stopListening = chrome.listen(({ method, params, sessionId: from }: ChromeEvent) => {
    if (from !== session) return
    switch (method) {
      case 'Fetch.requestPaused':
        page.signs++
        answerRequest(params)
        break
      case 'Runtime.bindingCalled':
        page.signs++
        if (params['name'] === names.binding) hear(String(params['payload']))
        break
      case 'Network.requestWillBeSent':
      case 'Network.webSocketCreated': {
        const plugin = pluginOfInitiator(params['initiator'])
        const url = String(params['url'] ?? asObject(params['request'])?.['url'])
        if (plugin !== undefined && initiators.size < MAX_TOLD)
          initiators.set(String(params['requestId']), plugin)
        if (method === 'Network.webSocketCreated' || (URL.canParse(url) && !isServed(url)))
          contact(url, plugin)
        break
      }
      case 'Runtime.exceptionThrown':
        if (result.exceptions.length < MAX_TOLD)
          result.exceptions.push(exceptionOf(params['exceptionDetails']))
        break
      case 'Page.javascriptDialogOpening':
        void send('Page.handleJavaScriptDialog', { accept: false }).catch(() => undefined)
        break
      case 'Page.frameNavigated': {
        const frame = asObject(params['frame'])
        if (frame?.['parentId'] === undefined && !String(frame?.['url']).startsWith(`${ORIGIN}/`))
          page.isGone ??= 'left'
        break
      }
      case 'Inspector.targetCrashed':
        page.isGone = 'crashed'
        break
      case 'Inspector.detached':
        page.isGone ??= 'left'
    }
  })

  /** Waits until the page is as it should be. */
  const waitFor = async (
    isDone: (state: z.infer<typeof stateShape>) => boolean,
  ): Promise<'done' | Exclude<PageResult['end'], 'rendered' | 'no-loader'>> => {
    const latest = performance.now() + patience.totalSeconds * 1000
    for (let [idle, signs] = [0, -1]; idle < patience.idleAnswers && performance.now() < latest;) {
      if (page.isGone) return page.isGone
      try {
        const state = stateShape.safeParse(await command('state()')).data
        if (state && isDone(state)) return 'done'
      } catch (error) {
        if (error instanceof ConnectionEnded) throw error
        if (error instanceof Hangs) return page.isGone ?? 'hung'
        // The page is about to go, and an event will say where.
      }
      idle = signs === page.signs ? idle + 1 : 0
      signs = page.signs
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
    }
    return page.isGone ?? 'idle'
  }

  const run = async (): Promise<PageResult['end']> => {
    for (const domain of ['Page', 'Runtime', 'Network', 'Inspector']) await send(`${domain}.enable`)
    await send('Runtime.setAsyncCallStackDepth', { maxDepth: 16 })
    await send('Network.setBypassServiceWorker', { bypass: true })
    await send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    await send('Runtime.addBinding', { name: names.binding })
    const config = { origin: ORIGIN, storageKey: STORAGE_KEY, manifests: task.manifests, ...names }
    await send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(() => {${SCRIPT}\nprepare(${JSON.stringify(config)})})()`,
    })
    await send('Page.navigate', { url: START })
    let state = { hasLoader: false, isRendered: false }
    const first = await waitFor((now) => {
      state = now
      return now.hasLoader && now.isRendered
    })
    if (first !== 'done' && first !== 'idle') return first
    if (first === 'idle') {
      const screenshot = await takeScreenshot(send)
      if (screenshot) result.screenshot = screenshot
    }
    if (!state.hasLoader) return 'no-loader'
    const modules = task.modules(result.requested)
    for (const [call, isAnswered] of [
      [`ask(${JSON.stringify(modules)})`, () => modules.every((id) => result.verdicts.has(id))],
      [`showIcons(${JSON.stringify(task.icons ?? [])})`, () => page.shownIcons >= (task.icons?.length ?? 0)],
    ] as const) {
      const asked = await command(call).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof ConnectionEnded) throw error
          return error instanceof Hangs ? ('hung' as const) : undefined
        },
      )
      const after = page.isGone ?? asked ?? (await waitFor(isAnswered))
      if (after !== 'done' && after !== 'idle') return after
    }
    return first === 'done' ? 'rendered' : 'idle'
  }

  try {
    result.end = await run()
    return result
  } finally {
    stopListening()
    // A page that hangs is ended by its process, which takes no answer of it.
    void chrome.send('Target.disposeBrowserContext', { browserContextId }).catch(() => undefined)
  }
}

/** The page's main thread gave no answer. */
class Hangs extends Error {}

/** Returns an empty plugin, in place of one that is left out. */
function emptyPlugin(plugin: string): ReturnType<typeof answer> {
  const body = Buffer.from(
    `definePlugin(${JSON.stringify(`@plugins/${plugin}`)}, [], function () { return {} })`,
  )
  return { status: 200, type: 'application/javascript; charset=utf-8', body, isFallback: false }
}

async function takeScreenshot(
  send: (method: string, params?: object) => Promise<Record<string, unknown>>,
): Promise<Buffer | undefined> {
  const taken = within(
    send('Page.captureScreenshot', { format: 'png' }),
    SCREENSHOT_SECONDS,
    () => new Hangs(),
  )
  const data = (await taken.catch(() => undefined))?.['data']
  return typeof data === 'string' ? Buffer.from(data, 'base64') : undefined
}

/** The plugin whose code asked for something, by the innermost place of its stack that lies in one. */
function pluginOfInitiator(initiator: unknown): string | undefined {
  const { stack, url } = asObject(initiator) ?? {}
  for (let each = asObject(stack), depth = 0; each && depth < 20; each = asObject(each['parent']), depth++) {
    const frames = each['callFrames']
    for (const frame of Array.isArray(frames) ? frames : []) {
      const plugin = pluginOfUrl(String(asObject(frame)?.['url']))
      if (plugin !== undefined) return plugin
    }
  }
  return typeof url === 'string' ? pluginOfUrl(url) : undefined
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
