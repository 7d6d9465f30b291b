import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { asObject } from '../../formats/json.js'
import { within } from '../../lib/within.js'
import type { Chrome } from './chrome.js'
import { answerRequest, keepRequest } from './page-requests.js'
import { emptyResult, type LivePage, type PageResult, type PageTask, PATIENCE } from './page-result.js'
import { keepException, keepTold } from './page-told.js'
import { type ChromeEvent, ConnectionEnded } from './protocol.js'
import { ORIGIN } from './site.js'

/** The script next to this file, in the sources and in the bundle's directory. */
const SCRIPT = readPageScript()

function readPageScript(): string {
  return readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'page-script.cjs'), 'utf8')
}

/** Where the client keeps the plugins that a user has installed (client/web/src/plugin/manager.ts). */
const STORAGE_KEY = '$TailchatInstalledPlugins'
/** A page that needs no login and that the client renders without a server (client/web/src/routes/Entry). */
const START = `${ORIGIN}/entry/login`

const POLL_MILLISECONDS = 50
const SCREENSHOT_SECONDS = 10
/** What the page may keep on this machine's disk. */
const STORAGE_BYTES = 64 * 1024 * 1024

/** The names under which the page tells something and is asked, which no plugin can guess. */
interface Names {
  binding: string
  command: string
}

const stateShape = z.object({ hasLoader: z.boolean(), isRendered: z.boolean() })

type State = z.infer<typeof stateShape>

/** The page's main thread gave no answer. */
class Hangs extends Error {}

/**
 * Loads Tailchat's web client in a page of its own and asks it for modules. Every request is answered from the public
 * directory or fails.
 * @throws {ConnectionEnded} when Chrome itself ends
 */
export async function loadPage(chrome: Chrome, task: PageTask): Promise<PageResult> {
  const { browserContextId } = await chrome.send('Target.createBrowserContext')
  const { targetId } = await chrome.send('Target.createTarget', { url: 'about:blank', browserContextId })
  const { sessionId } = await chrome.send('Target.attachToTarget', { targetId, flatten: true })
  const page: LivePage = {
    task,
    result: emptyResult(),
    send: (method, params = {}) => chrome.send(method, params, String(sessionId)),
    frame: String(targetId),
    hasStarted: false,
    gone: undefined,
    signs: 0,
    shownIcons: 0,
    told: 0,
    initiators: new Map(),
  }
  const names = { binding: `proof${randomUUID()}`, command: `ask${randomUUID()}` }
  const stopListening = chrome.listen((event) => {
    if (event.sessionId === sessionId) heed(page, names, event)
  })
  try {
    await chrome.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId })
    await start(page, names)
    page.result.end = await observe(page, names)
    return page.result
  } finally {
    stopListening()
    // A page that hangs is ended by its process, which takes no answer of it.
    void chrome.send('Target.disposeBrowserContext', { browserContextId }).catch(() => undefined)
  }
}

function heed(page: LivePage, names: Names, { method, params }: ChromeEvent): void {
  switch (method) {
    case 'Fetch.requestPaused':
      page.signs++
      answerRequest(page, params)
      break
    case 'Runtime.bindingCalled':
      page.signs++
      if (params['name'] === names.binding) keepTold(page, String(params['payload']))
      break
    case 'Network.requestWillBeSent':
      keepRequest(page, params, false)
      break
    case 'Network.webSocketCreated':
      keepRequest(page, params, true)
      break
    case 'Runtime.exceptionThrown':
      keepException(page, params['exceptionDetails'])
      break
    case 'Page.javascriptDialogOpening':
      void page.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => undefined)
      break
    case 'Page.frameNavigated': {
      const frame = asObject(params['frame'])
      if (frame?.['parentId'] === undefined && !String(frame?.['url']).startsWith(`${ORIGIN}/`))
        page.gone ??= 'left'
      break
    }
    case 'Inspector.targetCrashed':
      page.gone = 'crashed'
      break
    case 'Inspector.detached':
      page.gone ??= 'left'
  }
}

