import { isAnyArrayBuffer } from 'node:util/types'
import type { GitHub } from '@actions/github/lib/utils'
import { type Answer, describeFault, type Fault, faultOf, faultOfConnection } from './faults.js'

/** How GitHub's API is reached. */
export interface Api {
  /** Such as `https://api.github.com`. */
  rest: string
  graphql: string
  token: string
}

/** What a request is for, as the message of its failure names it. */
export interface Purpose {
  /** Such as `reading the branch main`. */
  what: string
  /** The permission that the request needs, such as `contents: write`. */
  needs: string
}

/** GitHub's client, with a typed function for each request of the REST API in `rest`. */
export type Client = InstanceType<typeof GitHub>

/** A request that GitHub refused, or that got no answer: in that case GitHub may have carried it out. */
export class ApiError extends Error {
  constructor(
    { what, needs }: Purpose,
    readonly fault: Fault,
  ) {
    super(describeFault(what, fault, needs))
    this.name = 'ApiError'
  }
}

/** How long one request may take, from connecting to the last byte of the answer. */
export const TIME_LIMIT_SECONDS = 30

/** An answer as the client gives it. */
interface Received<Data> {
  status: number
  headers: Record<string, string | number | undefined>
  data: Data
}

/**
 * Sends one request to GitHub's API, once: what is tried again is the whole of reading and writing (`inTries`), which
 * a retry of the request alone would break.
 * @param send makes the request, such as `({ rest }) => rest.pulls.list({ … })`
 * @param seconds the time limit
 * @returns what GitHub answers
 * @throws {ApiError} when GitHub refuses, or there is no answer
 */
export async function ask<Data>(
  api: Api,
  purpose: Purpose,
  send: (client: Client) => Promise<Received<Data>>,
  seconds = TIME_LIMIT_SECONDS,
): Promise<Data> {
  const signal = AbortSignal.timeout(seconds * 1000)
  const client = await connect(api, signal)
  const received = await send(client).catch((error: unknown) => {
    const refused = refusalOf(error)
    if (refused) return refused
    throw new ApiError(purpose, faultOfConnection(error instanceof Error ? (error.cause ?? error) : error))
  })
  // What was read of an answer when the time was up looks like an answer that is not JSON.
  if (signal.aborted) throw new ApiError(purpose, faultOfConnection(signal.reason))
  const fault = faultOf(answerOf(received), Date.now())
  if (fault) throw new ApiError(purpose, fault)
  return received.data as Data
}

/**
 * Sends one request to the GraphQL API, once.
 * @returns its `data`
 * @throws {ApiError} also when GitHub answers 200 with errors
 */
export async function askGraphql<Data>(
  api: Api,
  purpose: Purpose,
  query: string,
  variables: Record<string, unknown>,
): Promise<Data> {
  const { data } = await ask<{ data: Data }>(api, purpose, ({ request }) =>
    request({ method: 'POST', url: api.graphql, query, variables }),
  )
  return data
}

/**
 * Makes a client that obeys the proxy settings of the environment. It is loaded here, since most runs never need it.
 */
async function connect({ rest, token }: Api, signal: AbortSignal): Promise<Client> {
  const { getOctokit } = await import('@actions/github')
  const silent = (): void => undefined
  const client = getOctokit(token, {
    baseUrl: rest,
    userAgent: 'tailchat-plugin-deploy',
    // It would warn of requests that GitHub means to remove, which a user can do nothing about.
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
