import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { type GithubApi, readOperations, validateGraphql, validateRest } from './github-api.js'
import { readBody, serveGit } from './git-server.js'
import { type Files, readTree, temporaryDirectory, type Tree, writeTree } from './files.js'

export const TOKEN = 'ghs_0123456789abcdef'
const REPOSITORY = 'acme/tailchat'
const NOWHERE = '0'.repeat(40)

export interface PullRequestRecord {
  number: number
  title: string
  body: string
  head: string
  base: string
  state: 'open' | 'closed'
  /** When it was merged. */
  mergedAt?: string
  /** Whether it was GitHub that closed it, since its branch was gone or had nothing that the base lacks. */
  closedByGithub: boolean
}

export interface ReviewRecord {
  id: string
  body: string
  viewerDidAuthor: boolean
  /** What its threads say, each with where it stands. */
  threads: { id: string; path: string; line: number; startLine?: number; body: string }[]
}

export interface CommentRecord {
  id: string
  body: string
  viewerDidAuthor: boolean
}

/** A failure to inject: of the first request that `of` names, or of the first `times`. */
export interface Injected {
  /** `METHOD path`, or the name of a GraphQL field such as `createCommitOnBranch`. */
  of: string | RegExp
  times?: number
  /** An answer; `reset`: the connection is cut; `lost`: the request is carried out, and its answer cut. */
  give:
    | { status: number; headers?: Record<string, string>; body?: unknown }
    | { errors: { type?: string; message: string }[] }
    | 'reset'
    | 'lost'
}

/** GitHub with one repository, as far as this action talks to it, in this process. Its git is real. */
export interface Github {
  /** The environment that a runner sets. */
  env: Record<string, string>
  /** `METHOD path` of every request, in order; of GraphQL the field, such as `createCommitOnBranch`. */
  requests: string[]
  /** What GitHub's own descriptions say against the requests, or against the answers given here. */
  problems: string[]
  pulls: PullRequestRecord[]
  comments: CommentRecord[]
  reviews: ReviewRecord[]
  /** Under which name the token's owner commits. */
  author: string
  fail(...injected: Injected[]): void
  /** Called before a commit is made: another run's moment. */
  beforeCommit: (branch: string) => Promise<void> | void
  git(...args: string[]): string
  /** Commits files to a branch, as somebody who pushes. Gives the commit. */
  push(branch: string, files: Files, message?: string): string
  head(branch: string): string | undefined
  branches(): string[]
  /** A file at the head of a branch. */
  file(branch: string, path: string): string
  /** A checkout of a branch; `shallow`: without its history, as actions/checkout makes it. */
  checkout(branch: string, depth?: 'shallow'): string
  close(): Promise<void>
}

/** The repositories as they are at their start, by their files as JSON: git makes each once. */
const starts = new Map<string, Tree>()

