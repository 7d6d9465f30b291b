import { isAnyArrayBuffer } from 'node:util/types'
import type { GitHub } from '@actions/github/lib/utils'
import { type Answer, describeFault, type Fault, faultOf, faultOfConnection } from './faults.js'

/** The addresses of GitHub's API, and the token for it. */
export interface Api {
  /** Such as `https://api.github.com`. */
  rest: string
  graphql: string
  token: string
  /** How long one request may take; absent: 30 s. */
  timeLimitSeconds?: number
}

/** The purpose of a request, for the message of its failure. */
interface Purpose {
  /** Such as `reading the branch main`. */
  what: string
  /** The permission that the request needs, such as `contents: write`. */
  needs: string
}

/** GitHub's client, with a typed function for each request of the REST API in `rest`. */
export type Client = InstanceType<typeof GitHub>

/** A request that GitHub refused, or that got no answer; without an answer, GitHub may have carried it out. */
export class ApiError extends Error {
  constructor(
    { what, needs }: Purpose,
    readonly fault: Fault,
  ) {
    super(describeFault(what, fault, needs))
    this.name = 'ApiError'
  }
}

/** The time limit of one request, from connecting to the last byte of the answer. */
export const TIME_LIMIT_SECONDS = 30

/** An answer as the client gives it. */
interface Received<Data> {
  status: number
  headers: Record<string, string | number | undefined>
  data: Data
}

/**
 * Sends one request to GitHub's API, once. `inTries` repeats the whole of reading and writing; repeating a single
 * request would break that.
 * @param send makes the request, such as `({ rest }) => rest.pulls.list({ … })`
 * @returns what GitHub answers
 * @throws {ApiError} when GitHub refuses, or there is no answer
 */
export async function ask<Data>(
  api: Api,
  purpose: Purpose,
  send: (client: Client) => Promise<Received<Data>>,
): Promise<Data> {
  const signal = AbortSignal.timeout((api.timeLimitSeconds ?? TIME_LIMIT_SECONDS) * 1000)
  const client = await connect(api, signal)
  const received = await send(client).catch((error: unknown) => {
    const refused = refusalOf(error)
    if (refused) return refused
    throw new ApiError(purpose, faultOfConnection(error instanceof Error ? (error.cause ?? error) : error))
  })
  // An answer that is cut off by the time limit looks like one that is not JSON.
  if (signal.aborted) throw new ApiError(purpose, faultOfConnection(signal.reason))
  const fault = faultOf(answerOf(received), Date.now())
  if (fault) throw new ApiError(purpose, fault)
  return received.data as Data
}

interface GraphqlRequest {
  query: string
  variables: Record<string, unknown>
}

/**
 * Sends one request to the GraphQL API, once.
 * @returns its `data`
 * @throws {ApiError} also when GitHub answers 200 with errors
 */
export async function askGraphql<Data>(
  api: Api,
  purpose: Purpose,
  { query, variables }: GraphqlRequest,
): Promise<Data> {
  const { data } = await ask<{ data: Data }>(api, purpose, ({ request }) =>
    request({ method: 'POST', url: api.graphql, query, variables }),
  )
  return data
}

/**
 * Creates a client that obeys the proxy settings of the environment. The library is loaded here, since most runs never
 * need it.
 */
async function connect({ rest, token }: Api, signal: AbortSignal): Promise<Client> {
  const { getOctokit } = await import('@actions/github')
  const silent = (): void => undefined
  const client = getOctokit(token, {
    baseUrl: rest,
    userAgent: 'tailchat-plugin-deploy',
    // It would warn about requests that GitHub is going to remove, which a user can't change.
    log: { debug: silent, info: silent, warn: silent, error: silent },
  })
  client.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = '2022-11-28'
    options.request = { ...options.request, signal }
  })
  return client
}

/** Returns the answer of a request that failed with a status; `undefined` when there was no answer. */
function refusalOf(error: unknown): Received<unknown> | undefined {
  return error instanceof Error ? (error as { response?: Received<unknown> }).response : undefined
}

function answerOf({ status, headers, data }: Received<unknown>): Answer {
  return {
    status,
    header: (name) => headers[name]?.toString() ?? null,
    // The client gives what is not JSON as text or as bytes.
    body: typeof data === 'string' || isAnyArrayBuffer(data) ? undefined : data,
  }
}
