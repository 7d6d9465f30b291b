import { httpGet, isUnresolved } from '../lib/http.js'
import {
  availablePath,
  describeAnswer,
  HEALTH_PATH,
  SECONDS_LISTED_AFTER_DEATH,
} from '../tailchat/gateway.js'
import {
  type AskedAvailable,
  type AskedFile,
  type Health,
  judgeFile,
  judgeGateway,
  type LiveAnswer,
  liveAnswer,
  type LivePromise,
  type LiveResult,
  mustLast,
  notListed,
  type PromisedFile,
  readHealth,
} from './live.js'

const ANSWER_SECONDS = 10
/** A list of all of Tailchat's services is 2 kB. */
const MAX_HEALTH_BYTES = 1024 * 1024
/** The largest bundle of Tailchat's own plugins is 1.7 MB. */
const MAX_FILE_BYTES = 32 * 1024 * 1024
const POLL_MILLISECONDS = 1000
/** A list counts when it is complete this many times in a row: there may be several gateways. */
const HEALTH_TIMES = 3
/** An answer that was right and then wrong must be right this often: three times could be luck. */
const TIMES_AFTER_A_RELAPSE = 20
/** A resolver may be busy once. */
const UNRESOLVED_TIMES = 3
/** How long a round that began in time may run past the deadline. */
const GRACE_MILLISECONDS = 30_000
/** After this many answers without the old gateway, it is gone. */
const RECENT_ANSWERS = 10
/** Requests at the same time; few, since the server has users. */
const PARALLEL = 4

/** The questions to a running server, and the time for them. */
interface LiveRequest {
  /** The address of the gateway, without a slash at its end. */
  url: string
  promise: LivePromise
  timeoutSeconds: number
  /** Waits for a number of milliseconds. */
  wait: (milliseconds: number) => Promise<unknown>
  /** Milliseconds since 1970. */
  now: () => number
}

/**
 * Asks a running server what it loads and serves, until everything is as promised or the time is over. It only sends GET
 * requests without credentials, to /health, the promised files and `/available`.
 */
export async function askLive(request: LiveRequest): Promise<LiveResult> {
  const deadline = request.now() + request.timeoutSeconds * 1000
  const heard = await listen(request, deadline)
  if (!heard.health) return { ...heard, files: [], available: [] }
  const { files, available } = request.promise
  return {
    ...heard,
    files: await askUntil(request, deadline, {
      items: files,
      one: (file, before) => askFile(request, file, { before, deadline }),
      isRight: ({ wrong }) => wrong.length === 0,
    }),
    available: await askUntil(request, deadline, {
      items: available,
      one: (service) => askAvailable(request, service),
      isRight: ({ answer }) => answer === 200,
    }),
  }
}

/** Asks for /health until its list is complete, stable and, where that matters, old enough. */
async function listen(
  { url, promise, wait, now }: LiveRequest,
  deadline: number,
): Promise<Omit<LiveResult, 'files' | 'available'>> {
  let health: Health | undefined
  let instead: string | undefined
  let gateway: LiveResult['gateway'] = { is: 'unknown' }
  /** When the list became complete, and how many answers have been so since. */
  let since: number | undefined
  let times = 0
  let unsteady: string[] = []
  let needed = HEALTH_TIMES
  let unresolved = 0
  let old: { verdict: LiveResult['gateway']; answersSince: number } | undefined
  for (;;) {
    const answer = await ask(url, HEALTH_PATH, MAX_HEALTH_BYTES)
    const found = 'reason' in answer ? undefined : readHealth(answer)
    const missing = found && notListed(promise, found.services)
    if (found) {
      health = found
      gateway = judgeGateway(promise, found, now() / 1000)
      if (gateway.is === 'old') old = { verdict: gateway, answersSince: 0 }
      else if (old) old.answersSince++
    } else instead = 'reason' in answer ? answer.reason : describeAnswer(answer)
    unresolved = isUnresolved('reason' in answer ? answer.reason : undefined) ? unresolved + 1 : 0
    // No waiting brings an address that is misspelt.
    if (!health && unresolved >= UNRESOLVED_TIMES)
      return { health, instead, gateway, complete: false, seconds: 0, unsteady }
    if (missing?.length === 0 && gateway.is !== 'old') {
      since ??= now()
      times++
    } else {
      if (since !== undefined) {
        unsteady = missing ?? []
        needed = TIMES_AFTER_A_RELAPSE
      }
      since = undefined
      times = 0
    }
    const seconds = since === undefined ? 0 : Math.floor((now() - since) / 1000)
    const lastsLongEnough =
      health !== undefined && (!mustLast(health) || seconds >= SECONDS_LISTED_AFTER_DEATH)
    const complete = times >= needed && lastsLongEnough
    if (complete || (health && promise.reference === undefined))
      return { health, instead, gateway, complete: true, seconds, unsteady: [] }
    if (now() >= deadline) {
      // Where several gateways answer, the last answer need not be that of the old one.
      if (old && old.answersSince < RECENT_ANSWERS) gateway = old.verdict
      return { health, instead, gateway, complete: false, seconds, unsteady }
    }
    // Several gateways are told apart by asking again at once.
    if (times === 0 || times >= needed) await wait(POLL_MILLISECONDS)
  }
}

/** What to ask for, and when an answer is right. */
interface Questions<Item, Asked> {
  items: readonly Item[]
  /** Asks for one of them; `before` is the answer of the last time. */
  one: (item: Item, before: Asked | undefined) => Promise<Asked>
  isRight: (asked: Asked) => boolean
}

/** Asks for each item, and again for those with a wrong answer until the deadline. */
export async function askUntil<Item, Asked>(
  { wait, now }: Pick<LiveRequest, 'wait' | 'now'>,
  deadline: number,
  { items, one, isRight }: Questions<Item, Asked>,
): Promise<Asked[]> {
  const asked = await inParallel(items, (item) => one(item, undefined))
  for (;;) {
    const again = items.flatMap((item, index) => {
      const before = asked[index]
      return before !== undefined && isRight(before) ? [] : [{ item, index }]
    })
    if (again.length === 0 || now() >= deadline) return asked
    await wait(POLL_MILLISECONDS)
    const answers = await inParallel(again, ({ item, index }) => one(item, asked[index]))
    for (const [at, { index }] of again.entries()) {
      const answer = answers[at]
      if (answer !== undefined) asked[index] = answer
    }
  }
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = [...items.entries()]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1])
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
  return results
}

async function askFile(
  { url, now }: LiveRequest,
  file: PromisedFile,
  { before, deadline }: { before: AskedFile | undefined; deadline: number },
): Promise<AskedFile> {
  const times = before?.sometimes ? TIMES_AFTER_A_RELAPSE : file.times
  const answers: (LiveAnswer | { reason: string })[] = []
  while (answers.length < times && now() < deadline + GRACE_MILLISECONDS)
    answers.push(await ask(url, file.path, MAX_FILE_BYTES))
  return judgeFile(file, answers)
}

async function askAvailable({ url }: LiveRequest, service: string): Promise<AskedAvailable> {
  const answer = await ask(url, availablePath(service), MAX_HEALTH_BYTES)
  return { service, answer: 'reason' in answer ? answer.reason : answer.status }
}

async function ask(url: string, path: string, maxBytes: number): Promise<LiveAnswer | { reason: string }> {
  const answer = await httpGet(`${url}${path}`, { seconds: ANSWER_SECONDS, maxBytes })
  return 'reason' in answer ? answer : liveAnswer(path, answer)
}