export async function createGithub(files: Files): Promise<Github> {
  const directory = temporaryDirectory('github')
  const bare = join(directory, REPOSITORY)
  mkdirSync(bare, { recursive: true })
  const run = (args: string[], input?: Buffer): string =>
    execFileSync('git', args, {
      cwd: bare,
      input: input ?? '',
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    }).trimEnd()
  const git = (...args: string[]): string => run(args)
  const key = JSON.stringify(files)
  const start = starts.get(key)
  if (start) writeTree(bare, start)
  else {
    git('init', '--quiet', '--bare', '--template=', '--initial-branch=main')
    appendFileSync(join(bare, 'config'), '[uploadpack]\n\tallowAnySHA1InWant = true\n')
  }

  const state: Pick<
    Github,
    'requests' | 'problems' | 'pulls' | 'comments' | 'reviews' | 'author' | 'beforeCommit'
  > = {
    requests: [],
    problems: [],
    pulls: [],
    comments: [],
    reviews: [],
    author: 'github-actions[bot]',
    beforeCommit: () => undefined,
  }
  let injected: Injected[] = []

  // Starting git for it would take most of the tests' time: no ref is ever packed here.
  const refOf = (branch: string): string => join(bare, 'refs', 'heads', branch)
  const head = (branch: string): string | undefined =>
    existsSync(refOf(branch)) ? readFileSync(refOf(branch), 'utf8').trim() : undefined

  /** A pull request without a branch, or whose branch has nothing that the base lacks, is closed by GitHub. */
  const closePulls = (branch: string): void => {
    for (const pull of state.pulls) {
      if (pull.state === 'closed' || pull.head !== branch) continue
      if (head(branch) !== undefined && git('rev-list', `${pull.base}..${branch}`) !== '') continue
      pull.state = 'closed'
      pull.closedByGithub = true
    }
  }

  const setBranch = (branch: string, oid: string | undefined): void => {
    if (oid === undefined) rmSync(refOf(branch))
    else {
      mkdirSync(dirname(refOf(branch)), { recursive: true })
      writeFileSync(refOf(branch), `${oid}\n`)
    }
    closePulls(branch)
  }

  /** Puts a commit on a branch; `null` removes a file. */
  const commitTo = (
    branch: string,
    changes: Map<string, Buffer | null>,
    message: string,
    author: string,
  ): string => {
    const data = (content: string | Buffer): (string | Buffer)[] => [
      `data ${Buffer.byteLength(content)}\n`,
      content,
      '\n',
    ]
    const parent = head(branch)
    const seconds = Math.floor(Date.now() / 1000)
    const stream = [
      `commit refs/heads/${branch}\n`,
      `author ${author} <author@localhost> ${seconds} +0000\n`,
      `committer GitHub <noreply@github.com> ${seconds} +0000\n`,
      ...data(message),
      ...(parent === undefined ? [] : [`from ${parent}\n`]),
      ...[...changes].flatMap(([path, content]) =>
        content === null ? [`D ${path}\n`] : [`M 100644 inline ${path}\n`, ...data(content)],
      ),
    ]
    run(['fast-import', '--quiet'], Buffer.concat(stream.map((part) => Buffer.from(part))))
    closePulls(branch)
    return head(branch) ?? ''
  }

  const push = (branch: string, changed: Files, message = 'Change'): string => {
    const changes = new Map(
      Object.entries(changed).map(([path, content]) => [
        path,
        content === undefined ? null : Buffer.from(content),
      ]),
    )
    return commitTo(branch, changes, message, 'somebody')
  }

  const pullOf = (pull: PullRequestRecord): object => ({
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    merged_at: pull.mergedAt ?? null,
    html_url: `https://github.com/${REPOSITORY}/pull/${pull.number}`,
    head: { ref: pull.head },
    base: { ref: pull.base },
  })

  const api: GithubApi = {
    'GET /repos/{owner}/{repo}/git/ref/{ref}': ({ ref = '' }) => {
      const sha = head(ref.replace(/^heads\//, ''))
      return sha === undefined
        ? { status: 404, body: { message: 'Not Found' } }
        : { status: 200, body: { ref: `refs/${ref}`, object: { type: 'commit', sha } } }
    },
    'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': ({ ref = '' }) => ({
      status: 200,
      body: git('for-each-ref', '--format=%(refname)')
        .split('\n')
        .filter((name) => name.startsWith(`refs/${ref}`))
        .map((name) => ({ ref: name, object: { type: 'commit', sha: git('rev-parse', name) } })),
    }),
    'DELETE /repos/{owner}/{repo}/git/refs/{ref}': ({ ref = '' }) => {
      const branch = ref.replace(/^heads\//, '')
      if (head(branch) === undefined) return { status: 422, body: { message: 'Reference does not exist' } }
      setBranch(branch, undefined)
      return { status: 204 }
    },
    'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': ({ commit_sha: sha = '' }) => ({
      status: 200,
      body: {
        sha,
        message: git('log', '-1', '--format=%B', sha).trim(),
        parents: git('log', '-1', '--format=%P', sha)
          .split(' ')
          .map((parent) => ({ sha: parent })),
      },
    }),
    'GET /repos/{owner}/{repo}/compare/{basehead}': ({ basehead = '' }) => {
      const [base = '', other = ''] = basehead.split('...')
      const shas = git('rev-list', '--reverse', `${base}..${other}`).split('\n').filter(Boolean)
      const raw = git('diff', '--raw', '--no-abbrev', '-M', git('merge-base', base, other), other)
      return {
        status: 200,
        body: {
          ahead_by: shas.length,
          behind_by: Number(git('rev-list', '--count', `${other}..${base}`)),
          commits: shas.map((sha) => ({
            sha,
            commit: {
              message: git('log', '-1', '--format=%B', sha).trim(),
              author: { name: git('log', '-1', '--format=%an', sha) },
            },
          })),
          files: raw.split('\n').filter(Boolean).map(comparedFile),
        },
      }
    },
    'GET /repos/{owner}/{repo}/pulls': ({ state: wanted, head: from, base }) => ({
      status: 200,
      body: state.pulls
        .filter((pull) => pull.state === wanted && `acme:${pull.head}` === from && pull.base === base)
        .map(pullOf),
    }),
    'POST /repos/{owner}/{repo}/pulls': (_parameters, body) => {
      const { title = '', body: text = '', head: from = '', base = '' } = body as Record<string, string>
      if (state.pulls.some((pull) => pull.state === 'open' && pull.head === from && pull.base === base))
        return {
          status: 422,
          body: {
            message: 'Validation Failed',
            errors: [
              {
                resource: 'PullRequest',
                code: 'custom',
                message: `A pull request already exists for acme:${from}.`,
              },
            ],
          },
        }
      const number = state.pulls.length + 1
      const pull: PullRequestRecord = {
        number,
        title,
        body: text,
        head: from,
        base,
        state: 'open',
        closedByGithub: false,
      }
      state.pulls.push(pull)
      return { status: 201, body: pullOf(pull) }
    },
    // Pull request #12 is that of the branch `topic`.
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': () => ({
      status: 200,
      body: git('diff', '--name-only', 'main...topic')
        .split('\n')
        .map((filename) => {
          const patch = git('diff', 'main...topic', '--', filename)
          return { filename, patch: patch.slice(patch.indexOf('@@ ')) }
        }),
    }),
    'PATCH /repos/{owner}/{repo}/pulls/{pull_number}': ({ pull_number: number }, body) => {
      const pull = state.pulls.find((each) => each.number === Number(number))
      if (!pull) return { status: 404, body: { message: 'Not Found' } }
      Object.assign(pull, body)
      return { status: 200, body: pullOf(pull) }
    },
  }

  readOperations(Object.keys(api))

  const root = {
    repository: ({ owner, name }: Record<string, string>) => {
      if (`${owner}/${name}` !== REPOSITORY) throw typed('NOT_FOUND', 'Could not resolve to a Repository')
      return {
        id: 'R_1',
        pullRequest: {
          id: 'PR_12',
          headRefOid: () => head('topic') ?? '',
          reviews: () => ({
            nodes: state.reviews.map((each) => ({ ...each, comments: { nodes: each.threads } })),
          }),
          comments: ({ last, before }: { last: number; before: string | null }) => {
            const end = before === null ? state.comments.length : Number(before)
            const start = Math.max(0, end - last)
            return {
              nodes: state.comments.slice(start, end),
              pageInfo: { hasPreviousPage: start > 0, startCursor: String(start) },
            }
          },
        },
      }
    },
    createCommitOnBranch: async ({ input }: { input: CommitInput }) => {
      const branch = input.branch.branchName
      await state.beforeCommit(branch)
      if (head(branch) !== input.expectedHeadOid)
        throw typed(
          'STALE_DATA',
          `Expected branch to point to "${input.expectedHeadOid}" but it did not.  Pull and try again.`,
        )
      const { additions, deletions } = input.fileChanges
      const changes = new Map<string, Buffer | null>([
        ...deletions.map(({ path }): [string, null] => [path, null]),
        ...additions.map(({ path, contents }): [string, Buffer] => [path, Buffer.from(contents, 'base64')]),
      ])
      const { headline, body } = input.message
      const message = body === '' ? headline : `${headline}\n\n${body}`
      const oid = commitTo(branch, changes, message, state.author)
      return { commit: { oid, author: { name: state.author } } }
    },
    updateRefs: ({
      input,
    }: {
      input: { refUpdates: Record<'name' | 'beforeOid' | 'afterOid', string>[] }
    }) => {
      const updates = input.refUpdates.map((each) => ({
        ...each,
        branch: each.name.replace('refs/heads/', ''),
      }))
      if (updates.some(({ branch, beforeOid }) => (head(branch) ?? NOWHERE) !== beforeOid))
        throw typed('UNPROCESSABLE', 'Reference cannot be updated')
      for (const { branch, afterOid } of updates)
        setBranch(branch, afterOid === NOWHERE ? undefined : afterOid)
      return { clientMutationId: null }
    },
    addComment: ({ input: { body } }: { input: { body: string } }) => {
      const added = { id: `IC_${state.comments.length + 1}`, body, viewerDidAuthor: true }
      state.comments.push(added)
      return { commentEdge: { node: added } }
    },
    addPullRequestReview: ({
      input: { body, threads },
    }: {
      input: { body: string; threads: Omit<ReviewRecord['threads'][number], 'id'>[] }
    }) => {
      const id = `PRR_${state.reviews.length + 1}`
      const numbered = threads.map((each, index) => ({ ...each, id: `${id}_${index}` }))
      state.reviews.push({ id, body, viewerDidAuthor: true, threads: numbered })
      return { pullRequestReview: { id } }
    },
    updatePullRequestReview: ({ input }: { input: { pullRequestReviewId: string; body: string } }) => {
      const found = state.reviews.find(({ id }) => id === input.pullRequestReviewId)
      if (!found) throw typed('NOT_FOUND', 'Could not resolve to a node')
      found.body = input.body
      return { pullRequestReview: found }
    },
    deletePullRequestReviewComment: ({ input: { id } }: { input: { id: string } }) => {
      const found = state.reviews.find(({ threads }) => threads.some((each) => each.id === id))
      if (!found) throw typed('NOT_FOUND', 'Could not resolve to a node')
      found.threads = found.threads.filter((each) => each.id !== id)
      return { pullRequestReview: found }
    },
    updateIssueComment: ({ input: { id, body } }: { input: { id: string; body: string } }) => {
      const found = state.comments.find((each) => each.id === id)
      if (!found) throw typed('NOT_FOUND', 'Could not resolve to a node')
      found.body = body
      return { issueComment: found }
    },
  }

  /** The failure that is to be given to this request, if any. */
  const injectedFor = (name: string): Injected['give'] | undefined => {
    const found = injected.find(({ of }) => (typeof of === 'string' ? name.startsWith(of) : of.test(name)))
    if (!found) return undefined
    const left = (found.times ?? 1) - 1
    injected = injected.flatMap((each) =>
      each !== found ? [each] : left > 0 ? [{ ...found, times: left }] : [],
    )
    return found.give
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://localhost')
    const isGit = url.pathname.startsWith(`/${REPOSITORY}/`)
    const body = await readBody(request)
    const given =
      body.length > 0 && !isGit ? (JSON.parse(body.toString()) as Record<string, unknown>) : undefined
    const isGraphql = url.pathname === '/api/graphql'
    const query = typeof given?.['query'] === 'string' ? given['query'] : ''
    const field = /\{\s*(\w+)/.exec(query)?.[1] ?? ''
    const path = url.pathname.replace('/api/v3', '')
    const name = isGit
      ? `git ${path.split('/').at(-1)}`
      : isGraphql
        ? field
        : `${request.method} ${decodeURIComponent(path)}`
    state.requests.push(name)

    const expected = isGit
      ? `basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`
      : `token ${TOKEN}`
    if (request.headers.authorization !== expected) {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ message: 'Bad credentials' }))
      return
    }
    const give = injectedFor(name)
    if (give === 'reset') {
      request.socket.resetAndDestroy()
      return
    }
    if (give !== undefined && give !== 'lost') {
      const failure =
        'errors' in give ? { status: 200, body: { data: { [field]: null }, errors: give.errors } } : give
      const headers = { 'content-type': 'application/json', ...('headers' in failure && failure.headers) }
      response.writeHead(failure.status, headers)
      response.end(JSON.stringify(failure.body ?? {}))
      return
    }
    if (isGit) {
      serveGit(directory, url, request, body, response)
      return
    }
    const result = isGraphql
      ? await validateGraphql(given ?? {}, root, state.problems)
      : await validateRest(request.method ?? '', path, url.searchParams, given, api, state.problems)
    if (give === 'lost') {
      request.socket.resetAndDestroy()
      return
    }
    response.writeHead(result.status, { 'content-type': 'application/json' })
    response.end(result.body === undefined ? undefined : JSON.stringify(result.body))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      state.problems.push(String(error))
      response.writeHead(500).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  if (!start) {
    push('main', files, 'Start')
    starts.set(key, readTree(bare))
  }
  const checkouts: string[] = []

  return Object.assign(state, {
    env: {
      GITHUB_SERVER_URL: address,
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_API_URL: `${address}/api/v3`,
      GITHUB_GRAPHQL_URL: `${address}/api/graphql`,
    },
    fail: (...more: Injected[]) => void injected.push(...more),
    git,
    push,
    head,
    branches: () => git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n'),
    file: (branch: string, path: string) =>
      execFileSync('git', ['show', `${branch}:${path}`], { cwd: bare, encoding: 'utf8' }),
    checkout: (branch: string, depth?: 'shallow') => {
      const to = temporaryDirectory('checkout')
      const source = depth === 'shallow' ? ['--depth=1', `file://${bare}`] : ['--shared', bare]
      execFileSync('git', ['clone', '--quiet', '--template=', `--branch=${branch}`, ...source, to])
      checkouts.push(to)
      return to
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      for (const each of [directory, ...checkouts]) rmSync(each, { recursive: true, force: true })
    },
  })
}

interface CommitInput {
  branch: { branchName: string }
  expectedHeadOid: string
  message: { headline: string; body: string }
  fileChanges: { additions: { path: string; contents: string }[]; deletions: { path: string }[] }
}

function typed(type: string, message: string): Error {
  return Object.assign(new Error(message), { extensions: { type } })
}

/** A line of `git diff --raw` as the REST API shows a file. */
function comparedFile(line: string): object {
  const [info = '', first = '', second] = line.split('\t')
  const [, , oldSha = '', newSha = '', status = ''] = info.split(' ')
  const names: Record<string, string> = { A: 'added', M: 'modified', D: 'removed', R: 'renamed' }
  return {
    filename: second ?? first,
    status: names[status[0] ?? ''] ?? 'changed',
    // Of a file that is gone, GitHub gives the content that it had.
    sha: status === 'D' ? oldSha : newSha,
    ...(second !== undefined && { previous_filename: first }),
  }
}

/** A file of a checkout. */
export function readFile(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