/** Opens the client in the page, with all that is needed to follow what it does. */
async function start({ send, task }: LivePage, names: Names): Promise<void> {
  for (const domain of ['Page', 'Runtime', 'Network', 'Inspector']) await send(`${domain}.enable`)
  await send('Runtime.setAsyncCallStackDepth', { maxDepth: 16 })
  await send('Network.setBypassServiceWorker', { bypass: true })
  await send('Storage.overrideQuotaForOrigin', { origin: ORIGIN, quotaSize: STORAGE_BYTES })
  await send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
  await send('Runtime.addBinding', { name: names.binding })
  const config = { origin: ORIGIN, storageKey: STORAGE_KEY, manifests: task.manifests, ...names }
  await send('Page.addScriptToEvaluateOnNewDocument', {
    source: `(() => {${SCRIPT}\nprepare(${JSON.stringify(config)})})()`,
  })
  await send('Page.navigate', { url: START })
}

/** Waits until the client shows itself, asks it for every module and every icon, and tells how that ended. */
async function observe(page: LivePage, names: Names): Promise<PageResult['end']> {
  const { task, result } = page
  let state: State = { hasLoader: false, isRendered: false }
  const first = await waitFor(page, names, (now) => {
    state = now
    return now.hasLoader && now.isRendered
  })
  if (first !== 'done' && first !== 'idle') return first
  if (first === 'idle') await keepScreenshot(page)
  if (!state.hasLoader) return 'no-loader'
  const modules = task.modules(result.requested)
  const icons = task.icons ?? []
  const asked =
    (await ask(page, names, {
      call: `ask(${JSON.stringify(modules)})`,
      isAnswered: () => modules.every((id) => result.verdicts.has(id)),
    })) ??
    (await ask(page, names, {
      call: `showIcons(${JSON.stringify(icons)})`,
      isAnswered: () => page.shownIcons >= icons.length,
    }))
  return asked ?? (first === 'done' ? 'rendered' : 'idle')
}

/** Asks the page for something, and waits until it told of everything or comes to rest. @returns what it did instead */
async function ask(
  page: LivePage,
  names: Names,
  { call, isAnswered }: { call: string; isAnswered: () => boolean },
): Promise<'crashed' | 'left' | 'hung' | undefined> {
  try {
    await command(page, names, call)
  } catch (error) {
    if (error instanceof ConnectionEnded) throw error
    if (error instanceof Hangs) return page.gone ?? 'hung'
    // The page is about to go, or its answer says that it can't be asked: waiting tells which.
  }
  const after = await waitFor(page, names, isAnswered)
  return after === 'done' || after === 'idle' ? undefined : after
}

/** Waits until the page is as it should be. */
async function waitFor(
  page: LivePage,
  names: Names,
  isDone: (state: State) => boolean,
): Promise<'done' | 'idle' | 'hung' | 'crashed' | 'left'> {
  const { idleAnswers, totalSeconds } = page.task.patience ?? PATIENCE
  const latest = performance.now() + totalSeconds * 1000
  for (let [idle, signs] = [0, -1]; idle < idleAnswers && performance.now() < latest;) {
    if (page.gone) return page.gone
    try {
      const state = stateShape.safeParse(await command(page, names, 'state()')).data
      if (state && isDone(state)) return 'done'
    } catch (error) {
      if (error instanceof ConnectionEnded) throw error
      if (error instanceof Hangs) return page.gone ?? 'hung'
      // The page is about to go, and an event will say where.
    }
    idle = signs === page.signs ? idle + 1 : 0
    signs = page.signs
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
  }
  return page.gone ?? 'idle'
}

/** @throws where the page has gone, or does not answer in time */
async function command({ send, task }: LivePage, { command: name }: Names, call: string): Promise<unknown> {
  const expression = `window[${JSON.stringify(name)}].${call}`
  const { result } = await within(
    send('Runtime.evaluate', { expression, returnByValue: true }),
    (task.patience ?? PATIENCE).hangSeconds,
    () => new Hangs(),
  )
  return asObject(result)?.['value']
}

async function keepScreenshot({ send, result }: LivePage): Promise<void> {
  const taken = within(
    send('Page.captureScreenshot', { format: 'png' }),
    SCREENSHOT_SECONDS,
    () => new Hangs(),
  )
  const data = (await taken.catch(() => undefined))?.['data']
  if (typeof data === 'string') result.screenshot = Buffer.from(data, 'base64')
}
