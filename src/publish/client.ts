import { describeFault, type Fault, faultOf, faultOfConnection } from './faults.js'

/** How GitHub's API is reached. */
export interface Api {
  /** Such as `https://api.github.com`. */
  rest: string
  graphql: string
  token: string
}

/** What a request is for, as its failure names it. */
export interface Purpose {
  /** Such as `reading the branch main`. */
  what: string
  /** The permission that it takes, such as `contents: write`. */
  needs: string
}

export interface RestRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** With what was put into it encoded. */
  path: string
  body?: object
}

/** A request that GitHub did not carry out, or that got no answer: then nobody knows whether it did. */
export class ApiError extends Error {
  constructor(
    { what, needs }: Purpose,
    readonly fault: Fault,
  ) {
    super(describeFault(what, fault, needs))
    this.name = 'ApiError'
  }
}

const ANSWER_MILLISECONDS = 30_000

/**
 * Asks the REST API, once. The answer is not checked beyond being JSON: what is read from it says what it expects.
 * @throws {ApiError}
 */
export async function rest(
  api: Api,
  { method, path, body }: RestRequest,
  purpose: Purpose,
): Promise<unknown> {
  return request(api, `${api.rest}${path}`, { method, ...(body && { body: JSON.stringify(body) }) }, purpose)
}

/**
 * Asks the GraphQL API, once.
 * @returns its `data`
 * @throws {ApiError} also when it answers 200 with errors
 */
export async function graphql<Data>(
  api: Api,
  query: string,
  variables: Record<string, unknown>,
  purpose: Purpose,
): Promise<Data> {
  const body = JSON.stringify({ query, variables })
  const answer = await request(api, api.graphql, { method: 'POST', body }, purpose)
  return (answer as { data: Data }).data
}

async function request(
  { token }: Api,
  url: string,
  options: { method: string; body?: string },
  purpose: Purpose,
): Promise<unknown> {
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      ...options,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'user-agent': 'tailchat-plugin-deploy',
        'x-github-api-version': '2022-11-28',
      },
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    })
    text = await response.text()
  } catch (error) {
    throw new ApiError(purpose, faultOfConnection(error))
  }
  const body = parsed(text)
  const { status, headers } = response
  const fault = faultOf({ status, header: (name) => headers.get(name), body }, Date.now())
  if (fault) throw new ApiError(purpose, fault)
  return body
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
